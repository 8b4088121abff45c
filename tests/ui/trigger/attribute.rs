mod arguments_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = CheckStock, arguments("a\0b")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod arguments_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = CheckStock, arguments(a)))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod before_and_after {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(insert), after(update), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod before_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before = insert, function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod duplicate_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = CheckStock), trigger(name = stock, after(update), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod event_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before("insert"), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod event_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(update, insert, update(quantity)), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod flag {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod function_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert), function = "check_stock"))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod insert_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(insert(quantity)), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod no_event {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod no_function {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(insert)))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod no_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(before(insert), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod no_timing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod unknown_event {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(inserted), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod unknown_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, afer(insert), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod unknown_level {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert), each = rows, function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

fn main() {}
