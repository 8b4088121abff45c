use freehold::prelude::*;

#[derive(Key)]
struct ApiKey(Uuid);

#[derive(Key)]
struct NoteId(Uuid);

#[derive(Table)]
#[table(shared, allow(timestamps, sensitive_column))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(secret)]
    key: ApiKey,
    note: NoteId,
}

fn main() {}
