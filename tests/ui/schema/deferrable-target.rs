use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(code, deferrable))]
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
    #[column(index, references = Project::code, on_delete = cascade)]
    code: i32,
}

schema!(pub APP = [Project, Task]);

fn main() {}
