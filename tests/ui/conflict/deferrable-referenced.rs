use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(number, deferrable))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    number: i32,
    #[column(index, references = Self::number, on_delete = cascade)]
    parent: i32,
}

fn main() {}
