use freehold::prelude::*;

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

schema!(
    pub APP = [Person],
    isolation(login = app_login),
    grant(select, on = tables(Person), to = app_login),
);

fn main() {}
