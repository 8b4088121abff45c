//! The derives inside a function, and what a `macro_rules!` makes.

use freehold::prelude::*;

macro_rules! table {
    ($name:ident, $word:ident, $id:ty, $length:literal, $parent:ident) => {
        #[derive(Table)]
        #[table(name = $word, shared, allow(timestamps), check(length(title) < $length))]
        pub struct $name {
            #[column(primary_key)]
            pub id: $id,
            #[column(varchar($length))]
            pub title: String,
            #[column(index, references = $parent::id, on_delete = cascade)]
            pub parent: $id,
        }
    };
}

table!(Made, made, Uuid, 20, Made);
table!(Child, child, Uuid, 20, Made);

schema!(pub APP = [Made, Child]);

#[test]
fn runs() {
    #[derive(Key)]
    struct TaskId(Uuid);

    #[derive(SqlEnum)]
    enum Status {
        Todo,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: TaskId,
        #[column(default = Status::Todo)]
        status: Status,
    }

    schema!(LOCAL = [Task, Made]);

    assert!(APP.validate().is_empty());
    assert!(LOCAL.validate().is_empty());
}
