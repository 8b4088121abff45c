mod at_field {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(policy(name = readers, using(note == "a")))]
        note: String,
    }
}

mod cast {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using(id == current_setting("app.user_id") as Uuid)))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod cast_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using(id::text == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod command_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, for = "select", using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod duplicate_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using(note == "a"), using(note == "b")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod duplicate_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = one, for = select, using(note == "a")), policy(name = one, for = delete, using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod empty_role {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, to = "", using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod empty_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using_sql = " "))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod force_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), force_row_security = true, policy(name = readers, using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod force_without_policy {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), force_row_security)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod long_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn, using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod no_condition {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod no_condition_insert {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = writers, for = insert, to = app_write))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod no_condition_select {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, for = select))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod no_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod restrictive_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, restrictive = true, using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod row {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using(new.note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod to_nobody {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, to(), using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod to_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, to = 1, using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using(notes == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod unknown_command {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, for = selct, using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod unknown_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, usng(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod using_and_using_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using(note == "a"), using_sql = "note = 'a'"))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod using_empty {
    // The parentheses of `using` need a condition.

    use freehold::prelude::*;

    #[derive(Function)]
    #[function(trigger, body = "BEGIN RETURN NEW; END;")]
    pub struct CheckNote;

    #[derive(Table)]
    #[table(name = notes, shared, allow(timestamps))]
    #[table(policy(name = readers, for = select, using()))]
    #[table(trigger(name = check_note, before(insert), when(), function = CheckNote))]
    pub struct Note {
        #[column(primary_key)]
        pub id: Uuid,
        #[column(generated())]
        pub title: String,
    }
}

mod using_flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod using_for_insert {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = writers, for = insert, using(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod with_check_for_delete {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, for = delete, with_check(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod with_check_for_select {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, for = select, using(note == "a"), with_check(note == "a")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod with_check_sql_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = writers, for = insert, with_check_sql = yes))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

fn main() {}
