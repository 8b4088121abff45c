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

#[derive(View)]
#[view(internal, query = "SELECT id FROM session")]
pub struct OpenSession {
    pub id: SessionId,
}

mod internal_by_db {
    use super::*;

    async fn read(db: &Db) -> Result<Vec<Session>, freehold::Error> {
        Session::select().fetch_all(db).await
    }
}

mod internal_by_scope {
    use super::*;

    async fn read(me: &Scope<UserId>) -> Result<Vec<Session>, freehold::Error> {
        Session::select().fetch_all(me).await
    }
}

mod internal_children_by_scope {
    use super::*;

    async fn read(me: &Scope<UserId>) -> Result<usize, freehold::Error> {
        Ok(Task::select().with(Session::select(), |session| session.task_id).fetch_all(me).await?.len())
    }
}

mod internal_delete_by_scope {
    use super::*;

    async fn write(me: &Scope<UserId>, id: SessionId) -> Result<u64, freehold::Error> {
        Session::delete(id).execute(me).await
    }
}

mod internal_in_transaction_of_scope {
    use super::*;

    async fn read(me: &Scope<UserId>) -> Result<Vec<Session>, freehold::Error> {
        me.transaction(async |tx| Session::select().fetch_all(tx).await).await
    }
}

mod internal_insert_by_scope {
    use super::*;

    async fn write(me: &Scope<UserId>, new: NewSession) -> Result<Session, freehold::Error> {
        Session::insert(new).fetch_one(me).await
    }
}

mod internal_join_by_scope {
    use super::*;

    async fn read(me: &Scope<UserId>) -> Result<usize, freehold::Error> {
        Ok(Session::select().join(|session| session.task_id).fetch_all(me).await?.len())
    }
}

mod internal_update_by_scope {
    use super::*;

    async fn write(me: &Scope<UserId>, id: SessionId) -> Result<u64, freehold::Error> {
        Session::update(id).set(|session| session.token.to("forged")).execute(me).await
    }
}

mod internal_view_by_scope {
    use super::*;

    async fn read(me: &Scope<UserId>) -> Result<Vec<OpenSession>, freehold::Error> {
        OpenSession::select().fetch_all(me).await
    }
}

fn main() {}
