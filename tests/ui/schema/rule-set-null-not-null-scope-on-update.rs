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
#[table(scope = user_id, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: Uuid,
    #[column(index, references = Project::id, on_delete = cascade, on_update = set_null)]
    project_id: Option<Uuid>,
}

schema!(pub APP = [User, Project, Task]);

fn main() {}
