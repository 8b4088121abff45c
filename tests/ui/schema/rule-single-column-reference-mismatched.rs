use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(scope = user_id, allow(timestamps, unique_across_scopes), unique(created_by, id))]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: Uuid,
    created_by: Uuid,
}

#[derive(Table)]
#[table(scope = user_id, allow(timestamps), index(user_id, project_id))]
#[table(foreign_key(user_id, project_id, references = Project(created_by, id), on_delete = cascade))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(references = User::id, on_delete = cascade)]
    user_id: Uuid,
    project_id: Uuid,
}

schema!(pub APP = [User, Project, Task]);

fn main() {}
