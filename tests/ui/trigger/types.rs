mod no_trigger_function {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = String))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod plain_function {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(returns = i64, body = "BEGIN RETURN 1; END;")]
    struct Total;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = Total))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

fn main() {}
