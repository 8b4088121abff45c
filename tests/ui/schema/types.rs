mod functions_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], functions(User));
}

mod grant_not_a_table {
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

    schema!(pub APP = [User, Order], role(app_write), grant(update, on = tables(String), to = app_write));
}

mod grant_table_as_function {
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

    schema!(pub APP = [User, Order], role(app_read), grant(execute, on = functions(Order), to = app_read));
}

mod grant_table_as_view {
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

    schema!(pub APP = [User, Order], role(app_read), grant(select, on = views(Order), to = app_read));
}

mod not_a_table {
    use freehold::prelude::*;

    struct Plain;

    schema!(pub APP = [Plain]);
}

mod views_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], views(User));
}

fn main() {}
