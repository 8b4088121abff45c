use freehold::prelude::*;

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(name = notes, scope = user_id, allow(timestamps))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: Uuid,
    #[column(index, references = Person::id, on_delete = restrict)]
    created_by: Uuid,
}

schema!(pub APP = [User, Person, Note]);

fn main() {}
