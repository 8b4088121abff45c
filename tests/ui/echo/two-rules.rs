use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key, identity)]
    id: i64,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Job {
    #[column(primary_key, identity)]
    id: i64,
}

schema!(pub APP = [Task, Job]);

fn main() {}
