mod default_name_taken {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        search: String,
    }
}

mod flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod generated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        name: String,
        #[column(generated = lower(name))]
        title: String,
    }
}

mod language_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a, language = ""))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod language_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a, language = 1))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod method_in_index {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(id, where = words.search("a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        words: TsVector,
    }
}

mod method_without_words {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(words.search()))]
        words: TsVector,
    }
}

mod name_taken {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a, column = title))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod no_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(language = "english"))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod no_weight {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod option_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a, column = words, column = more))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod repeated_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a, title = b))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod secret {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps, sensitive_column), search(title = a))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(secret)]
        title: String,
    }
}

mod system_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = a, column = xmin))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(titel = a))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unknown_weight {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = e))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod weight_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), search(title = "a"))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

fn main() {}
