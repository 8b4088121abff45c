use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = range(id), unique(day))]
struct Log {
    #[column(primary_key)]
    id: i32,
    day: NaiveDate,
}

fn main() {}
