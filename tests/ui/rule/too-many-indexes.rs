use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index)]
    a: i32,
    #[column(index)]
    b: i32,
    #[column(index)]
    c: i32,
    #[column(index)]
    d: i32,
    #[column(index)]
    e: i32,
    #[column(index)]
    f: i32,
    #[column(index)]
    g: i32,
    #[column(index)]
    h: i32,
    #[column(index)]
    i: i32,
    #[column(index)]
    j: i32,
}

fn main() {}
