use freehold::model::{ColumnDef, Ownership, PolicyCommand, PolicyDef, PrimaryKeyDef, Table, TableDef, TableName};
use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

struct Note;

impl Table for Note {
    type Columns = ();
    const NAME: TableName = TableName::new(None, "notes");
    const OWNERSHIP: Ownership = Ownership::Shared;
    const COLUMNS: () = ();
    const DEF: &'static TableDef = &TableDef::new(
        Self::NAME,
        Self::OWNERSHIP,
        &[ColumnDef::new::<Uuid>("id")],
        PrimaryKeyDef::new(&["id"]),
    )
    .policies(&[PolicyDef::new("notes_read", PolicyCommand::Select).to(&["reporting"])]);
}

schema!(pub APP = [User, Note]);

fn main() {}
