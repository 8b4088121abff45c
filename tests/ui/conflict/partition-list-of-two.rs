use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = list(id, day), primary_key(id, day))]
struct Log {
    id: i32,
    day: NaiveDate,
}

fn main() {}
