mod list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), active_view(orders))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at)]
        deleted_at: Option<DateTime<Utc>>,
    }
}

mod long_default {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo, active_view)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at)]
        deleted_at: Option<DateTime<Utc>>,
    }
}

mod name_of_the_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = orders, active_view = orders)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at)]
        deleted_at: Option<DateTime<Utc>>,
    }
}

mod without_deleted_at {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), active_view)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
    }
}

fn main() {}
