mod composite_wrong_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delete = cascade))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i64,
        project_id: Uuid,
    }
}

mod not_a_table {
    use freehold::prelude::*;

    struct Plain {
        id: Uuid,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, on_delete = cascade, references = Plain::id)]
        other: Uuid,
    }
}

mod wrong_key {
    use freehold::prelude::*;

    #[derive(Key)]
    struct ProjectId(Uuid);

    #[derive(Key)]
    struct TaskId(Uuid);

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Project {
        #[column(primary_key)]
        id: ProjectId,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: TaskId,
        #[column(index, references = Project::id, on_delete = cascade)]
        project_id: TaskId,
    }
}

mod wrong_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, on_delete = cascade, references = Project::id)]
        other: i32,
    }
}

fn main() {}
