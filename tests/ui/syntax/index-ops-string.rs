use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title.ops("text_pattern_ops")))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
