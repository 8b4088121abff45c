mod fraction {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(rows = 1.5))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod misspelt {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(row = 10))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod negative {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(rows = -1))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod not_a_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume = 10)]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod too_large {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(rows = 100_000_000_000_000_000_000))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod width_of_an_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(rows = 10, width(bodi = 100)))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        body: String,
    }
}

mod width_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(rows = 10, width(body = 100, body = 200)))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        body: String,
    }
}

mod width_without_bytes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(rows = 10, width(body)))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
        body: String,
    }
}

mod without_rows {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), volume(per_day = 10))]
    struct Note {
        #[column(primary_key)]
        id: Uuid,
    }
}

fn main() {}
