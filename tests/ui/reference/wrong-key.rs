use freehold::prelude::*;

#[derive(Key)]
struct ProjectId(Uuid);

#[derive(Key)]
struct TaskId(Uuid);

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Project {
    #[column(primary_key)]
    id: ProjectId,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: TaskId,
    #[column(index, references = Project::id, on_delete = cascade)]
    project_id: TaskId,
}

fn main() {}
