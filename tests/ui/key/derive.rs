mod crate_string {
    use freehold::prelude::*;

    #[derive(Key)]
    #[key(crate = "freehold")]
    struct TaskId(Uuid);
}

mod r#enum {
    use freehold::prelude::*;

    #[derive(Key)]
    enum TaskId {
        One(Uuid),
    }
}

mod generic {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId<T>(T);
}

mod lifetime {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId<'a>(&'a str);
}

mod named_field {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId {
        id: Uuid,
    }
}

mod two_fields {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId(Uuid, i32);
}

mod unit {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId;
}

fn main() {}
