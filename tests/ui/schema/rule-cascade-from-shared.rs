use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps), unique(code, id))]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    code: i32,
}

#[derive(Table)]
#[table(scope = user_id, allow(timestamps))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: Uuid,
    #[column(index, references = Project::id, on_delete = cascade)]
    project_id: Uuid,
}

schema!(pub APP = [User, Project, Note]);

fn main() {}
