mod created_at_and_updated_at {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(created_at, updated_at)]
        made: DateTime<Utc>,
    }
}

mod created_at_generated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(created_at, generated = other)]
        made: DateTime<Utc>,
        other: DateTime<Utc>,
    }
}

mod created_at_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(created_at)]
        made: DateTime<Utc>,
        #[column(created_at)]
        born: DateTime<Utc>,
    }
}

mod default_and_default_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = "a", default_sql = "'b'")]
        title: String,
    }
}

mod default_and_generated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 1, generated = other)]
        number: i32,
        other: i32,
    }
}

mod default_and_identity {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 1, identity)]
        number: i32,
    }
}

mod default_and_serial {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 1, serial)]
        number: i32,
    }
}

mod default_sql_and_identity {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default_sql = "1", identity)]
        number: i32,
    }
}

mod deferrable_without_references {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(deferrable)]
        other: Uuid,
    }
}

mod deleted_at_and_created_at {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at, created_at)]
        gone: Option<DateTime<Utc>>,
    }
}

mod deleted_at_default {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at, default = now())]
        gone: Option<DateTime<Utc>>,
    }
}

mod deleted_at_immutable {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at, immutable)]
        gone: Option<DateTime<Utc>>,
    }
}

mod deleted_at_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at)]
        gone: Option<DateTime<Utc>>,
        #[column(deleted_at)]
        lost: Option<DateTime<Utc>>,
    }
}

mod enum_comment_without_native {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(comment = "how far it is")]
    enum Status {
        Todo,
    }
}

mod enum_schema_without_native {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(schema = app)]
    enum Status {
        Todo,
    }
}

mod generated_and_generated_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated = other, generated_sql = "other")]
        title: String,
        other: String,
    }
}

mod generated_and_identity {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated = other, identity)]
        number: i32,
        other: i32,
    }
}

mod generated_and_serial {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(generated = other, serial)]
        number: i32,
        other: i32,
    }
}

mod identity_and_serial {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(identity, serial)]
        number: i32,
    }
}

mod identity_and_sql_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(identity, sql_type = "oid")]
        number: i32,
    }
}

mod immutable_generated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
        #[column(immutable, generated = quantity * 2)]
        twice: i32,
    }
}

mod on_delete_without_references {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(on_delete = cascade)]
        other: Uuid,
    }
}

mod on_update_without_references {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(on_update = cascade)]
        other: Uuid,
    }
}

mod primary_key_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod primary_key_unique {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key, unique)]
        id: Uuid,
    }
}

mod serial_and_sql_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(serial, sql_type = "oid")]
        number: i32,
    }
}

mod two_types {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(text, varchar(20))]
        title: String,
    }
}

mod type_and_sql_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(text, sql_type = "name")]
        title: String,
    }
}

mod unique_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(unique)]
        title: String,
    }
}

mod updated_at_immutable {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(updated_at, immutable)]
        changed: DateTime<Utc>,
    }
}

mod updated_at_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(updated_at)]
        changed: DateTime<Utc>,
        #[column(updated_at = application)]
        touched: DateTime<Utc>,
    }
}

fn main() {}
