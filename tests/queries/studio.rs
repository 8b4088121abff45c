//! A schema for the constructs of everyday queries, with the rows of `A` and of `B`, in both modes of isolation.

use std::error::Error;

use freehold::model::Isolation;
use freehold::prelude::*;
use freehold_test_support::{Database, Server};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use crate::shop::{Mode, SETUP};

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnerId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KindId(i64);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProjectId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TagId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepId(Uuid);

#[derive(Table, Debug, Clone)]
#[table(name = owners, owner, allow(timestamps))]
pub struct Owner {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OwnerId,
}

/// Kinds of projects, for every owner.
#[derive(Table, Debug, Clone)]
#[table(name = kinds, shared, allow(timestamps, uuid_key))]
pub struct Kind {
    #[column(primary_key)]
    pub id: KindId,
    pub name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = projects, scope = user_id, primary_key(user_id, id), unique(user_id, name), allow(soft_delete_unique))]
#[table(index(user_id, city.ops(text_pattern_ops)), index(user_id, due_on))]
pub struct Project {
    #[column(references = Owner::id, on_delete = cascade)]
    pub user_id: OwnerId,
    #[column(default = gen_random_uuid())]
    pub id: ProjectId,
    pub name: String,
    #[column(default = 10)]
    pub budget: i32,
    pub city: Option<String>,
    pub due_on: Option<NaiveDate>,
    #[column(default = "{}")]
    pub labels: Vec<String>,
    #[column(index, references = Kind::id, on_delete = set_null)]
    pub kind_id: Option<KindId>,
    // The key of an owner has no scope beside it, so statements check that the owner can be reached.
    #[column(index, references = Owner::id, on_delete = set_null)]
    pub assignee_id: Option<OwnerId>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = tasks, scope = user_id, primary_key(user_id, id), index(user_id, project_id, amount), allow(timestamps))]
pub struct Task {
    #[column(references = Owner::id, on_delete = cascade)]
    pub user_id: OwnerId,
    #[column(default = gen_random_uuid())]
    pub id: TaskId,
    #[column(references = Project::id, on_delete = cascade)]
    pub project_id: ProjectId,
    pub title: String,
    pub amount: i32,
    /// Zero, so that a division by it fails, in the tasks of `B`.
    #[column(default = 1)]
    pub weight: i32,
    pub done: Option<bool>,
    #[column(index, references = Kind::id, on_delete = set_null)]
    pub kind_id: Option<KindId>,
}

#[derive(Table, Debug, Clone)]
#[table(name = tags, scope = user_id, primary_key(user_id, id), unique(user_id, name), allow(timestamps))]
pub struct Tag {
    #[column(references = Owner::id, on_delete = cascade)]
    pub user_id: OwnerId,
    #[column(default = gen_random_uuid())]
    pub id: TagId,
    pub name: String,
}

/// Which tasks have which tags.
#[derive(Table, Debug, Clone)]
#[table(name = task_tags, scope = user_id, primary_key(user_id, task_id, tag_id), index(user_id, tag_id, task_id))]
#[table(allow(timestamps))]
pub struct TaskTag {
    #[column(references = Owner::id, on_delete = cascade)]
    pub user_id: OwnerId,
    #[column(references = Task::id, on_delete = cascade)]
    pub task_id: TaskId,
    #[column(references = Tag::id, on_delete = cascade)]
    pub tag_id: TagId,
    #[column(default = 0)]
    pub position: i32,
}

/// A step whose owner is found through its task.
#[derive(Table, Debug, Clone)]
#[table(name = steps, scope(through = tag_id), allow(timestamps))]
pub struct Step {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: StepId,
    #[column(index, references = Mark::id, on_delete = cascade)]
    pub tag_id: i64,
    pub done: i32,
    pub total: i32,
}

/// A row with a key of one column, which steps reference.
#[derive(Table, Debug, Clone)]
#[table(name = marks, scope = user_id, allow(timestamps, uuid_key))]
pub struct Mark {
    #[column(primary_key)]
    pub id: i64,
    #[column(index, references = Owner::id, on_delete = cascade)]
    pub user_id: OwnerId,
    #[column(index, references = Kind::id, on_delete = restrict)]
    pub kind_id: KindId,
}

schema!(
    pub STUDIO = [Owner, Kind, Project, Task, Tag, TaskTag, Mark, Step],
    isolation(role = studio_app, owner = studio_owner, login = studio_login, admin = studio_admin)
);

pub(crate) const A: u128 = 0xa1;
pub(crate) const B: u128 = 0xb1;

