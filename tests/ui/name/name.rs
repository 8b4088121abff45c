mod check_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check("": title != ""))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_sql_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check_sql = "")]
        title: String,
    }
}

mod check_sql_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check_sql("a\0b": "true"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod check_sql_text_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check_sql = "a\0b")]
        title: String,
    }
}

mod check_text_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(check(title != "a\0b"))]
        title: String,
    }
}

mod collation_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title.collate("a\0b")))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod column_comment_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(comment = "a\0b")]
        title: String,
    }
}

mod column_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(name = "")]
        title: String,
    }
}

mod column_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(name = "a\0b")]
        title: String,
    }
}

mod column_renamed_from_itself {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(renamed_from = title)]
        title: String,
    }
}

mod column_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(name = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)]
        title: String,
    }
}

mod column_too_long_in_bytes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(name = "ääääääääääääääääääääääääääääääää")]
        title: String,
    }
}

mod comment_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), comment = "a\0b")]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod default_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = "a\0b")]
        title: String,
    }
}

mod doc_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[doc = "a\0b"]
        title: String,
    }
}

mod duplicate_check {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), check(c: title != "a"), check_sql(c: "true"))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod duplicate_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        #[column(name = title)]
        label: String,
    }
}

mod duplicate_constraint {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, name = by), index(body, name = by))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
    }
}

mod enum_comment_nul {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native, comment = "a\0b")]
    enum Status {
        Todo,
    }
}

mod enum_schema_empty {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native, schema = "")]
    enum Status {
        Todo,
    }
}

mod enum_too_long {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(name = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)]
    enum Status {
        Todo,
    }
}

mod field_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: String,
    }
}

mod foreign_key_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delete = cascade, name = ""))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i32,
        project_id: Uuid,
    }
}

mod index_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, name = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod partition_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(name = looooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo, from = 1, to = 2))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_value_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = list(region), primary_key(id, region))]
    #[table(partition(name = log_eu, in("e\0u")))]
    struct Log {
        id: Uuid,
        region: String,
    }
}

mod primary_key_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, name = ""))]
    struct Task {
        id: Uuid,
    }
}

mod renamed_from_itself {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = tasks, renamed_from = tasks)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod renamed_from_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), renamed_from = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod schema_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), schema = "")]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod schema_of_postgresql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(schema = pg_app, shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod schema_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), schema = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod sql_type_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(sql_type = "")]
        title: String,
    }
}

mod sql_type_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(sql_type = "te\0xt")]
        title: String,
    }
}

mod struct_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Taaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod system_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        xmin: i32,
    }
}

mod table_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = "")]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod table_nul {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = "a\0b")]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod table_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod trigger_function_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(function = ""));
}

mod trigger_function_of_postgresql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [Task], updated_at(function = coalesce));
}

mod trigger_function_too_long {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(function = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa));
}

mod unique_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, name = ""))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

fn main() {}
