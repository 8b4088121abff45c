mod column_auto_increment {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(auto_increment)]
        number: i32,
    }
}

mod column_foreign_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(foreign_key = User::id)]
        user_id: Uuid,
    }
}

mod column_index_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(descending))]
        title: String,
    }
}

mod column_key_at_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), immutable)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod column_not_null {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(not_null)]
        title: String,
    }
}

mod column_nullable {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(nullable)]
        title: Option<String>,
    }
}

mod column_soft_delete {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(soft_delete)]
        gone: Option<DateTime<Utc>>,
    }
}

mod column_type_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(type = "text")]
        title: String,
    }
}

mod column_type_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(vachar(20))]
        title: String,
    }
}

mod column_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(primry_key)]
        title: String,
    }
}

mod column_unique_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(unique(nulls_not_distint))]
        title: String,
    }
}

mod column_uppercase_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(VARCHAR(20))]
        title: String,
    }
}

mod enum_key_at_variant {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[sql_enum(native)]
        Todo,
        Done,
    }
}

mod enum_serde_habit {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(rename = "status")]
    enum Status {
        Todo,
        Done,
    }
}

mod enum_typo {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(natve)]
    enum Status {
        Todo,
        Done,
    }
}

mod foreign_key_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delte = cascade))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i32,
        project_id: Uuid,
    }
}

mod index_deferrable {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, deferrable = initially_deferred))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod index_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, whre = title.is_not_null()))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod key_typo {
    use freehold::prelude::*;

    #[derive(Key)]
    #[key(crat = freehold)]
    struct TaskId(Uuid);
}

mod partition_strategy {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = rnge(id))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod partition_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), partition_by = range(id), partition(name = log_1, form = 1, to = 2))]
    struct Log {
        #[column(primary_key)]
        id: i32,
    }
}

mod primary_key_option {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key(id, using = hash))]
    struct Task {
        id: Uuid,
    }
}

mod schema_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updatd_at(clock = now));
}

mod table_key_at_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(shared)]
        title: String,
    }
}

mod table_no_suggestion {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), engine = innodb)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod table_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), nmae = tasks)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, nmae = one_title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod unique_using {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, using = gin))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod updated_at_typo {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(functon = touch));
}

mod variant_typo {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[sql_enum(renam = "to do")]
        Todo,
        Done,
    }
}

fn main() {}
