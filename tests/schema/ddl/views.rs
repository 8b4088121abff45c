//! Views.

use freehold::Postgres;
use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

#[derive(Table)]
#[table(name = "Posts", shared, active_view, allow(timestamps, uuid_key))]
struct Post {
    #[column(primary_key)]
    id: i32,
    #[column(name = "select")]
    title: String,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

/// Posts by their title's length.
#[derive(View)]
#[view(name = post_lengths, schema = report, shared, query = "
    SELECT id, length(\"select\") AS letters
    FROM \"Posts\" -- all of them
")]
struct PostLength {
    id: i32,
    letters: i32,
}

#[derive(View)]
#[view(name = post_totals, shared, materialized, unique(title), index(total.desc()))]
#[view(query = "SELECT \"select\" AS title, count(*) AS total FROM \"Posts\" GROUP BY 1;")]
struct PostTotal {
    title: String,
    total: i64,
}

schema!(POSTS = [Post], views(PostLength, PostTotal));

#[test]
fn the_active_view_contains_the_rows_that_are_not_deleted() -> TestResult {
    let database = database_with(&POSTS)?;
    let active = lines(
        &database,
        "INSERT INTO \"Posts\" VALUES (1, 'a', NULL), (2, 'b', now());
         SELECT id, \"select\", deleted_at FROM \"Posts_active\"",
    )?;
    assert_eq!(active, ["1|a|"]);
    Ok(())
}

#[test]
fn a_view_reads_with_the_rights_of_the_querying_role() -> TestResult {
    let database = database_with(&POSTS)?;
    let options = lines(
        &database,
        "SELECT oid::regclass || ' ' || coalesce(reloptions::text, '-') FROM pg_class
         WHERE relkind IN ('v', 'm') AND oid >= 16384 ORDER BY 1",
    )?;
    assert_eq!(
        options,
        [
            "\"Posts_active\" {security_invoker=true}",
            "post_totals -",
            "report.post_lengths {security_invoker=true}",
        ]
    );
    Ok(())
}

#[test]
fn a_query_may_end_in_a_comment_or_a_semicolon() -> TestResult {
    let database = database_with(&POSTS)?;
    let rows = lines(
        &database,
        "INSERT INTO \"Posts\" VALUES (1, 'abc', NULL);
         REFRESH MATERIALIZED VIEW CONCURRENTLY post_totals;
         SELECT letters, total FROM report.post_lengths, post_totals",
    )?;
    assert_eq!(rows, ["3|1"]);
    Ok(())
}

#[test]
fn a_view_has_its_comment_and_its_indexes() -> TestResult {
    let database = database_with(&POSTS)?;
    let found = lines(
        &database,
        "SELECT obj_description('report.post_lengths'::regclass)
         UNION ALL (SELECT indexdef FROM pg_indexes WHERE tablename = 'post_totals' ORDER BY 1)",
    )?;
    assert_eq!(
        found,
        [
            "Posts by their title's length.",
            "CREATE INDEX idx_post_totals_total ON public.post_totals USING btree (total DESC)",
            "CREATE UNIQUE INDEX idx_post_totals_title ON public.post_totals USING btree (title)",
        ]
    );
    Ok(())
}

#[test]
fn down_drops_the_views() -> TestResult {
    assert_down_leaves_nothing(&POSTS)
}

#[test]
fn a_view_is_created_after_its_table() -> TestResult {
    let ddl = POSTS.schema()?.up(&Postgres);
    assert!(
        ddl.find("CREATE TABLE \"Posts\"") < ddl.find("CREATE VIEW"),
        "{ddl}"
    );
    Ok(())
}

mod isolated {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps, uuid_key))]
    pub(super) struct User {
        #[column(primary_key)]
        id: i32,
    }

    #[derive(Table)]
    #[table(name = tasks, scope = user_id, primary_key(user_id, id), allow(timestamps, uuid_key))]
    pub(super) struct Task {
        #[column(references = User::id, on_delete = cascade)]
        user_id: i32,
        id: i32,
    }

    #[derive(View)]
    #[view(name = task_counts, scope = user_id, materialized, unique(user_id))]
    #[view(query = "SELECT user_id, count(*) AS tasks FROM tasks GROUP BY user_id")]
    pub(super) struct TaskCount {
        user_id: i32,
        tasks: i64,
    }

    #[derive(View)]
    #[view(name = open_tasks, scope = user_id, query = "SELECT user_id, id FROM tasks")]
    pub(super) struct OpenTask {
        user_id: i32,
        id: i32,
    }

    #[derive(View)]
    #[view(name = all_tasks, shared, query = "SELECT id FROM tasks")]
    #[view(security_invoker = false, allow(view_security_invoker, unscoped_view))]
    pub(super) struct AnyTask {
        id: i32,
    }

    schema!(
        pub(super) COUNTED = [User, Task],
        views(TaskCount, OpenTask, AnyTask),
        isolation(role = counted_app, owner = counted_owner, admin = counted_admin)
    );
}

#[test]
fn a_security_definer_view_needs_a_hand_written_grant() -> TestResult {
    let database = database_with(&isolated::COUNTED)?;
    let granted = lines(
        &database,
        "SELECT has_table_privilege('counted_app', 'open_tasks', 'SELECT'),
             has_table_privilege('counted_app', 'all_tasks', 'SELECT')",
    )?;
    assert_eq!(granted, ["t|f"]);
    Ok(())
}

#[test]
fn a_materialized_view_over_users_rows_is_filled_as_the_admin() -> TestResult {
    let database = database_with(&isolated::COUNTED)?;
    let counts = lines(
        &database,
        "INSERT INTO users VALUES (1), (2); INSERT INTO tasks VALUES (1, 1), (1, 2), (2, 1);
         SET ROLE counted_admin;
         REFRESH MATERIALIZED VIEW CONCURRENTLY task_counts;
         SELECT user_id, tasks FROM task_counts ORDER BY user_id",
    )?;
    assert_eq!(counts, ["1|2", "2|1"]);
    let message = refusal(&database, "SET ROLE counted_app; SELECT * FROM task_counts")?;
    assert!(
        message.contains("permission denied for materialized view task_counts"),
        "{message}"
    );
    assert_down_leaves_nothing(&isolated::COUNTED)
}
