mod monthly_ahead_alone {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(day), monthly_partitions(ahead = 3))]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_ahead_negative {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(day), monthly_partitions(function = create_months, ahead = -3))]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_ahead_text {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(day), monthly_partitions(function = create_months, ahead = "3"))]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_long_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(day), monthly_partitions(function = ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff))]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_of_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = list(day), monthly_partitions)]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_of_two {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(id, day), monthly_partitions)]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(day), monthly_partitions(functoin = create_months))]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), partition_by = range(day), monthly_partitions = 3)]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

mod monthly_without_partition_by {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, day), monthly_partitions)]
    struct Order {
        id: Uuid,
        day: NaiveDate,
    }
}

fn main() {}
