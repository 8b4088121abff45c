mod body_missing {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(out(success: bool))]
    struct Total {
        id: Uuid,
    }
}

mod default_and_out {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(success: bool))]
    struct Total {
        #[argument(default = 1)]
        count: i64,
    }
}

mod duplicate_key {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(success: bool), out(message: String))]
    struct Total {
        id: Uuid,
    }
}

mod generic {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1")]
    struct Process<T> {
        id: T,
    }
}

mod key_of_a_function {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", returns = i64)]
    struct Total {
        id: Uuid,
    }
}

mod language_typo {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", language = pgsql)]
    struct Total {
        id: Uuid,
    }
}

mod out_empty {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out())]
    struct Total {
        id: Uuid,
    }
}

mod out_equals {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out = bool)]
    struct Total {
        id: Uuid,
    }
}

mod out_name_of_an_argument {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(id: Uuid))]
    struct Total {
        id: Uuid,
    }
}

mod out_name_too_long {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: bool))]
    struct Total {
        id: Uuid,
    }
}

mod out_name_twice {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(success: bool, success: bool))]
    struct Total {
        id: Uuid,
    }
}

mod out_unknown_word {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(message: String as txt))]
    struct Total {
        id: Uuid,
    }
}

mod out_without_names {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(bool))]
    struct Total {
        id: Uuid,
    }
}

mod security_definer {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", security_definer = "writes everybody's")]
    struct Total {
        id: Uuid,
    }
}

mod tuple {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1")]
    struct Process(Uuid);
}

mod unknown_key {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", ou(success: bool))]
    struct Total {
        id: Uuid,
    }
}

fn main() {}
