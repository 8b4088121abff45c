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
#[table(shared, allow(timestamps))]
struct Line {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Note::id, on_delete = cascade)]
    note_id: Uuid,
}

schema!(pub APP = [User, Note, Line]);

fn main() {}
