mod delete_action {
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
        #[column(index, references = Project::id)]
        other: Uuid,
    }
}

mod delete_action_composite {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id)))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i32,
        project_id: Uuid,
    }
}

mod multiple_permissive_policies {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = mine, for = select, using(note == "a")), policy(name = theirs, to = app_read, using(note == "b")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod multiple_permissive_policies_of_a_role {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = mine, for = update, to(app_read, app_write), using(note == "a")), policy(name = theirs, for = update, to = app_write, using(note == "b")))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod no_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {}
}

mod ownership {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod ownership_no_attribute {
    use freehold::prelude::*;

    #[derive(Table)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(created_at)]
        created_at: DateTime<Utc>,
        #[column(updated_at)]
        updated_at: DateTime<Utc>,
    }
}

mod policy_always_true {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using(true)))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod policy_always_true_sql {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = readers, using_sql = "(TRUE)"))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod policy_always_true_with_check {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), policy(name = writers, using(note == "a"), with_check(true)))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        note: String,
    }
}

mod primary_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        id: Uuid,
    }
}

mod primary_key_empty {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), primary_key())]
    struct Task {
        id: Uuid,
    }
}

mod redundant_index_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(unique, index)]
        title: String,
    }
}

mod redundant_index_prefix {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title, body), index(title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
    }
}

mod redundant_index_primary_key {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(id))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod redundant_index_same {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(title), index(title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
    }
}

mod redundant_index_unique {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, body), index(title))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
    }
}

mod reg_type {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(sql_type = "regproc")]
        title: String,
    }
}

mod reg_type_array {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(sql_type = "RegConfig[]")]
        title: String,
    }
}

mod scope_reference {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index)]
        user_id: Uuid,
    }
}

mod scope_reference_through {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope(through = user_id), allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index)]
        user_id: Uuid,
    }
}

mod sensitive_column {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        password_hash: String,
    }
}

mod sensitive_column_renamed {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(name = api_token)]
        value: String,
    }
}

mod sensitive_column_secret {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Order {
        #[column(primary_key)]
        id: Uuid,
        #[column(secret)]
        note: String,
    }
}

mod set_null_columns {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), index(project_code, project_id), foreign_key(project_code, project_id, references = Project(code, id), on_delete = set_null))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: Option<i32>,
        project_id: Option<Uuid>,
    }
}

mod soft_delete_unique {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(unique)]
        title: String,
        #[column(deleted_at)]
        deleted_at: Option<DateTime<Utc>>,
    }
}

mod soft_delete_unique_composite {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(title, body))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
        #[column(deleted_at)]
        deleted_at: Option<DateTime<Utc>>,
    }
}

mod timestamps {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
    }
}

mod timestamps_no_created_at {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(updated_at)]
        updated_at: DateTime<Utc>,
    }
}

mod timestamps_no_updated_at {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared)]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(created_at)]
        created_at: DateTime<Utc>,
    }
}

mod too_many_indexes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index)]
        a: i32,
        #[column(index)]
        b: i32,
        #[column(index)]
        c: i32,
        #[column(index)]
        d: i32,
        #[column(index)]
        e: i32,
        #[column(index)]
        f: i32,
        #[column(index)]
        g: i32,
        #[column(index)]
        h: i32,
        #[column(index)]
        i: i32,
        #[column(index)]
        j: i32,
    }
}

mod unindexed_foreign_key {
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
        #[column(references = Project::id, on_delete = cascade)]
        other: Uuid,
    }
}

mod unindexed_foreign_key_composite {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps), unique(code, id))]
    struct Project {
        #[column(primary_key)]
        id: Uuid,
        code: i32,
    }

    #[derive(Table)]
    #[table(shared, allow(timestamps), foreign_key(project_code, project_id, references = Project(code, id), on_delete = cascade))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        project_code: i32,
        project_id: Uuid,
    }
}

mod unindexed_scope {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(references = User::id, on_delete = cascade)]
        user_id: Uuid,
    }
}

mod unique_across_scopes {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope = user_id, allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
        #[column(unique)]
        title: String,
    }
}

mod unique_across_scopes_through {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    struct User {
        #[column(primary_key)]
        id: Uuid,
    }

    #[derive(Table)]
    #[table(scope(through = user_id), unique(lower(title)), allow(timestamps))]
    struct Task {
        #[column(primary_key)]
        id: Uuid,
        #[column(index, references = User::id, on_delete = cascade)]
        user_id: Uuid,
        title: String,
    }
}

fn main() {}
