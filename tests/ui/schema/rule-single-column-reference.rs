use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(scope = user_id, allow(timestamps))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: Uuid,
}

#[derive(Table)]
#[table(scope = user_id, allow(timestamps))]
struct Card {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: Uuid,
}

#[derive(Table)]
#[table(scope(through = note_id), allow(timestamps))]
struct Line {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Note::id, on_delete = cascade)]
    note_id: Uuid,
    #[column(index, references = Card::id, on_delete = cascade)]
    card_id: Uuid,
}

schema!(pub APP = [User, Note, Card, Line]);

fn main() {}
