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

async fn read(db: &Db) -> Result<usize, freehold::Error> {
    Ok(Task::select().join(|task| task.user_id).fetch_all(db).await?.len())
}

fn main() {}
