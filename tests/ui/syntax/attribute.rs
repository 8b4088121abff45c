mod attribute_brackets {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table[shared, allow(timestamps), nam = tasks]]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod attribute_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    #[table = "tasks"]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod brackets {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index[title])]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod colon {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name: tasks)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod column_attribute_equals {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column = "label"]
        title: String,
    }
}

mod column_index_flag_with_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(desc = false))]
        title: String,
    }
}

mod column_index_ops_call {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(ops(text_pattern_ops)))]
        title: String,
    }
}

mod column_index_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index = title)]
        title: String,
    }
}

mod column_unique_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(unique = title)]
        title: String,
    }
}

mod comment_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(comment = 5)]
        title: String,
    }
}

mod comment_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), comment = tasks)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod crate_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), crate = "freehold")]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod enum_attribute_equals {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum = "native"]
    enum Status {
        Todo,
    }
}

mod flag_true {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(immutable = true)]
        title: String,
    }
}

mod key_attribute_equals {
    use freehold::prelude::*;

    #[derive(Key)]
    #[key = "freehold"]
    struct TaskId(Uuid);
}

mod key_is_string {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), "tasks")]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod key_without_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name =)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod missing_comma {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = tasks index(title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod missing_comma_after_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(20) unique)]
        title: String,
    }
}

mod missing_comma_flags {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(primary_key unique)]
        title: String,
    }
}

mod name_list {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name(tasks))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod name_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = 5)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod name_path {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = app::tasks)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod partition_by_nothing {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range())]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_by_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = id)]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_modulus {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = hash(id), partition(name = log_1, modulus = "2", remainder = 0))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_value {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(name = log_1, from = now(), to = 2))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_without_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(from = 1, to = 2))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod position {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(position("a", title) > 0))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod schema_number {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), schema = 5)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod sql_type_word {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(sql_type = point)]
        title: String,
    }
}

fn main() {}
