//! Foreign keys: actions, cycles, and the scope that they contain.

use freehold::Postgres;
use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

#[derive(Key)]
struct UserId(Uuid);
#[derive(Key)]
struct ProjectId(Uuid);

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: UserId,
}

#[derive(Table)]
#[table(name = projects, scope = user_id, allow(timestamps))]
struct Project {
    #[column(primary_key)]
    id: ProjectId,
    #[column(index, references = User::id, on_delete = cascade)]
    user_id: UserId,
    #[column(index, references = Self::id, on_delete = cascade)]
    parent_id: Option<ProjectId>,
}

#[derive(Table)]
#[table(name = tasks, scope = owner_id, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = User::id, on_delete = cascade, on_update = cascade)]
    owner_id: UserId,
    #[column(index, references = Project::id, on_delete = set_null)]
    project_id: Option<ProjectId>,
    #[column(index, references = Project::id, on_delete = restrict, allow(single_column_reference))]
    any_project_id: Option<ProjectId>,
}

schema!(SCOPED = [Task, Project, User]);

fn foreign_keys(table: &str) -> String {
    format!(
        "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
         WHERE conrelid = '{table}'::regclass AND contype = 'f' ORDER BY conname COLLATE \"C\""
    )
}

#[test]
fn a_reference_between_scoped_tables_contains_the_scope() -> TestResult {
    let database = database_with(&SCOPED)?;
    assert_eq!(
        lines(&database, &foreign_keys("tasks"))?,
        [
            "fk_tasks_any_project_id FOREIGN KEY (any_project_id) REFERENCES projects(id) ON DELETE RESTRICT",
            "fk_tasks_owner_id FOREIGN KEY (owner_id) REFERENCES users(id) ON UPDATE CASCADE ON DELETE CASCADE",
            "fk_tasks_project_id FOREIGN KEY (owner_id, project_id) REFERENCES projects(user_id, id) ON DELETE SET NULL (project_id)",
        ]
    );
    assert_eq!(
        lines(&database, &foreign_keys("projects"))?,
        [
            "fk_projects_parent_id FOREIGN KEY (user_id, parent_id) REFERENCES projects(user_id, id) ON DELETE CASCADE",
            "fk_projects_user_id FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
        ]
    );
    Ok(())
}

const TWO_USERS: &str = "
    INSERT INTO users VALUES ('00000000-0000-0000-0000-00000000000a'), ('00000000-0000-0000-0000-00000000000b');
    INSERT INTO projects (id, user_id) VALUES
        ('10000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000a'),
        ('10000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-00000000000b');";

fn insert_task(id: u8, owner: char, column: &str, project: char) -> String {
    format!(
        "INSERT INTO tasks (id, owner_id, {column}) VALUES ('2000000{id}-0000-0000-0000-000000000000',
         '00000000-0000-0000-0000-00000000000{owner}', '10000000-0000-0000-0000-00000000000{project}')"
    )
}

#[test]
fn a_row_cannot_reference_another_users_row() -> TestResult {
    let database = database_with(&SCOPED)?;
    database.psql(TWO_USERS)?;
    let message = refusal(&database, &insert_task(1, 'a', "project_id", 'b'))?;
    assert!(message.contains("fk_tasks_project_id"), "{message}");
    database.psql(&insert_task(2, 'a', "project_id", 'a'))?;
    // The control: if the rule is allowed, the same insert succeeds.
    database.psql(&insert_task(3, 'a', "any_project_id", 'b'))?;
    Ok(())
}

#[test]
fn set_null_keeps_the_scope() -> TestResult {
    let database = database_with(&SCOPED)?;
    database.psql(TWO_USERS)?;
    database.psql(&insert_task(1, 'a', "project_id", 'a'))?;
    database.psql("DELETE FROM projects WHERE id = '10000000-0000-0000-0000-00000000000a'")?;
    let left = lines(
        &database,
        "SELECT owner_id || ' ' || coalesce(project_id::text, '-') FROM tasks",
    )?;
    assert_eq!(left, ["00000000-0000-0000-0000-00000000000a -"]);
    Ok(())
}

#[test]
fn tables_come_after_those_they_reference() -> TestResult {
    let ddl = SCOPED.schema()?.up(&Postgres);
    let place = |table: &str| ddl.find(&format!("CREATE TABLE {table} "));
    assert!(place("users") < place("projects"), "{ddl}");
    assert!(place("projects") < place("tasks"), "{ddl}");
    assert!(
        !ddl.contains("ADD CONSTRAINT"),
        "no circle, so each key stands in its table: {ddl}"
    );
    Ok(())
}

