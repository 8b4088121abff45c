use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), engine = innodb)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
