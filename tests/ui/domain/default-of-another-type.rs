use freehold::prelude::*;

#[derive(Domain)]
struct Price(Decimal);

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Product {
    #[column(primary_key)]
    id: Uuid,
    #[column(default = "free")]
    price: Price,
}

fn main() {}
