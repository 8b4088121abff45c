use freehold::prelude::*;

#[derive(Table)]
#[table(name = tasks, shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(name = tasks, shared, allow(timestamps))]
struct Job {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [Task, Job]);

fn main() {}
