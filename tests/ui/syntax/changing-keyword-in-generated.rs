use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    day: NaiveDate,
    #[column(generated = day < current_date)]
    late: bool,
}

fn main() {}
