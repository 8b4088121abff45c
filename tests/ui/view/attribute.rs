mod allow_hazard {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", allow(data_loss))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod allow_never {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", allow(ownership))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod allow_table_rule {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", allow(timestamps))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod allow_typo {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", allow(view_security_invokr))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod allow_unknown {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", allow(xyz))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod column_comment_word {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
        #[view(comment = id)]
        id: Uuid,
    }
}

mod column_name_list {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
        #[view(name(id))]
        id: Uuid,
    }
}

mod column_name_twice {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        #[view(name = id)]
        other: Uuid,
    }
}

mod comment_nul {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", comment = "\0")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod comment_word {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", comment = summary)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod crate_string {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", crate = "freehold")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod duplicate_key {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod echo {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", materialised)]
    struct Summary {
        id: Uuid,
    }

    schema!(pub APP = [], views(Summary));

    async fn read(connection: &mut sqlx::PgConnection) -> sqlx::Result<Summary> {
        sqlx::query_as("SELECT 1").fetch_one(connection).await
    }
}

mod echo_tuple {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary(Uuid);

    schema!(pub APP = [], views(Summary));
}

mod r#enum {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    enum Summary {
        One,
    }
}

mod generic {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary<T> {
        id: T,
    }
}

mod name_empty {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", name = "")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod name_number {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", name = 1)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod name_too_long {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", name = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod no_fields {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
    }
}

mod schema_list {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", schema(app))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod schema_of_postgresql {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", schema = pg_app)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod tuple {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary(Uuid);
}

mod unknown_key {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", nmae = summary)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod unknown_key_at_field {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1")]
    struct Summary {
        #[view(rename = other)]
        id: Uuid,
    }
}

fn main() {}
