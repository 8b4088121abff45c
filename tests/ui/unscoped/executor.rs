#![allow(dead_code)]

use freehold::prelude::*;

#[derive(Key, Clone, Copy)]
pub struct UserId(Uuid);
#[derive(Key, Clone, Copy)]
pub struct TaskId(Uuid);
#[derive(Key, Clone, Copy)]
pub struct NoteId(Uuid);

#[derive(Table)]
#[table(owner, allow(timestamps))]
pub struct User {
    #[column(primary_key)]
    pub id: UserId,
}

#[derive(Table)]
#[table(scope = user_id, index(user_id, done), allow(timestamps))]
pub struct Task {
    #[column(primary_key)]
    pub id: TaskId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(immutable)]
    pub title: String,
    pub done: bool,
}

#[derive(Table)]
#[table(scope(through = task_id), allow(timestamps))]
pub struct Note {
    #[column(primary_key)]
    pub id: NoteId,
    #[column(references = Task::id, on_delete = cascade, index)]
    pub task_id: TaskId,
    pub text: Option<String>,
}

#[derive(Table)]
#[table(shared, allow(timestamps, uuid_key))]
pub struct Country {
    #[column(primary_key)]
    pub code: i32,
    pub name: String,
}

mod children_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<usize, freehold::Error> {
        Ok(Task::select().with(Note::select(), |note| note.task_id).fetch_all(db).await?.len())
    }
}

mod children_of_another {
    use super::*;

    fn read() {
        let _ = User::select().with(Note::select(), |note| note.task_id);
    }
}

mod delete_by_db {
    use super::*;

    async fn write(db: &Db, id: TaskId) -> Result<u64, freehold::Error> {
        Task::delete(id).execute(db).await
    }
}

mod finder_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<Vec<Task>, freehold::Error> {
        Task::by_done(true).fetch_all(db).await
    }
}

mod get_by_db {
    use super::*;

    async fn read(db: &Db, id: TaskId) -> Result<Option<Task>, freehold::Error> {
        Task::get(id).fetch_optional(db).await
    }
}

mod insert_by_unscoped {
    use super::*;

    async fn write(db: &Db, id: TaskId) -> Result<(), freehold::Error> {
        let new = NewTask { id, title: String::new(), done: false };
        Task::insert(new).execute(&db.unscoped("imports")).await
    }
}

mod insert_many_of_another {
    use super::*;

    async fn add(scope: &Scope<UserId>) -> Result<u64, freehold::Error> {
        Task::insert_many(["water the plants"]).execute(scope).await
    }
}

mod join_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<usize, freehold::Error> {
        Ok(Task::select().join(|task| task.user_id).fetch_all(db).await?.len())
    }
}

mod owner_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<bool, freehold::Error> {
        User::select().exists(db).await
    }
}

mod page_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<freehold::query::Page<Task>, freehold::Error> {
        Task::select().page(5).fetch_page(db).await
    }
}

mod pool {
    use super::*;

    async fn read(pool: &sqlx::PgPool) -> Result<Vec<Task>, freehold::Error> {
        Task::select().fetch_all(pool).await
    }
}

mod scope_of_another_key {
    use super::*;

    async fn read(db: &Db, id: TaskId) -> Result<Vec<Task>, freehold::Error> {
        Task::select().fetch_all(&db.scope(id)).await
    }
}

mod select_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<Vec<Task>, freehold::Error> {
        Task::select().fetch_all(db).await
    }
}

mod shared_changed_by_db {
    use super::*;

    async fn write(db: &Db) -> Result<u64, freehold::Error> {
        Country::purge(1).execute(db).await
    }
}

mod shared_deleted_by_scope {
    use super::*;

    async fn write(me: &Scope<UserId>) -> Result<u64, freehold::Error> {
        Country::delete(1).execute(me).await
    }
}

mod through_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<i64, freehold::Error> {
        Note::select().count(db).await
    }
}

mod update_by_db {
    use super::*;

    async fn write(db: &Db, id: TaskId) -> Result<u64, freehold::Error> {
        Task::update(id).set(|task| task.done.to(true)).execute(db).await
    }
}

fn main() {}
