use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [User], isolation(admin = pg_read_all_data));

fn main() {}
