use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [User], role(app_write, member_of(app_raed)), role(app_read));

fn main() {}
