mod first_state_misspelt {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    pub enum Status {
        Pending,
        Shipped,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    pub struct Order {
        #[column(primary_key)]
        pub id: Uuid,
        #[column(transitions(=> peding; pending => shipped))]
        pub status: Status,
    }
}

mod misspelt_state {
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
        #[column(transitions(pending => confirmd; confirmed => shipped))]
        status: Status,
    }
}

mod misspelt_twice {
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
        #[column(transitions(pending => confirmd; confirmd => shipped))]
        status: Status,
    }
}

fn main() {}
