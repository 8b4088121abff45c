use freehold::prelude::*;

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

#[derive(Table)]
#[table(name = orders, shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

schema!(pub APP = [User, Order], role(app_read), grant(select, select(note), on = tables(Order), to = app_read));

fn main() {}
