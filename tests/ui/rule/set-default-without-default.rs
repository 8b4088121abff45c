use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(code, id))]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    code: i32,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Project::id, on_delete = set_default)]
    project_id: Uuid,
}

schema!(pub APP = [Project, Task]);

fn main() {}
