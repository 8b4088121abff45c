mod optional {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId(Option<Uuid>);
}

mod over_enum {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
    }

    #[derive(Key)]
    struct StatusKey(Status);
}

fn main() {}
