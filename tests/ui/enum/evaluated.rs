mod other_as_default {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    pub enum Status {
        Todo,
        #[sql_enum(other)]
        Unknown,
    }

    #[derive(Table)]
    #[table(name = tasks, shared, allow(timestamps))]
    pub struct Task {
        #[column(primary_key)]
        pub id: i64,
        #[column(default = Status::Unknown)]
        pub status: Status,
    }
}

mod other_in_a_check {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    pub enum Status {
        Todo,
        #[sql_enum(other)]
        Unknown,
    }

    #[derive(Table)]
    #[table(name = tasks, shared, allow(timestamps))]
    #[table(check(status != Status::Unknown))]
    pub struct Task {
        #[column(primary_key)]
        pub id: i64,
        pub status: Status,
    }
}

fn main() {}
