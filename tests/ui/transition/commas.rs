use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Pending,
    Confirmed,
    Shipped,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(transitions(pending => confirmed, confirmed => shipped))]
    status: Status,
}

fn main() {}
