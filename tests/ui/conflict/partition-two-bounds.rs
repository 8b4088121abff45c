use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = range(id), partition(name = log_1, from = 1, to = 2, default))]
struct Log {
    #[column(primary_key)]
    id: i32,
}

fn main() {}
