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
    const NAME: TableName = TableName::new(None, "order_summary");
    const OWNERSHIP: Ownership = Ownership::Scope("user_id");
    const COLUMNS: () = ();
    const DEF: &'static ViewDef =
        &ViewDef::new(Self::NAME, Self::OWNERSHIP, &[], "SELECT user_id FROM users").materialized();
}

schema!(pub APP = [User], views(OrderSummary), grant(select, on = views(OrderSummary), to = app_user));

fn main() {}
