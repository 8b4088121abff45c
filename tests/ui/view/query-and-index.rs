mod index_empty {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", materialized, index())]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod index_of_a_view {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", index(user_id))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod index_unknown_column {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", materialized, index(usr_id))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod internal_and_scope {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(internal, scope = user_id, query = "SELECT user_id FROM notes")]
    struct Writer {
        user_id: Uuid,
    }
}

mod materialized_value {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", materialized = true)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod owner {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(owner, query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod ownership {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_and_query_file {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", query_file = "sql/x.sql")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_empty {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = " ")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_file_empty {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query_file = "")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_file_missing {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query_file = "sql/no_such_file.sql")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_file_word {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query_file = summary)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_missing {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_nul {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT \0")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod query_word {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = select)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod scope_and_shared {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(scope = user_id, shared, query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod scope_list {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(scope(through = user_id), query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod scope_unknown_column {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(scope = usr_id, query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod security_invoker_materialized {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", materialized, security_invoker = true)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod security_invoker_word {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", security_invoker = off)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod shared_value {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared = true, query = "SELECT 1")]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod unique_deferrable {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", materialized, unique(id, deferrable))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod unique_of_a_view {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", unique(user_id))]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

mod view_security_invoker {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, query = "SELECT 1", security_invoker = false)]
    struct Summary {
        id: Uuid,
        user_id: Uuid,
    }
}

fn main() {}
