//! The task list of a to-do application: users, and the tasks of each user.
//!
//! This is the schema to read first. A `Key` is a typed id. `owner` marks the table whose rows are the users.
//! `scope = user_id` makes each task belong to one user.

use freehold::prelude::*;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = task_status)]
pub enum TaskStatus {
    Todo,
    InProgress,
    Done,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = task_priority)]
pub enum TaskPriority {
    Low,
    Medium,
    High,
}

#[derive(Table, Debug, Clone)]
#[table(name = users, owner)]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
    #[column(varchar(255), unique)]
    pub email: String,
    #[column(created_at)]
    pub created_at: NaiveDateTime,
    #[column(updated_at)]
    pub updated_at: NaiveDateTime,
}

/// User tasks with priority and status tracking
#[derive(Table, Debug, Clone)]
#[table(name = tasks, scope = user_id)]
#[table(index(user_id, status, name = idx_tasks_user_status))]
#[table(index(user_id, due_date, name = idx_tasks_user_due_date))]
// `idx_tasks_user_id` is a prefix of both indexes above. The first of them has a native enum as its second column.
#[table(allow(redundant_index, index_not_leakproof))]
pub struct Task {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: TaskId,
    /// Owner of the task (row-level security)
    #[column(index, references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(varchar(200), check(title_not_empty: length(trim(title)) > 0))]
    pub title: String,
    pub description: Option<String>,
    /// Current status: todo, in_progress, or done
    #[column(index, default = TaskStatus::Todo)]
    pub status: TaskStatus,
    /// Priority level: low, medium, or high
    #[column(default = TaskPriority::Medium)]
    pub priority: TaskPriority,
    #[column(index)]
    pub due_date: Option<NaiveDate>,
    #[column(created_at)]
    pub created_at: NaiveDateTime,
    #[column(updated_at)]
    pub updated_at: NaiveDateTime,
}

schema!(
    pub TASKS = [User, Task],
    isolation = predicate,
    updated_at(function = update_updated_at_column, clock = current_timestamp)
);
