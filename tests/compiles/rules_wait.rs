//! Where the derive of a view reported an error, the rules of `schema!` wait: what they would say is most often its echo.

use freehold::model::{Ownership, TableName, View, ViewDef};
use freehold::prelude::*;

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

struct Mistaken;

impl View for Mistaken {
    type Columns = ();
    const NAME: TableName = TableName::new(None, "users");
    const OWNERSHIP: Ownership = Ownership::Shared;
    const COLUMNS: () = ();
    const DEF: &'static ViewDef = &ViewDef::incomplete(Self::NAME, Self::OWNERSHIP);
}

schema!(APP = [User], views(Mistaken));

#[test]
fn runs() {
    assert_eq!(APP.validate()[0].object, "users");
}
