use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Hen {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Egg::id, on_delete = cascade)]
    egg_id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Egg {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Hen::id, on_delete = cascade)]
    hen_id: Uuid,
}

schema!(pub APP = [Hen, Egg]);

fn main() {}
