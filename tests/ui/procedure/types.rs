mod out_no_sql_type {
    use freehold::prelude::*;

    struct Point;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(position: Point))]
    struct Total {
        id: Uuid,
    }
}

mod out_not_read_by_sqlx {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(document: TsVector))]
    struct Total {
        id: Uuid,
    }
}

mod out_wrong_word {
    use freehold::prelude::*;

    #[derive(Procedure)]
    #[procedure(body = "SELECT 1", out(message: String as integer))]
    struct Total {
        id: Uuid,
    }
}

fn main() {}
