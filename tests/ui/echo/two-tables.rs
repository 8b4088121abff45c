use freehold::prelude::*;

#[derive(Table)]
#[table(shared, nmae = tasks, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(shared, nmae = jobs, allow(timestamps))]
struct Job {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [Task, Job]);

fn main() {}
