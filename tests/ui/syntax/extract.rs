use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), check(extract("year", day) > 2000))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    day: NaiveDate,
}

fn main() {}
