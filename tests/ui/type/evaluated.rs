mod default_negative_out_of_range {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = -40000)]
        number: i16,
    }
}

mod default_now_as_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = "now()")]
        due: DateTime<Utc>,
    }
}

mod default_null_on_not_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = null)]
        title: String,
    }
}

mod default_out_of_range {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 40000)]
        number: i16,
    }
}

mod label_longer_than_varchar {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        InProgress,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(4))]
        status: Status,
    }
}

fn main() {}
