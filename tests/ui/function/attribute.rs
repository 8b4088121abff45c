mod body_and_body_file {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", body_file = "sql/x.sql")]
    struct Total {
        id: Uuid,
    }
}

mod body_empty {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "")]
    struct Total {
        id: Uuid,
    }
}

mod body_file_empty {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body_file = "")]
    struct Total {
        id: Uuid,
    }
}

mod body_file_missing {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body_file = "sql/no_such_file.sql")]
    struct Total {
        id: Uuid,
    }
}

mod body_file_word {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body_file = total)]
    struct Total {
        id: Uuid,
    }
}

mod body_missing {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(returns = i64)]
    struct Total {
        id: Uuid,
    }
}

mod body_nul {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "\0")]
    struct Total {
        id: Uuid,
    }
}

mod body_word {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = begin)]
    struct Total {
        id: Uuid,
    }
}

mod comment_nul {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", comment = "\0")]
    struct Total {
        id: Uuid,
    }
}

mod comment_word {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", comment = total)]
    struct Total {
        id: Uuid,
    }
}

mod crate_string {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", crate = "freehold")]
    struct Total {
        id: Uuid,
    }
}

mod duplicate_key {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", strict, strict)]
    struct Total {
        id: Uuid,
    }
}

mod execute_empty_name {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", execute(""))]
    struct Total {
        id: Uuid,
    }
}

mod execute_equals {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", execute = app_user)]
    struct Total {
        id: Uuid,
    }
}

mod execute_nobody {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", execute())]
    struct Total {
        id: Uuid,
    }
}

mod execute_twice {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", execute(app_user, app_user))]
    struct Total {
        id: Uuid,
    }
}

mod language_text {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", language = "sql")]
    struct Total {
        id: Uuid,
    }
}

mod language_typo {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", language = plsql)]
    struct Total {
        id: Uuid,
    }
}

mod name_empty {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", name = "")]
    struct Total {
        id: Uuid,
    }
}

mod name_list {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", name(total))]
    struct Total {
        id: Uuid,
    }
}

mod name_of_postgresql {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", name = coalesce)]
    struct Total {
        id: Uuid,
    }
}

mod name_too_long {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", name = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)]
    struct Total {
        id: Uuid,
    }
}

mod parallel_safe_value {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", parallel_safe = true)]
    struct Total {
        id: Uuid,
    }
}

mod schema_number {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", schema = 1)]
    struct Total {
        id: Uuid,
    }
}

mod schema_of_postgresql {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", schema = pg_app)]
    struct Total {
        id: Uuid,
    }
}

mod search_path_nul {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", search_path = "\0")]
    struct Total {
        id: Uuid,
    }
}

mod search_path_word {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", search_path = public)]
    struct Total {
        id: Uuid,
    }
}

mod security_definer {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", security_definer = "counts the rows of all users")]
    struct Total {
        id: Uuid,
    }
}

mod security_definer_flag {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", security_definer, search_path = "")]
    struct Total {
        id: Uuid,
    }
}

mod security_definer_without_reason {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", security_definer = " ", search_path = "")]
    struct Total {
        id: Uuid,
    }
}

mod strict_value {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", strict = true)]
    struct Total {
        id: Uuid,
    }
}

mod unknown_key {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", retruns = i64)]
    struct Total {
        id: Uuid,
    }
}

mod volatility_alone {
    // SQL writes the word without a key; the attribute needs `volatility = ..`.

    use freehold::prelude::*;

    #[derive(Function)]
    #[function(returns = i32, stable, body = "BEGIN RETURN 1; END;")]
    pub struct One;
}

mod volatility_flag {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", volatility)]
    struct Total {
        id: Uuid,
    }
}

mod volatility_typo {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", volatility = stabel)]
    struct Total {
        id: Uuid,
    }
}

fn main() {}
