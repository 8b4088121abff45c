//! The quickstart: from structs to rows that only their owner can reach.
//!
//! Run it with `cargo run --example quickstart`.
//!
//! It declares two tables, creates them in PostgreSQL, and then writes, reads, changes and deletes tasks as two
//! users. It prints each SQL statement with its result.
//!
//! Without `DATABASE_URL`, it starts a temporary PostgreSQL server and removes it at the end. With `DATABASE_URL`, it
//! uses that database. The URL must sign in an administrator, and the database should be one for trying things out.

#![allow(missing_docs, unreachable_pub, clippy::print_stdout)] // This is an example.

use std::error::Error;
use std::fmt::Debug;

use freehold::prelude::*;
use freehold_test_support::{Database, Server};

// A key type: a `TaskId` cannot be passed where a `UserId` is expected.
#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskId(Uuid);

// A text column with a check constraint on these values.
#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Todo,
    Doing,
    Done,
}

/// People who have tasks.
#[derive(Table, Debug, Clone)]
// `owner` marks the table whose rows are the users.
#[table(name = quickstart_users, owner)]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(varchar(255), unique)]
    pub email: String,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
}

/// The tasks of a user.
#[derive(Table, Debug, Clone)]
// `scope = user_id` makes each row belong to the user in `user_id`. Freehold adds `user_id = $1` to every
// statement, and `NewTask` has no such field. The index also makes the finder `Task::by_status`.
#[table(name = quickstart_tasks, scope = user_id, primary_key(user_id, id))]
#[table(index(user_id, status, due_on))]
pub struct Task {
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(default = gen_random_uuid())]
    pub id: TaskId,
    #[column(varchar(200), check(length(title) > 0))]
    pub title: String,
    #[column(default = Status::Todo)]
    pub status: Status,
    pub due_on: Option<NaiveDate>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

// The tables of the database, and the roles that isolate the owners. The application signs in as `quickstart_login`.
schema!(pub QUICKSTART = [User, Task], isolation(role = quickstart_app, login = quickstart_login));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (_throw_away, admin_url) = server()?;
    // `setup` creates the roles and tables if they are missing, and returns the URL of the login. `connect` refuses a
    // login that can bypass row-level security.
    let url = Db::setup(&QUICKSTART, &admin_url).await?;
    let db = Db::builder(&url).schema(&QUICKSTART).connect().await?;

    let (ann, bob) = (
        UserId::from(Uuid::from_u128(1)),
        UserId::from(Uuid::from_u128(2)),
    );
    // A `Scope` is a `Db` with an owner. Creating one costs no round trip.
    let (as_ann, as_bob) = (db.scope(ann), db.scope(bob));
    for scope in [&as_ann, &as_bob] {
        // Remove the rows of an earlier run. The foreign key of `tasks` cascades.
        User::purge(*scope.key()).execute(scope).await?;
        let email = format!("{}@example.org", scope.key().as_inner().as_u128());
        User::insert(NewUser { email }).execute(scope).await?;
    }

    let task = write(&as_ann).await?;
    read(&as_ann).await?;
    let id = task.id;
    change(&as_ann, id).await?;
    reach_for(&as_ann, &as_bob, id).await?;
    delete(&as_ann, id).await
}

async fn write(as_ann: &Scope<UserId>) -> Result<Task, Box<dyn Error>> {
    title("Ann adds a task");
    let insert = Task::insert(NewTask {
        title: "water the plants".into(),
    })
    .set(|task| task.due_on.to(NaiveDate::from_ymd_opt(2030, 5, 1)));
    let sql = insert.to_sql(as_ann)?;
    let task = insert.fetch_one(as_ann).await?;
    show(&sql, &task);

    title("Ann adds ninety-nine more tasks in one statement");
    let more = (1..100).map(|number| NewTask {
        title: format!("task {number}"),
    });
    println!("   {} rows", Task::insert_many(more).execute(as_ann).await?);

    Ok(task)
}

async fn read(as_ann: &Scope<UserId>) -> Result<(), Box<dyn Error>> {
    title("The first task to do, through the finder that the index generates");
    let finder = Task::by_status(Status::Todo)
        .order_by(|task| task.due_on.asc())
        .limit(1);
    show(
        &finder.to_sql(as_ann)?,
        &titles(finder.fetch_all(as_ann).await?),
    );

    title("Two pages of tasks");
    let first = Task::select()
        .order_by(|task| task.created_at.desc())
        .page(2);
    println!("   {}", first.to_sql(as_ann)?);
    let page = first.fetch_page(as_ann).await?;
    println!(
        "   {:?}, next: {}",
        titles(page.rows),
        text(page.next.as_ref())
    );
    let second = Task::select()
        .order_by(|task| task.created_at.desc())
        .page(2)
        .after(page.next);
    show(
        &second.to_sql(as_ann)?,
        &titles(second.fetch_page(as_ann).await?.rows),
    );

    Ok(())
}

async fn change(as_ann: &Scope<UserId>, id: TaskId) -> Result<(), Box<dyn Error>> {
    title("Ann starts the task");
    let update = Task::update(id).set(|task| task.status.to(Status::Doing));
    let sql = update.to_sql(as_ann)?;
    show(
        &sql,
        &update.fetch_optional(as_ann).await?.map(|task| task.status),
    );

    Ok(())
}

/// Bob tries to read Ann's task, and Ann tries to give her tasks to Bob.
async fn reach_for(
    as_ann: &Scope<UserId>,
    as_bob: &Scope<UserId>,
    id: TaskId,
) -> Result<(), Box<dyn Error>> {
    title("Bob asks for Ann's task and gets no row");
    let get = Task::get(id);
    let sql = get.to_sql(as_bob)?;
    show(&sql, &get.fetch_optional(as_bob).await?.is_some());

    title("Bob's raw SQL has no filter for the owner: row-level security hides Ann's tasks");
    let sql = "SELECT count(*) FROM quickstart_tasks";
    show(sql, &as_bob.sql(sql).fetch_all::<(i64,)>().await?);

    title("Ann tries to give her tasks to Bob: PostgreSQL refuses it");
    let sql = "UPDATE quickstart_tasks SET user_id = '00000000-0000-0000-0000-000000000002'";
    show(
        sql,
        &as_ann
            .sql(sql)
            .execute()
            .await
            .map_err(|error| error.to_string()),
    );

    Ok(())
}

async fn delete(as_ann: &Scope<UserId>, id: TaskId) -> Result<(), Box<dyn Error>> {
    title("Ann deletes the task: it is marked as deleted, and queries no longer return it");
    let delete = Task::delete(id);
    let sql = delete.to_sql(as_ann)?;
    show(&sql, &delete.execute(as_ann).await?);
    println!("   {:?}", Task::get(id).exists(as_ann).await?);
    println!(
        "   {:?}",
        Task::get(id).with_deleted().exists(as_ann).await?
    );
    Ok(())
}

/// A database and the URL of its administrator. The database is `None` if `DATABASE_URL` names one.
fn server() -> Result<(Option<Database>, String), Box<dyn Error>> {
    if let Ok(url) = std::env::var("DATABASE_URL") {
        return Ok((None, url));
    }
    let database = Server::shared().create_database("quickstart")?;
    let url = database.url();
    Ok((Some(database), url))
}

fn titles(tasks: Vec<Task>) -> Vec<String> {
    tasks.into_iter().map(|task| task.title).collect()
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

fn title(text: &str) {
    println!("\n{text}");
}

fn show(sql: &str, result: &impl Debug) {
    println!("   {sql}\n   {result:?}");
}
