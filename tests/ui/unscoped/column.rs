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

mod join_no_reference {
    use super::*;

    fn read() {
        let _ = Task::select().join(|task| task.title);
    }
}

mod min_of_key {
    use super::*;

    async fn read(me: &Scope<UserId>) {
        let _ = Task::select().min(me, |task| task.id).await;
    }
}

mod new_row_with_scope {
    use super::*;

    fn write(id: TaskId, user_id: UserId) -> NewTask {
        NewTask { id, user_id, title: String::new(), done: false }
    }
}

mod new_row_without_title {
    use super::*;

    fn write(id: TaskId) -> NewTask {
        NewTask { id, done: false }
    }
}

mod no_finder {
    use super::*;

    fn read() {
        let _ = Task::by_title("x");
    }
}

mod scope_key_of_float {
    use super::*;

    fn scope(db: &Db) {
        let _ = db.scope(1.5);
    }
}

mod set_immutable {
    use super::*;

    fn write(id: TaskId) {
        let _ = Task::update(id).set(|task| task.title.to("new"));
    }
}

mod set_key {
    use super::*;

    fn write(id: TaskId) {
        let _ = Task::update(id).set(|task| task.id.to(id));
    }
}

mod set_scope {
    use super::*;

    fn write(id: TaskId, user: UserId) {
        let _ = Task::update(id).set(|task| task.user_id.to(user));
    }
}

mod set_scope_in_insert {
    use super::*;

    fn write(id: TaskId, user: UserId) {
        let new = NewTask { id, title: String::new(), done: false };
        let _ = Task::insert(new).set(|task| task.user_id.to(user));
    }
}

mod set_through {
    use super::*;

    fn write(id: NoteId, task: TaskId) {
        let _ = Note::update(id).set(|note| note.task_id.to(task));
    }
}

mod sum_of_text {
    use super::*;

    async fn read(scope: &Scope<UserId>) {
        let _ = Task::select().sum(scope, |task| task.title).await;
    }
}

mod text_contains {
    use super::*;

    fn read() {
        let _ = Task::select().filter(|task| task.title.contains("x"));
    }
}

mod unknown_column {
    use super::*;

    fn read() {
        let _ = Task::select().filter(|task| task.titel.eq("x"));
    }
}

mod wrong_finder {
    use super::*;

    fn read() {
        let _ = Task::by_done("yes");
    }
}

mod wrong_key {
    use super::*;

    fn read(id: NoteId) {
        let _ = Task::get(id);
    }
}

mod wrong_value {
    use super::*;

    fn read() {
        let _ = Task::select().filter(|task| task.done.eq("yes"));
    }
}

fn main() {}
