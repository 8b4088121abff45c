use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [User], sequence(order_number_seq, increment = 0));

fn main() {}
