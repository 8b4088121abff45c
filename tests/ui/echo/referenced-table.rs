use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), nmae = projects)]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Project::id, on_delete = cascade)]
    project_id: Uuid,
}

schema!(pub APP = [Project, Task]);

fn main() {}
