mod no_sql_type_array {
    use freehold::prelude::*;

    struct Point;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        position: Vec<Point>,
    }
}

mod no_sql_type_in_schema {
    use freehold::prelude::*;

    struct Point;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        position: Point,
    }

    schema!(pub APP = [Task]);
}

mod no_sql_type_with_default {
    use freehold::prelude::*;

    struct Point;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = 1)]
        position: Point,
    }
}

mod no_sql_type_with_type {
    use freehold::prelude::*;

    struct Point;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(text)]
        position: Point,
    }
}

fn main() {}
