use freehold::prelude::*;

#[derive(Domain)]
#[domain(chek(length(value) > 0))]
struct Email(String);

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
    email: Email,
}

fn text(email: Email) -> String {
    email.into()
}

fn main() {}
