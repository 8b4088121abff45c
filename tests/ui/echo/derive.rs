mod enum_in_table {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    #[sql_enum(natve)]
    enum Status {
        Todo,
        Done,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = Status::Todo)]
        status: Status,
    }
}

mod enum_with_fields_in_table {
    use freehold::prelude::*;

    #[derive(SqlEnum)]
    enum Status {
        Todo,
        Other(String),
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(default = Status::Todo)]
        status: Status,
    }
}

mod generic_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared)]
    struct Task<const N: usize> {}
}

mod generic_key_in_table {
    use freehold::prelude::*;

    #[derive(Key)]
    struct TaskId {
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: TaskId,
    }
}

mod key_in_table {
    use freehold::prelude::*;

    #[derive(Key)]
    #[key(crat = freehold)]
    struct TaskId(Uuid);

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: TaskId,
    }
}

mod queries {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    pub struct User {
        #[column(primary_key)]
        pub id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, index(user_id, done), allow(timestamps))]
    pub struct Task {
        #[column(primary_key, defualt = gen_random_uuid())]
        pub id: Uuid,
        #[column(references = User::id, on_delete = cascade)]
        pub user_id: Uuid,
        pub title: String,
        pub done: bool,
    }

    async fn run(me: &Scope<Uuid>, id: Uuid) -> Result<(), freehold::Error> {
        let new = NewTask { id, title: "a".into(), done: false };
        Task::insert(new).execute(me).await?;
        Task::get(id).fetch_optional(me).await?;
        Task::by_done(true).filter(|task| task.title.eq("a")).fetch_all(me).await?;
        Task::update(id).set(|task| task.done.to(true)).execute(me).await?;
        Task::select().join(|task| task.user_id).fetch_all(me).await?;
        Ok(())
    }
}

mod referenced_table {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), nmae = projects)]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = Project::id, on_delete = cascade)]
        project_id: Uuid,
    }

    schema!(pub APP = [Project, Task]);
}

mod required_three {
    use freehold::prelude::*;

    #[derive(Table)]
    struct Task {
        title: String,
    }
}

mod schema_option_used {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [User], updatd_at(clock = now));

    fn run() {
        let _ = APP.name;
    }
}

mod secret_beside_a_mistake {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps, sensitive_column), nmae = orders)]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(secret)]
        note: String,
    }

    fn run() {
        let print: fn(&Order) -> String = |order| format!("{order:?}");
        let _ = print;
    }
}

mod several_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, primary_key(region, number), allow(timestamps, uuid_key))]
    pub struct Order {
        pub region: String,
        pub number: i32,
    }

    #[derive(Table)]
    #[table(shared, index(region, number), allow(timestamps))]
    #[table(foreign_key(region, number, references = Order(region, number), on_delete = cascade))]
    pub struct Line {
        #[column(primary_key, defualt = gen_random_uuid())]
        pub id: Uuid,
        pub region: String,
        pub number: i32,
    }

    async fn run(me: &Scope<Uuid>) -> Result<(), freehold::Error> {
        Line::select().join(|line| (line.region, line.number)).fetch_all(me).await?;
        Order::select().with(Line::select(), |line| (line.region, line.number)).fetch_all(me).await?;
        Ok(())
    }
}

mod table_in_schema {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), nmae = tasks)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }

    schema!(pub APP = [Task]);
}

mod three_mistakes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), nmae = tasks)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchar(0))]
        title: String,
        #[column(check(titel != ""))]
        body: String,
    }
}

mod tuple_in_schema {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared)]
    struct Task(Uuid);

    schema!(pub APP = [Task]);
}

mod two_tables {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, nmae = tasks, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, nmae = jobs, allow(timestamps))]
    struct Job {
        #[column(primary_key)]
        id: Uuid,
    }

    schema!(pub APP = [Task, Job]);
}

mod type_and_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(varchr(20))]
        position: Point,
    }

    struct Point;
}

fn main() {}
