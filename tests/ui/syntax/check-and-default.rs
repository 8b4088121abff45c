mod check_constant {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(true))]
        title: String,
    }
}

mod check_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check())]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check = title)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_name_alone {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(title_check:))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_named_string_unfinished {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check("named": ))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_sql_colon_missing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check_sql(named "true"))]
        title: String,
    }
}

mod check_sql_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check_sql)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_sql_unnamed_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check_sql(5))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_sql_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check_sql = title)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_without_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check("title" == "a"))]
        title: String,
    }
}

mod created_at_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(created_at = now())]
        made: DateTime<Utc>,
    }
}

mod default_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = other)]
        title: String,
        other: String,
    }
}

mod default_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default)]
        title: String,
    }
}

mod default_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default("a"))]
        title: String,
    }
}

mod default_sql_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default_sql = 5)]
        number: i32,
    }
}

mod default_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = todo)]
        title: String,
    }
}

mod identity_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(identity = "always")]
        number: i32,
    }
}

mod identity_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(identity = allways)]
        number: i32,
    }
}

mod serial_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(serial = big)]
        number: i64,
    }
}

mod updated_at_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(updated_at(application))]
        changed: DateTime<Utc>,
    }
}

mod updated_at_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(updated_at = aplication)]
        changed: DateTime<Utc>,
    }
}

fn main() {}
