use freehold::model::{Ownership, TableName, View, ViewDef};
use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

struct OrderSummary;

impl View for OrderSummary {
    type Columns = ();
    const NAME: TableName = TableName::new(None, "user");
    const OWNERSHIP: Ownership = Ownership::Scope("user_id");
    const COLUMNS: () = ();
    const DEF: &'static ViewDef =
        &ViewDef::new(Self::NAME, Self::OWNERSHIP, &[], "SELECT user_id FROM \"user\"").materialized();
}

schema!(pub APP = [User], views(OrderSummary));

fn main() {}
