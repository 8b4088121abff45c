use freehold::model::{Language, Returns, Routine, RoutineDef, TableName, TriggerFunction};
use freehold::prelude::*;

struct CheckStock;

impl Routine for CheckStock {
    const DEF: &'static RoutineDef = &RoutineDef::function(
        TableName::new(None, "check_stock"),
        &[],
        Returns::Trigger,
        Language::PlPgSql,
        "BEGIN RETURN NEW; END;",
    );
}

impl TriggerFunction for CheckStock {}

#[derive(Table)]
#[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = CheckStok))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    quantity: i32,
}

fn main() {}
