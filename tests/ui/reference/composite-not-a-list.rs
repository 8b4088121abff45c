use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(code, id))]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    code: i32,
}

#[derive(Table)]
#[table(shared, allow(timestamps), foreign_key = project_id)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    project_code: i32,
    project_id: Uuid,
}

fn main() {}
