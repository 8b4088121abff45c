mod array_of_another {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(array(integer))]
        names: Vec<String>,
    }
}

mod array_of_no_element {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(array(text))]
        names: Vec<&'static str>,
    }
}

mod array_on_scalar {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(array(text))]
        title: String,
    }
}

mod check_path_to_no_enum {
    use freehold::prelude::*;

    enum Plain {
        Todo,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title == Plain::Todo))]
        title: String,
    }
}

mod created_at_on_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(created_at)]
        made: String,
    }
}

mod default_bool_for_integer {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = false)]
        number: Option<i32>,
    }
}

mod default_bool_for_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = true)]
        title: String,
    }
}

mod default_enum_for_text {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        Done,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = Status::Todo)]
        title: String,
    }
}

mod default_fraction_for_integer {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 1.5)]
        number: i32,
    }
}

mod default_number_for_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 1)]
        title: String,
    }
}

mod default_of_another_enum {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        Done,
    }

    #[derive(SqlEnum)]
    enum Kind {
        Bug,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = Kind::Bug)]
        status: Status,
    }
}

mod default_path_to_no_enum {
    use freehold::prelude::*;

    enum Plain {
        Todo,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = Plain::Todo)]
        title: String,
    }
}

mod default_text_for_bool {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = "true")]
        done: bool,
    }
}

mod default_text_for_enum {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        Done,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = "todo")]
        status: Status,
    }
}

mod default_text_for_integer {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = "1")]
        number: i32,
    }
}

mod default_unknown_variant {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        Done,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = Status::Tdo)]
        status: Status,
    }
}

mod deleted_at_not_optional {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(deleted_at)]
        gone: DateTime<Utc>,
    }
}

mod enum_of_another_column_in_check {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
    }

    #[derive(SqlEnum)]
    enum Mood {
        Sad,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(status != Mood::Sad))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        status: Status,
    }
}

mod enum_without_derive {
    use freehold::prelude::*;

    enum Status {
        Todo,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        status: Status,
    }
}

mod generic_without_bound {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task<T> {
        #[column(primary_key)]
        id: Uuid,
        value: T,
    }
}

mod identity_on_uuid {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(identity)]
        number: Uuid,
    }
}

mod integer_on_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(integer)]
        title: String,
    }
}

mod json_without_wrapper {
    use freehold::prelude::*;

    struct Settings;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        settings: Settings,
    }
}

mod jsonb_on_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(jsonb)]
        title: String,
    }
}

mod native_enum_as_text {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native)]
    enum Status {
        Todo,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(text)]
        status: Status,
    }
}

mod no_sql_type {
    use freehold::prelude::*;

    struct Point;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        position: Point,
    }
}

mod option_of_option {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        size: Option<Option<i32>>,
    }
}

mod option_option_of_nothing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        number: Option<u64>,
    }
}

mod serial_on_option {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(serial)]
        number: Option<i32>,
    }
}

mod serial_on_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(serial)]
        title: String,
    }
}

mod u32 {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        number: u32,
    }
}

mod updated_at_on_date {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(updated_at)]
        changed: NaiveDate,
    }
}

mod varchar_on_integer {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(20))]
        number: i32,
    }
}

mod vec_of_no_element {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        numbers: Vec<Option<i32>>,
    }
}

fn main() {}
