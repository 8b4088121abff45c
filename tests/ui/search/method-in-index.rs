use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(id, where = words.search("a")))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    words: TsVector,
}

fn main() {}
