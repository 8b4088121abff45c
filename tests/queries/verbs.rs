//! The verbs of each statement and their types, as `docs/queries.md` lists them. The compiler checks the types; no
//! statement runs.

use std::collections::BTreeMap;
use std::future::Future;

use freehold::Error;
use freehold::prelude::*;
use freehold::query::Page;
use futures_util::Stream;

#[derive(Key, Clone, Copy, Debug, PartialEq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq)]
pub struct TaskId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq)]
pub struct StepId(Uuid);

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(unique, allow(unique_across_scopes))]
    pub email: String,
}

#[derive(Table)]
#[table(name = tasks, scope = user_id, index(user_id, done, due_on), allow(timestamps))]
#[table(unique(user_id, title, where = deleted_at.is_null()))]
pub struct Task {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: TaskId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub title: String,
    #[column(default = false)]
    pub done: bool,
    pub due_on: Option<NaiveDate>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = steps, scope(through = task_id), allow(timestamps))]
pub struct Step {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: StepId,
    #[column(references = Task::id, on_delete = cascade, index)]
    pub task_id: TaskId,
}

fn gives<T>(_: impl Future<Output = Result<T, Error>>) {}

fn streams<T>(_: impl Stream<Item = Result<T, Error>>) {}

/// Statements with their verbs, and the type of each verb.
type Verbs = BTreeMap<String, BTreeMap<String, String>>;

/// The list of statements. Only their types matter: none of them runs.
#[expect(clippy::too_many_lines, reason = "it is a list")]
fn typed(me: &Scope<UserId>, id: TaskId, title: &str) -> Verbs {
    let new = || NewTask {
        title: title.to_owned(),
    };
    let mut all = Verbs::new();
    macro_rules! statement {
        ($statement:expr => $($check:ident $verb:ident($($argument:expr),*): $gives:ty),*) => {
            let mut verbs = BTreeMap::new();
            $(
                if false {
                    $check::<$gives>($statement.$verb($($argument),*));
                }
                verbs.insert(stringify!($verb).to_owned(), plain(stringify!($gives)));
            )*
            all.insert(plain(stringify!($statement)), verbs);
        };
    }
    statement!(
        Task::get(id) =>
        gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>, gives exists(me): bool
    );
    statement!(
        Task::by_title("a") =>
        gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>, gives exists(me): bool
    );
    statement!(
        Task::by_done(false) =>
        gives fetch_all(me): Vec<Task>, gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>,
        streams fetch(me): Task, gives count(me): i64, gives exists(me): bool
    );
    statement!(
        Task::select() =>
        gives fetch_all(me): Vec<Task>, gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>,
        streams fetch(me): Task, gives count(me): i64, gives exists(me): bool,
        gives min(me, |t| t.due_on): Option<NaiveDate>, gives max(me, |t| t.due_on): Option<NaiveDate>
    );
    statement!(Task::select().page(20) => gives fetch_page(me): Page<Task>);
    statement!(
        Task::select().columns(|t| (t.id, t.title)) =>
        gives fetch_all(me): Vec<(TaskId, String)>, gives fetch_one(me): (TaskId, String),
        gives fetch_optional(me): Option<(TaskId, String)>, streams fetch(me): (TaskId, String)
    );
    statement!(
        Task::select().group_by(|t| t.done).aggregate(|_| count()) =>
        gives fetch_all(me): Vec<(bool, i64)>, gives fetch_one(me): (bool, i64),
        gives fetch_optional(me): Option<(bool, i64)>, streams fetch(me): (bool, i64)
    );
    statement!(
        Step::select().join(|s| s.task_id) =>
        gives fetch_all(me): Vec<(Step, Task)>, gives fetch_one(me): (Step, Task),
        gives fetch_optional(me): Option<(Step, Task)>, streams fetch(me): (Step, Task)
    );
    statement!(
        Task::select().with(Step::select(), |s| s.task_id) =>
        gives fetch_all(me): Vec<(Task, Vec<Step>)>, gives fetch_one(me): (Task, Vec<Step>),
        gives fetch_optional(me): Option<(Task, Vec<Step>)>
    );
    statement!(
        Task::get(id).with(Step::select(), |s| s.task_id) =>
        gives fetch_one(me): (Task, Vec<Step>), gives fetch_optional(me): Option<(Task, Vec<Step>)>
    );
    statement!(Task::insert(new()) => gives fetch_one(me): Task, gives execute(me): u64);
    statement!(Task::insert_many([new()]) => gives fetch_all(me): Vec<Task>, gives execute(me): u64);
    statement!(
        Task::insert(new()).on_conflict(|t| t.title).do_nothing() =>
        gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>, gives execute(me): u64
    );
    statement!(
        Task::update(id).set(|t| t.done.to(true)) =>
        gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>, gives execute(me): u64
    );
    statement!(
        Task::update_where(|t| t.done.eq(false)).set(|t| t.done.to(true)) =>
        gives fetch_all(me): Vec<Task>, gives execute(me): u64
    );
    statement!(
        Task::insert_many([new()]).on_conflict(|t| t.title).do_nothing() =>
        gives fetch_all(me): Vec<Task>, gives execute(me): u64
    );
    statement!(
        Task::update_many([Task::update(id).set(|t| t.done.to(true))]) =>
        gives fetch_all(me): Vec<Task>, gives execute(me): u64
    );
    statement!(
        Task::update_where(|t| t.done.eq(false)).set(|t| t.done.to(true)).returning(|t| t.id) =>
        gives fetch_all(me): Vec<TaskId>
    );
    statement!(
        Task::delete(id) =>
        gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>, gives execute(me): u64
    );
    statement!(
        Task::delete_where(|t| t.done.eq(true)) =>
        gives fetch_all(me): Vec<Task>, gives execute(me): u64
    );
    statement!(
        Task::delete(id).returning(|t| t.title) =>
        gives fetch_one(me): String, gives fetch_optional(me): Option<String>
    );
    statement!(
        Task::purge(id) =>
        gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>, gives execute(me): u64
    );
    statement!(
        Task::restore(id) =>
        gives fetch_one(me): Task, gives fetch_optional(me): Option<Task>, gives execute(me): u64
    );
    statement!(
        me.sql("SELECT id, title FROM tasks") =>
        gives fetch_all(): Vec<(TaskId, String)>, gives fetch_one(): (TaskId, String),
        gives fetch_optional(): Option<(TaskId, String)>, streams fetch(): (TaskId, String), gives execute(): u64
    );
    all
}

