use freehold::prelude::*;

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(name = notes, scope(through = person_id), allow(timestamps, internal_reference))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Person::id, on_delete = restrict)]
    person_id: Uuid,
}

schema!(pub APP = [Person, Note]);

fn main() {}
