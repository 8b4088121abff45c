use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), check(c: title != "a"), check_sql(c: "true"))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
