mod new_generated_before {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(update), when(new.twice > 0), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
        #[column(generated = quantity * 2)]
        twice: i32,
    }
}

mod new_in_delete {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(delete), when(new.quantity > 0), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod old_in_insert {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(insert, update), when(new.quantity != old.quantity), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod row_in_argument {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(body = "BEGIN END;")]
    struct Touch {
        #[argument(default = old.id)]
        id: i32,
    }
}

mod row_in_check {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(new.quantity > 0))]
        quantity: i32,
    }
}

mod row_in_default {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = old.quantity)]
        quantity: i32,
    }
}

mod row_in_domain {
    use freehold::prelude::*;

    #[derive(Domain)]
    #[domain(check(new.value != "a"))]
    struct Email(String);
}

mod row_in_index {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(lower(old.note)))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod row_in_partition {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(name = a, from = new.id, to = maxvalue))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod row_in_view {
    use freehold::prelude::*;

    #[derive(View)]
    #[view(shared, materialized, query = "SELECT 1 AS id", index(id, where = new.id > 0))]
    struct One {
        id: i32,
    }
}

mod statement_with_row {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), each = statement, when(new.quantity != old.quantity), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod truncate_each_row {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(truncate), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod update_no_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(update()), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod update_repeated_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(update(quantity, quantity)), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod update_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, before(update(quantty)), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod when_and_when_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), when(new.quantity > 0), when_sql = "true", function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod when_another_row {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), when(next.quantity > 0), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod when_empty_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), when_sql = "", function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod when_index {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), when(new.0 > 0), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod when_keyword {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), when(new.type > 0), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod when_plain_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), when(quantity > 0), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

mod when_unknown_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), trigger(name = stock, after(update), when(new.quantty > 0), function = CheckStock))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        quantity: i32,
    }
}

fn main() {}
