use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(a, b), foreign_key(a, b, references = Self(id, id), on_delete = cascade))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    a: Uuid,
    b: Uuid,
}

fn main() {}
