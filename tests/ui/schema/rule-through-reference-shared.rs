use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(code, id))]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    code: i32,
}

#[derive(Table)]
#[table(scope(through = project_id), allow(timestamps))]
struct Line {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Project::id, on_delete = restrict)]
    project_id: Uuid,
}

schema!(pub APP = [Project, Line]);

fn main() {}
