use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = rnge(id))]
struct Log {
    #[column(primary_key)]
    id: i32,
}

fn main() {}
