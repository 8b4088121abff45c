use freehold::prelude::*;

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [Person], grant(insert, on = tables(Person), to = public));

fn main() {}
