use freehold::prelude::*;

#[derive(Key)]
struct StatusId(Uuid);

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(transitions(pending => confirmed))]
    status: StatusId,
}

fn main() {}
