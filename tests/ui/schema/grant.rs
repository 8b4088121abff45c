mod grant_all_and_select {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read, bypass_rls), grant(all, select, on = tables, to = app_read));
}

mod grant_all_tables_names {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = all_tables(Order), to = app_read));
}

mod grant_columns_of_all {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_write), grant(update(note), on = tables, to = app_write));
}

mod grant_columns_of_sequence {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], sequence(counted), role(app_write), grant(update(last_value), on = sequences(counted), to = app_write));
}

mod grant_columns_of_two {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_write), grant(update(note), on = tables(User, Order), to = app_write));
}

mod grant_delete_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_write), grant(delete(note), on = tables(Order), to = app_write));
}

mod grant_execute_on_sequences {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(usage, execute, on = sequences, to = app_read));
}

mod grant_future_named {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = tables(Order), to = app_read, future));
}

mod grant_future_schemas {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(usage, on = schemas(app), to = app_read, future));
}

mod grant_no_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_write), grant(update(), on = tables(Order), to = app_write));
}

mod grant_no_on {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, to = app_read));
}

mod grant_no_right {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(on = tables, to = app_read));
}

mod grant_no_to {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], grant(select, on = tables));
}

mod grant_on_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = tables(), to = app_read));
}

mod grant_on_parentheses {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on(Order), to = app_read));
}

mod grant_on_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = tables("orders"), to = app_read));
}

mod grant_on_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = Order, to = app_read));
}

mod grant_right_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select = note, on = tables(Order), to = app_read));
}

mod grant_right_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, select(note), on = tables(Order), to = app_read));
}

mod grant_right_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(selct, on = tables, to = app_read));
}

mod grant_schemas_all {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(usage, on = schemas, to = app_read));
}

mod grant_select_on_functions {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = functions, to = app_read));
}

mod grant_several {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(slect, usage, on = tables, to = app_red), sequence(a, increment = 0));
}

mod grant_to_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], grant(select, on = tables, to = 5));
}

mod grant_unknown_role {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], grant(select, on = tables, to = reporting));
}

mod grant_unknown_role_near {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = tables, to(app_read, app_raed)));
}

mod grant_unknown_role_predicate {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], isolation = predicate, grant(select, on = tables, to = app_user));
}

mod grant_unknown_sequence {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], sequence(order_number_seq), role(app_read), grant(usage, on = sequences(order_number_sq), to = app_read));
}

mod grant_usage_on_tables {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }

    schema!(pub APP = [User, Order], role(app_read), grant(usage, on = tables, to = app_read));
}

fn main() {}
