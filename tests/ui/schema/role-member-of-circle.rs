use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [User], role(a, member_of(b)), role(b, member_of(c)), role(c, member_of(a)));

fn main() {}
