use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(check(words.search()))]
    words: TsVector,
}

fn main() {}
