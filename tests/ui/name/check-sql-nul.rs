use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), check_sql("a\0b": "true"))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
