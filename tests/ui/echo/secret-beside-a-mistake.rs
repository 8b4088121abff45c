use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps, sensitive_column), nmae = orders)]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(secret)]
    note: String,
}

fn main() {
    let print: fn(&Order) -> String = |order| format!("{order:?}");
    let _ = print;
}
