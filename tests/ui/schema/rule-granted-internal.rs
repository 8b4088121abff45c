use freehold::prelude::*;

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [Person], grant(select, on = all_tables, to = app_user));

fn main() {}
