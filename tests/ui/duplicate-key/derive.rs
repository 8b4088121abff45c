mod column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(name = label, name = heading)]
        title: String,
    }
}

mod column_index {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index(desc, desc))]
        title: String,
    }
}

mod column_two_attributes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(name = label)]
        #[column(name = heading)]
        title: String,
    }
}

mod r#enum {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(native, native)]
    enum Status {
        Todo,
        Done,
    }
}

mod foreign_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delete = cascade, on_delete = restrict))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i32,
        project_id: Uuid,
    }
}

mod index {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, name = a, name = b))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod key {
    use freehold::prelude::*;

    #[derive(Key)]
    #[key(crate = freehold, crate = ::freehold)]
    struct TaskId(Uuid);
}

mod schema {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(clock = now), updated_at(function = touch));
}

mod shared_twice {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), shared)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = tasks, name = jobs)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod table_two_attributes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), name = tasks)]
    #[table(name = jobs)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod r#type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(text, text)]
        title: String,
    }
}

mod unique {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, name = a, name = b))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod updated_at {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updated_at(clock = now, clock = current_timestamp));
}

mod variant {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        #[sql_enum(rename = "a", rename = "b")]
        Todo,
        Done,
    }
}

fn main() {}
