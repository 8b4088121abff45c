mod commas {
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
}

mod empty {
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
        #[column(transitions())]
        status: Status,
    }
}

mod equals {
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
        #[column(transitions = pending)]
        status: Status,
    }
}

mod first_state_partitioned {
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
}

mod first_state_twice {
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
        #[column(transitions(=> pending, pending; pending => shipped))]
        pub status: Status,
    }
}

mod first_states_alone {
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
        #[column(transitions(=> pending))]
        pub status: Status,
    }
}

mod first_states_twice {
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
        #[column(transitions(=> pending; pending => shipped; => shipped))]
        pub status: Status,
    }
}

mod flag {
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
        #[column(transitions)]
        status: Status,
    }
}

mod generated {
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
        #[column(transitions(pending => confirmed), generated_sql = "'pending'")]
        status: Status,
    }
}

mod immutable {
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
        #[column(transitions(pending => confirmed), immutable)]
        status: Status,
    }
}

mod no_target {
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
        #[column(transitions(pending => confirmed; confirmed =>))]
        status: Status,
    }
}

mod not_a_name {
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
        #[column(transitions(pending => _))]
        status: Status,
    }
}

mod option {
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
        #[column(transitions(pending => confirmed; confirmed => shipped))]
        status: Option<Status>,
    }
}

mod path {
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
        #[column(transitions(Status::Pending => Status::Confirmed))]
        status: Status,
    }
}

mod repeated_target {
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
        #[column(transitions(pending => confirmed, confirmed))]
        status: Status,
    }
}

mod state_twice {
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
        #[column(transitions(pending => confirmed; Pending => shipped))]
        status: Status,
    }
}

mod text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(transitions(pending => confirmed; confirmed => shipped))]
        status: String,
    }
}

mod to_itself {
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
        #[column(transitions(pending => pending))]
        status: Status,
    }
}

fn main() {}
