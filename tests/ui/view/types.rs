mod no_sql_type {
    use freehold::prelude::*;

    struct Point;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
        position: Point,
    }
}

mod not_read_by_sqlx {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
        document: TsVector,
    }
}

mod refresh_of_a_view {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
        id: Uuid,
    }

    async fn refresh(connection: &mut sqlx::PgConnection) {
        let _ = Summary::refresh(connection).await;
    }
}

fn main() {}
