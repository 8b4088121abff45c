use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = range(id), partition(name = looooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo, from = 1, to = 2))]
struct Log {
    #[column(primary_key)]
    id: i32,
}

fn main() {}