fn plain(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// The rows of the table, each with the pairs of words in backquotes of its second cell.
fn documented(text: &str) -> Verbs {
    let table = text
        .lines()
        .skip_while(|line| *line != "## What a statement gives");
    let rows = table
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with("| `"));
    let mut all = Verbs::new();
    for row in rows {
        let row = row.replace("\\|", "\u{1}");
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let statement = cells.next().unwrap_or_default().trim_matches('`');
        let words = cells
            .next()
            .unwrap_or_default()
            .split('`')
            .skip(1)
            .step_by(2);
        let words: Vec<_> = words.map(plain).collect();
        let verbs = words
            .chunks(2)
            .map(|pair| (pair[0].clone(), pair.get(1).cloned().unwrap_or_default()));
        all.entry(plain(&statement.replace('\u{1}', "|")))
            .or_default()
            .extend(verbs);
    }
    all
}

#[tokio::test]
async fn the_table_of_verbs_matches_the_types() -> crate::TestResult {
    let server = freehold_test_support::Server::shared();
    let database = server.create_database("verbs")?;
    let db = Db::builder(&database.url())
        .isolation(freehold::model::Isolation::Predicate)
        .connect()
        .await?;
    let typed = typed(&db.scope(Uuid::nil().into()), Uuid::nil().into(), "");
    assert_eq!(documented(include_str!("../../docs/queries.md")), typed);
    Ok(())
}
