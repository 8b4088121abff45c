use freehold::prelude::*;

#[derive(Domain)]
struct Email(String);

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
    #[column(varchar(20))]
    email: Email,
}

fn main() {}
