use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps, data_los))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(allow(breaks_code))]
    title: String,
}

fn main() {}
