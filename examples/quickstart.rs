//! From structs to rows that nobody else can reach: `cargo run --example quickstart`.
//!
//! It starts a PostgreSQL server of its own, which is gone afterwards, or takes the one that `DATABASE_URL` names: an
//! administrator's URL of a database for this. Then it prints each statement beside what came of it.

#![allow(missing_docs, unreachable_pub, clippy::print_stdout)] // It is an example.

use std::error::Error;
use std::fmt::Debug;

use freehold::prelude::*;
use freehold_test_support::{Database, Server};

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Todo,
    Doing,
    Done,
}

/// People who have tasks.
#[derive(Table, Debug, Clone)]
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

/// What a user has to do.
#[derive(Table, Debug, Clone)]
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

schema!(pub QUICKSTART = [User, Task], isolation(role = quickstart_app, login = quickstart_login));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (_throw_away, admin_url) = server()?;
    let url = Db::setup(&QUICKSTART, &admin_url).await?;
    let db = Db::builder(&url).schema(&QUICKSTART).connect().await?;

    let (ann, bob) = (
        UserId::from(Uuid::from_u128(1)),
        UserId::from(Uuid::from_u128(2)),
    );
    let (as_ann, as_bob) = (db.scope(ann), db.scope(bob));
    for scope in [&as_ann, &as_bob] {
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

    title("and ninety-nine more, in one statement");
    let more = (1..100).map(|number| NewTask {
        title: format!("task {number}"),
    });
    println!("   {} rows", Task::insert_many(more).execute(as_ann).await?);

    Ok(task)
}

async fn read(as_ann: &Scope<UserId>) -> Result<(), Box<dyn Error>> {
    title("What is to be done, by the finder of an index");
    let finder = Task::by_status(Status::Todo)
        .order_by(|task| task.due_on.asc())
        .limit(1);
    show(
        &finder.to_sql(as_ann)?,
        &titles(finder.fetch_all(as_ann).await?),
    );

    title("Two pages");
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
    title("Ann begins");
    let update = Task::update(id).set(|task| task.status.to(Status::Doing));
    let sql = update.to_sql(as_ann)?;
    show(
        &sql,
        &update.fetch_optional(as_ann).await?.map(|task| task.status),
    );

    Ok(())
}

/// What Bob sees of Ann's task, and what Ann cannot do to him.
async fn reach_for(
    as_ann: &Scope<UserId>,
    as_bob: &Scope<UserId>,
    id: TaskId,
) -> Result<(), Box<dyn Error>> {
    title("Bob asks for Ann's task: it is not there for him");
    let get = Task::get(id);
    let sql = get.to_sql(as_bob)?;
    show(&sql, &get.fetch_optional(as_bob).await?.is_some());

    title(
        "So does his own SQL, which forgets to ask whose the task is: row-level security holds it",
    );
    let sql = "SELECT count(*) FROM quickstart_tasks";
    show(sql, &as_bob.sql(sql).fetch_all::<(i64,)>().await?);

    title("and what would change that is refused");
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
    title("Ann deletes the task: it is marked, and seen no more");
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

/// The server, and the URL of its administrator.
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
