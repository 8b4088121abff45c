use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = readers, using(id == current_setting("app.user_id") as Uuid)))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
