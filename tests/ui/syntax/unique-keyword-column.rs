use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(type))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    r#type: String,
}

fn main() {}
