use freehold::prelude::*;

enum Plain {
    Todo,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(check(title == Plain::Todo))]
    title: String,
}

fn main() {}
