use freehold::prelude::*;

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(name = products, shared, allow(timestamps))]
struct Product {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Person::id, on_delete = restrict)]
    created_by: Uuid,
}

schema!(pub APP = [Person, Product]);

fn main() {}
