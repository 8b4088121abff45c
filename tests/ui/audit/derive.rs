mod list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), audit(log))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod secret_at_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), secret)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod secret_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps, sensitive_column), audit)]
    struct Order {
        #[column(primary_key, secret)]
        id: Uuid,
        note: String,
    }
}

mod secret_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(secret = true)]
        note: String,
    }
}

mod value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), audit = true)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
    }
}

fn main() {}
