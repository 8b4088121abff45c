use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(scope = user_id, allow(timestamps), index(user_id, price))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
    #[column(references = User::id, on_delete = cascade)]
    user_id: Uuid,
    price: Decimal,
}

schema!(pub APP = [User, Note]);

fn main() {}
