use freehold::prelude::*;

struct Plain {
    id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, on_delete = cascade, references = Plain::id)]
    other: Uuid,
}

fn main() {}
