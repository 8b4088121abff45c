mod column_at_key_field {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId(#[column(primary_key)] Uuid);
}

mod column_at_struct {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    #[column(immutable)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod column_at_variant {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[column(name = todo)]
        Todo,
    }
}

mod key_at_key_field {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId(#[key(crate = freehold)] Uuid);
}

mod no_derive {
    use freehold::prelude::*;

    #[table(shared)]
    struct Task {
        id: Uuid,
    }
}

mod sql_enum_at_struct {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    #[sql_enum(native)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod table_at_enum {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[table(name = status)]
    enum Status {
        Todo,
    }
}

mod table_at_field {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[table(index)]
        title: String,
    }
}

mod table_on_enum {
    use freehold::prelude::*;

    #[derive(Table)]
    enum Task {
        Todo,
    }
}

mod table_on_tuple {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared)]
    struct Task(Uuid);
}

mod table_on_union {
    use freehold::prelude::*;

    #[derive(Table)]
    union Task {
        id: i32,
    }
}

mod table_on_unit {
    use freehold::prelude::*;

    #[derive(Table)]
    struct Task;
}

fn main() {}
