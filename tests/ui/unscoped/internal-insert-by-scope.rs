#![allow(dead_code)]

use freehold::prelude::*;

#[derive(Key, Clone, Copy)]
pub struct UserId(Uuid);
#[derive(Key, Clone, Copy)]
pub struct TaskId(Uuid);
#[derive(Key, Clone, Copy)]
pub struct SessionId(Uuid);

#[derive(Table)]
#[table(owner, allow(timestamps))]
pub struct User {
    #[column(primary_key)]
    pub id: UserId,
}

#[derive(Table)]
#[table(scope = user_id, allow(timestamps))]
pub struct Task {
    #[column(primary_key)]
    pub id: TaskId,
    #[column(references = User::id, on_delete = cascade, index)]
    pub user_id: UserId,
}

#[derive(Table)]
#[table(internal, allow(timestamps))]
pub struct Session {
    #[column(primary_key)]
    pub id: SessionId,
    #[column(references = Task::id, on_delete = cascade, index)]
    pub task_id: TaskId,
    pub token: String,
}

async fn write(me: &Scope<UserId>, new: NewSession) -> Result<Session, freehold::Error> {
    Session::insert(new).fetch_one(me).await
}

fn main() {}
