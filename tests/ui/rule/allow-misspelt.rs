use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestmps))]
struct Note {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps, redundant_indx))]
struct Tag {
    #[column(primary_key)]
    id: Uuid,
    #[column(unique, index)]
    title: String,
}

fn main() {}
