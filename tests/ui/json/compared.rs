use freehold::prelude::*;
use serde_json::Value;

#[derive(Key, Clone, Copy)]
pub struct NoteId(Uuid);

#[derive(Table)]
#[table(name = notes, shared, allow(timestamps))]
pub struct Note {
    #[column(primary_key)]
    pub id: NoteId,
    #[column(json)]
    pub body: Value,
    #[column(array(json))]
    pub bodies: Vec<Value>,
    pub data: Value,
}

fn main() {
    let _ = Note::select().filter(|note| note.body.eq(Value::Null));
    let _ = Note::select().filter(|note| note.data.ne(note.body));
    let _ = Note::select().filter(|note| note.body.is_in([Value::Null]));
    let _ = Note::select().filter(|note| note.body.contains(Value::Null));
    let _ = Note::select().filter(|note| note.bodies.overlaps(vec![Value::Null]));
    let _ = Note::select().order_by(|note| note.body.asc());
    let _ = Note::select().group_by(|note| note.body);
    // These compile: PostgreSQL can run them.
    let _ = Note::select().filter(|note| note.body.is_null() | note.data.eq(Value::Null));
    let _ = Note::select().columns(|note| (note.body, note.bodies));
    let _ = Note::update(NoteId(Uuid::nil())).set(|note| note.body.to(Value::Null));
}
