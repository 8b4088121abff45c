use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), volume(rows = 10, width(id = 16)))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
