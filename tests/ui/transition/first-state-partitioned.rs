use freehold::prelude::*;

#[derive(SqlEnum)]
pub enum Status {
    Pending,
    Shipped,
}

#[derive(Table)]
#[table(name = orders, shared, allow(timestamps), partition_by = list(id))]
pub struct Order {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(transitions(=> pending; pending => shipped))]
    pub status: Status,
}

fn main() {}
