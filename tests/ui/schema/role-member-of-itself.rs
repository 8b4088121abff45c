use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [User], role(app_read, member_of(app_read)));

fn main() {}
