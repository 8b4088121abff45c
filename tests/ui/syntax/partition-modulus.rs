use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = hash(id), partition(name = log_1, modulus = "2", remainder = 0))]
struct Log {
    #[column(primary_key)]
    id: i32,
}

fn main() {}