/// The schema on a server.
pub(crate) struct Studio {
    pub(crate) database: Database,
    pub(crate) db: Db,
    pub(crate) a: Scope<OwnerId>,
    pub(crate) b: Scope<OwnerId>,
    mode: Mode,
    login: String,
}

pub(crate) fn owner(of: u128) -> OwnerId {
    Uuid::from_u128(of).into()
}

pub(crate) fn project(name: &str) -> NewProject {
    NewProject {
        name: name.to_owned(),
    }
}

pub(crate) fn task(project: ProjectId, title: &str, amount: i32) -> NewTask {
    NewTask {
        project_id: project,
        title: title.to_owned(),
        amount,
    }
}

pub(crate) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, day).unwrap_or_default()
}

impl Studio {
    /// The schema with both owners, three kinds, and these rows.
    ///
    /// | owner | project | tasks: amount, done |
    /// |---|---|---|
    /// | `A` | `empty` | none |
    /// | | `mixed` | 1 true, 2 false, 3 null |
    /// | | `ready` | 4 true |
    /// | `B` | `theirs` | 5 true, 50 false, with the weight 0 |
    pub(crate) async fn open(mode: Mode) -> Result<Self, Box<dyn Error>> {
        let database = Server::shared().create_database("studio")?;
        let login = {
            let _one = SETUP.lock().await;
            Db::setup(&STUDIO, &database.url()).await?
        };
        let db = connect(mode, &database, &login).await?;
        let studio = Self {
            database,
            mode,
            login,
            a: db.scope(owner(A)),
            b: db.scope(owner(B)),
            db,
        };
        studio.fill().await?;
        Ok(studio)
    }

    /// A further pool of connections, which have the settings of the database as they are now.
    pub(crate) async fn connect(&self) -> Result<Db, freehold::Error> {
        connect(self.mode, &self.database, &self.login).await
    }

    async fn fill(&self) -> Result<(), Box<dyn Error>> {
        let admin = self.db.unscoped("fills the studio");
        let kinds = ["house", "ship", "song"].into_iter().zip(1_i64..);
        let kinds = kinds.map(|(name, id)| NewKind {
            id: id.into(),
            name: name.to_owned(),
        });
        Kind::insert_many(kinds).execute(&admin).await?;
        for scope in [&self.a, &self.b] {
            Owner::insert(NewOwner {}).execute(scope).await?;
        }
        Project::insert(project("empty")).execute(&self.a).await?;
        let mixed = Project::insert(project("mixed")).fetch_one(&self.a).await?;
        let ready = Project::insert(project("ready")).fetch_one(&self.a).await?;
        let theirs = Project::insert(project("theirs"))
            .fetch_one(&self.b)
            .await?;
        let rows = [
            (&self.a, mixed.id, 1, Some(true), 1),
            (&self.a, mixed.id, 2, Some(false), 1),
            (&self.a, mixed.id, 3, None, 1),
            (&self.a, ready.id, 4, Some(true), 1),
            (&self.b, theirs.id, 5, Some(true), 0),
            (&self.b, theirs.id, 50, Some(false), 0),
        ];
        for (scope, project, amount, done, weight) in rows {
            let new = Task::insert(task(project, &format!("task {amount}"), amount));
            let kind = KindId::from(1);
            new.set(|task| {
                (
                    task.done.to(done),
                    task.weight.to(weight),
                    task.kind_id.to(kind),
                )
            })
            .execute(scope)
            .await?;
        }
        Ok(())
    }

    /// Runs SQL as a superuser, outside of Freehold.
    pub(crate) async fn run(&self, sql: &str) -> Result<(), sqlx::Error> {
        let mut connection = PgConnection::connect(&self.database.url()).await?;
        connection.execute(AssertSqlSafe(sql.to_owned())).await?;
        connection.close().await
    }

    /// Makes the planner prefer indexes however few rows there are.
    pub(crate) async fn prefer_indexes(&self) -> Result<(), Box<dyn Error>> {
        self.run("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET enable_seqscan = off', current_database()); END $$")
            .await?;
        self.run("ANALYZE").await?;
        Ok(())
    }
}

async fn connect(mode: Mode, database: &Database, login: &str) -> Result<Db, freehold::Error> {
    let builder = match mode {
        // The superuser sees everything, so only the predicates keep the owners apart.
        Mode::Predicate => Db::builder(&database.url()).isolation(Isolation::Predicate),
        Mode::RowSecurity => Db::builder(login).schema(&STUDIO),
    };
    builder.admin_url(&database.url()).connect().await
}
