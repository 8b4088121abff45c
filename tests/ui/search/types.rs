mod number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(quantity = a))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod optional_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(quantity = a))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: Option<i32>,
    }
}

fn main() {}
