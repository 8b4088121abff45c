mod argument_no_sql_type {
    use freehold::prelude::*;

    struct Point;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        position: Point,
    }
}

mod argument_not_sent_by_sqlx {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        document: TsVector,
    }
}

mod argument_wrong_type {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(varchar(20))]
        id: Uuid,
    }
}

mod call_of_a_trigger_function {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(trigger, body = "BEGIN RETURN NEW; END;")]
    struct Touch;

    async fn call(connection: &mut sqlx::PgConnection) {
        let _ = Touch.call(connection).await;
    }
}

mod default_wrong_type {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1")]
    struct Total {
        #[argument(default = "few")]
        count: i64,
    }
}

mod returns_no_sql_type {
    use freehold::prelude::*;

    struct Point;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns = Point)]
    struct Total {
        id: Uuid,
    }
}

mod returns_wrong_word {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns = String as integer)]
    struct Total {
        id: Uuid,
    }
}

mod returns_wrong_word_of_a_column {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "SELECT 1", returns(table(total: String as integer)))]
    struct Total {
        id: Uuid,
    }
}

fn main() {}
