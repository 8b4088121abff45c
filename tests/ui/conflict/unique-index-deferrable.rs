use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title, where = title.is_not_null(), deferrable))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: Option<String>,
}

fn main() {}
