mod argument_at_the_struct {
    use freehold::prelude::*;

    #[derive(Function)]
    #[argument(text)]
    #[function(body = "SELECT 1")]
    struct Other;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        id: Uuid,
    }
}

mod argument_name_list {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(name(other))]
        id: Uuid,
    }
}

mod argument_name_of_a_column {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(table(id: Uuid)))]
    struct Total {
        id: Uuid,
    }
}

mod argument_name_twice {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(name = other)]
        id: Uuid,
        other: Uuid,
    }
}

mod argument_two_types {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(varchar(20), text)]
        title: String,
    }
}

mod argument_unknown_key {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(nmae = other)]
        id: Uuid,
    }
}

mod default_before_an_argument_without {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(default = 1)]
        count: i64,
        id: Uuid,
    }
}

mod default_flag {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(default)]
        count: i64,
    }
}

mod default_nul {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(default = "\0")]
        title: String,
    }
}

mod default_word {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(default = few)]
        count: i64,
    }
}

mod echo {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(returns = i64, body = "SELECT 1", strikt)]
    struct Total {
        id: Uuid,
    }

    schema!(pub APP = [], functions(Total));

    async fn call(db: &Db) -> Result<i64, freehold::Error> {
        Total { id: Uuid::nil() }.call(db).await
    }
}

mod echo_tuple {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total(Uuid);

    schema!(pub APP = [], functions(Total));
}

mod r#enum {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    enum Total {
        One,
    }
}

mod function_at_a_field {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[function(strict)]
        id: Uuid,
    }
}

mod generic {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total<T> {
        id: T,
    }
}

mod key_of_a_procedure {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", out(success: bool))]
    struct Total {
        id: Uuid,
    }
}

mod returns_both_forms {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(set_of = i64, table(total: i64)))]
    struct Total {
        id: Uuid,
    }
}

mod returns_flag {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns)]
    struct Total {
        id: Uuid,
    }
}

mod returns_nothing_in_parentheses {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns())]
    struct Total {
        id: Uuid,
    }
}

mod returns_text {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns = "numeric")]
    struct Total {
        id: Uuid,
    }
}

mod returns_unknown_form {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(setof = i64))]
    struct Total {
        id: Uuid,
    }
}

mod returns_unknown_word {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns = String as varcahr)]
    struct Total {
        id: Uuid,
    }
}

mod returns_word_without_arguments {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns = String as char)]
    struct Total {
        id: Uuid,
    }
}

mod set_of_list {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(set_of(i64)))]
    struct Total {
        id: Uuid,
    }
}

mod table_empty {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(table()))]
    struct Total {
        id: Uuid,
    }
}

mod table_equals {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(table = i64))]
    struct Total {
        id: Uuid,
    }
}

mod table_without_names {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(table(i64)))]
    struct Total {
        id: Uuid,
    }
}

mod trigger_arguments {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", trigger)]
    struct Total {
        id: Uuid,
    }
}

mod trigger_language {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", trigger, language = sql)]
    struct Total;
}

mod trigger_returns {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", trigger, returns = i64)]
    struct Total;
}

mod trigger_value {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", trigger = true)]
    struct Total;
}

mod tuple {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total(Uuid);
}

fn main() {}
