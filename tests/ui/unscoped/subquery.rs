#![allow(dead_code)]

use freehold::prelude::*;

#[derive(Key)]
struct OwnerId(Uuid);

#[derive(Key)]
struct ProjectId(Uuid);

#[derive(Table)]
#[table(name = owners, owner, allow(timestamps))]
struct Owner {
    #[column(primary_key)]
    id: OwnerId,
}

#[derive(Table)]
#[table(name = projects, scope = user_id, allow(timestamps))]
struct Project {
    #[column(primary_key)]
    id: ProjectId,
    #[column(index, references = Owner::id, on_delete = cascade)]
    user_id: OwnerId,
}

#[derive(Table)]
#[table(name = tasks, scope = user_id, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Owner::id, on_delete = cascade)]
    user_id: OwnerId,
    #[column(index, references = Project::id, on_delete = cascade)]
    project_id: ProjectId,
    title: String,
}

fn not_a_reference() {
    let _ = Project::select().filter(|project| project.children(Task::COLUMNS.title).exists());
}

fn a_reference_to_another_table() {
    let _ = Owner::select().filter(|owner| owner.children(Task::COLUMNS.project_id).exists());
}

fn a_column_that_references_nothing() {
    let _ = Task::select().filter(|task| task.parent(task.title).exists());
}

fn a_column_of_another_type() {
    let titles = Task::select().columns(|task| task.title);
    let _ = Project::select().filter(|project| project.id.in_subquery(titles));
}

fn two_columns() {
    let both = Task::select().columns(|task| (task.project_id, task.title));
    let _ = Project::select().filter(|project| project.id.in_subquery(both));
}

fn whole_rows() {
    let _ = Project::select().filter(|project| project.id.in_subquery(Task::select()));
}

fn no_condition() {
    let _ = Project::select().filter(|project| project.children(Task::COLUMNS.project_id));
}

fn main() {}
