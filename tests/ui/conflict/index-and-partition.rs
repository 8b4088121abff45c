mod brin_unique {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, using = brin, unique))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod gin_include {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(tags, using = gin, include(title)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        tags: Vec<String>,
    }
}

mod gin_ordered {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(tags.desc(), using = gin))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        tags: Vec<String>,
    }
}

mod gist_ordered {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title.nulls_first(), using = gist))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: Option<String>,
    }
}

mod hash_include {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, using = hash, include(body)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
    }
}

mod hash_two_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, body, using = hash))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
    }
}

mod hash_unique {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, using = hash, unique))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_asc_and_desc {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(asc, desc))]
        title: String,
    }
}

mod index_nulls_first_and_last {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(nulls_first, nulls_last))]
        title: Option<String>,
    }
}

mod index_nulls_not_distinct {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, nulls_not_distinct))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod partition_default_of_hash {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = hash(id), partition(name = log_1, default))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_key_not_in_primary_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(day))]
    struct Log {
        #[column(primary_key)]
        id: i32,
        day: NaiveDate,
    }
}

mod partition_key_not_in_unique {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), unique(day))]
    struct Log {
        #[column(primary_key)]
        id: i32,
        day: NaiveDate,
    }
}

mod partition_key_not_in_unique_index {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = hash(id), index(size, unique))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        size: i32,
    }
}

mod partition_list_of_two {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = list(id, day), primary_key(id, day))]
    struct Log {
        id: i32,
        day: NaiveDate,
    }
}

mod partition_of_another_strategy {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(name = log_1, in(1)))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_remainder {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = hash(id), partition(name = log_1, modulus = 2, remainder = 2))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_too_few_values {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(name = log_1, from(1, 2), to = 2))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_two_bounds {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(name = log_1, from = 1, to = 2, default))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_without_partition_by {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition(name = log_1, from = 1, to = 2))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod unique_index_deferrable {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, where = title.is_not_null(), deferrable))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: Option<String>,
    }
}

fn main() {}
