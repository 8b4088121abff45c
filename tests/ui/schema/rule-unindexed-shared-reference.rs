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
#[table(scope = user_id, allow(timestamps), index(user_id, project_id))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
    #[column(references = User::id, on_delete = cascade)]
    user_id: Uuid,
    #[column(references = Project::id, on_delete = restrict)]
    project_id: Uuid,
}

schema!(pub APP = [User, Project, Note]);

fn main() {}
