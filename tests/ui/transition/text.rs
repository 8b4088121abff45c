use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(transitions(pending => confirmed; confirmed => shipped))]
    status: String,
}

fn main() {}