#[derive(Table)]
#[table(name = hens, shared, allow(timestamps))]
#[table(unique(id, name), foreign_key(first_egg, egg_name, references = Egg(id, name), on_delete = set_null(first_egg), deferrable))]
#[table(index(first_egg, egg_name))]
struct Hen {
    #[column(primary_key)]
    id: Uuid,
    name: String,
    first_egg: Option<Uuid>,
    egg_name: Option<String>,
    #[column(index, references = Self::id, on_delete = no_action, deferrable = initially_deferred, default = gen_random_uuid())]
    mother: Option<Uuid>,
}

#[derive(Table)]
#[table(name = eggs, shared, allow(timestamps), unique(id, name))]
struct Egg {
    #[column(primary_key)]
    id: Uuid,
    name: String,
    #[column(index, references = Hen::id, on_delete = set_default, on_update = set_default, default = "00000000-0000-0000-0000-000000000000")]
    laid_by: Uuid,
}

schema!(FARM = [Hen, Egg]);

#[test]
fn the_foreign_keys_of_a_cycle_are_added_after_its_tables() -> TestResult {
    let database = database_with(&FARM)?;
    assert_eq!(
        lines(&database, &foreign_keys("hens"))?,
        [
            "fk_hens_first_egg_egg_name FOREIGN KEY (first_egg, egg_name) REFERENCES eggs(id, name) ON DELETE SET NULL (first_egg) DEFERRABLE",
            "fk_hens_mother FOREIGN KEY (mother) REFERENCES hens(id) DEFERRABLE INITIALLY DEFERRED",
        ]
    );
    assert_eq!(
        lines(&database, &foreign_keys("eggs"))?,
        [
            "fk_eggs_laid_by FOREIGN KEY (laid_by) REFERENCES hens(id) ON UPDATE SET DEFAULT ON DELETE SET DEFAULT"
        ]
    );
    assert_eq!(
        FARM.schema()?.up(&Postgres).matches("ALTER TABLE").count(),
        1
    );
    Ok(())
}

#[test]
fn the_foreign_keys_of_a_cycle_are_dropped_before_its_tables() -> TestResult {
    assert_down_leaves_nothing(&FARM)
}

/// Users with a reference to a row of their own, and invoices that are numbered for each user.
mod natural {
    use freehold::prelude::*;

    #[derive(Key)]
    pub struct UserId(Uuid);

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps))]
    pub struct User {
        #[column(primary_key)]
        pub id: UserId,
        #[column(index, references = Invoice::id, on_delete = set_null)]
        pub first_invoice_id: Option<Uuid>,
        #[column(index(unique))]
        pub nickname: String,
        #[column(index, references = Self::nickname, on_delete = set_null)]
        pub invited_by: Option<String>,
    }

    #[derive(Table)]
    #[table(name = invoices, scope = user_id, allow(timestamps), unique(user_id, number), unique(user_id, id, deferrable))]
    pub struct Invoice {
        #[column(primary_key)]
        pub id: Uuid,
        #[column(references = User::id, on_delete = cascade)]
        pub user_id: UserId,
        pub number: i32,
    }

    #[derive(Table)]
    #[table(name = payments, scope = user_id, allow(timestamps))]
    #[table(index(user_id, invoice_number))]
    pub struct Payment {
        #[column(primary_key)]
        pub id: Uuid,
        #[column(references = User::id, on_delete = cascade)]
        pub user_id: UserId,
        #[column(references = Invoice::number, on_delete = restrict)]
        pub invoice_number: i32,
    }

    schema!(pub INVOICES = [User, Invoice, Payment]);
}

#[test]
fn the_owner_references_its_own_rows() -> TestResult {
    let database = database_with(&natural::INVOICES)?;
    assert_eq!(
        lines(&database, &foreign_keys("users"))?,
        [
            "fk_users_first_invoice_id FOREIGN KEY (id, first_invoice_id) REFERENCES invoices(user_id, id) ON DELETE SET NULL (first_invoice_id)",
            "fk_users_invited_by FOREIGN KEY (invited_by) REFERENCES users(nickname) ON DELETE SET NULL",
        ]
    );
    Ok(())
}

#[test]
fn a_key_that_is_unique_within_the_scope_can_be_referenced() -> TestResult {
    let database = database_with(&natural::INVOICES)?;
    assert_eq!(
        lines(&database, &foreign_keys("payments"))?,
        [
            "fk_payments_invoice_number FOREIGN KEY (user_id, invoice_number) REFERENCES invoices(user_id, number) ON DELETE RESTRICT",
            "fk_payments_user_id FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
        ]
    );
    Ok(())
}

#[test]
fn a_referenced_unique_index_is_created_before_the_reference() -> TestResult {
    assert_down_leaves_nothing(&natural::INVOICES)
}
