use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index(using = hash))]
    words: TsVector,
}

schema!(pub APP = [Task]);

fn main() {}
