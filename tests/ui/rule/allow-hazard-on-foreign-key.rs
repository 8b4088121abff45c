use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(code, id))]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    code: i32,
}

#[derive(Table)]
#[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delete = cascade, allow(guarantee_lost)))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    project_code: i32,
    project_id: Uuid,
}

fn main() {}
