use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = range(idd))]
struct Log {
    #[column(primary_key)]
    id: i32,
}

fn main() {}
