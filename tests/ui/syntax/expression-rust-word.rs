use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), check(type == "x"))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    r#type: String,
}

fn main() {}
