use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), nmae = tasks)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(varchar(0))]
    title: String,
    #[column(check(titel != ""))]
    body: String,
}

fn main() {}
