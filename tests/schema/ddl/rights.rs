//! Hand-written policies, roles and grants.

use freehold::Postgres;
use freehold::prelude::*;

use super::{TestResult, database_with, lines, refusal};

#[derive(Table)]
#[table(name = "Notes", shared, allow(timestamps, uuid_key))]
#[table(policy(name = "of whom", for = select, to(rights_reader, rights_writer), using(author == current_setting("app.author"))))]
#[table(policy(name = insert_own, for = insert, to = rights_writer, with_check(author == current_setting("app.author"))))]
#[table(policy(name = not_locked, restrictive, using_sql = "NOT locked -- ever"))]
struct Note {
    #[column(primary_key)]
    id: i32,
    author: String,
    locked: bool,
}

#[derive(Table)]
#[table(name = tags, shared, allow(timestamps, uuid_key))]
struct Tag {
    #[column(primary_key)]
    id: i32,
    name: Option<String>,
}

schema!(
    NOTES = [Note, Tag],
    sequence(rights_numbers),
    role(rights_reader),
    role(rights_writer, member_of(rights_reader)),
    role(rights_login, login, no_inherit, member_of(rights_writer)),
    grant(select, on = tables, to = rights_reader, future),
    grant(insert, update(name), on = tables(Tag), to = rights_writer),
    grant(insert, on = tables(Note), to = rights_writer),
    grant(usage, on = sequences, to = rights_writer)
);

const ROWS: &str = "
    INSERT INTO \"Notes\" VALUES (1, 'ann', false), (2, 'ann', true), (3, 'bob', false);
    INSERT INTO tags VALUES (1, 'a');
    SET app.author = 'ann';";

#[test]
fn a_policy_shows_its_rows_to_its_roles() -> TestResult {
    let database = database_with(&NOTES)?;
    let seen = lines(
        &database,
        &format!("{ROWS} SET ROLE rights_reader; SELECT id FROM \"Notes\""),
    )?;
    assert_eq!(seen, ["1"]);
    Ok(())
}

#[test]
fn a_policy_for_insert_restricts_new_rows() -> TestResult {
    let database = database_with(&NOTES)?;
    database.psql(&format!(
        "{ROWS} SET ROLE rights_writer; INSERT INTO \"Notes\" VALUES (4, 'ann', false)"
    ))?;
    let message = refusal(
        &database,
        "SET app.author = 'ann'; SET ROLE rights_writer; INSERT INTO \"Notes\" VALUES (5, 'bob', false)",
    )?;
    assert!(message.contains("row-level security policy"), "{message}");
    Ok(())
}

#[test]
fn a_right_on_columns_covers_no_other_column() -> TestResult {
    let database = database_with(&NOTES)?;
    database.psql(&format!(
        "{ROWS} SET ROLE rights_writer; UPDATE tags SET name = 'b'; SELECT nextval('rights_numbers')"
    ))?;
    let message = refusal(&database, "SET ROLE rights_writer; UPDATE tags SET id = 2")?;
    assert!(
        message.contains("permission denied for table tags"),
        "{message}"
    );
    Ok(())
}

#[test]
fn a_future_right_covers_later_tables() -> TestResult {
    let database = database_with(&NOTES)?;
    let seen = lines(
        &database,
        "CREATE TABLE later (id int); SET ROLE rights_reader; SELECT count(*) FROM later",
    )?;
    assert_eq!(seen, ["0"]);
    Ok(())
}

#[test]
fn a_login_without_inherit_has_no_right_before_set_role() -> TestResult {
    let database = database_with(&NOTES)?;
    let message = refusal(
        &database,
        "SET SESSION AUTHORIZATION rights_login; SELECT * FROM tags",
    )?;
    assert!(
        message.contains("permission denied for table tags"),
        "{message}"
    );
    database.psql(
        "SET SESSION AUTHORIZATION rights_login; SET ROLE rights_writer; SELECT * FROM tags",
    )?;
    Ok(())
}

#[test]
fn down_revokes_every_right() -> TestResult {
    let database = database_with(&NOTES)?;
    database.psql(&NOTES.schema()?.down(&Postgres))?;
    let left = lines(
        &database,
        "SELECT relname FROM pg_class WHERE oid >= 16384 UNION ALL SELECT 'default ' || defaclacl::text FROM pg_default_acl",
    )?;
    assert_eq!(left, Vec::<String>::new());
    Ok(())
}

mod alone {
    use freehold::prelude::*;

    schema!(pub(super) ROLES_ALONE = [], role(rights_alone, login, bypass_rls), role(rights_group), role(rights_there, existing));
    schema!(pub(super) MEMBERS_ALONE = [], role(rights_club), role(rights_member, member_of(rights_club)));
}

/// No other test uses these roles: another database of the server would keep them.
#[test]
fn drop_roles_drops_the_created_roles() -> TestResult {
    let database = database_with(&alone::ROLES_ALONE)?;
    let made = "SELECT rolname, rolcanlogin, rolbypassrls FROM pg_roles WHERE rolname IN ('rights_alone', 'rights_group') ORDER BY 1";
    assert_eq!(
        lines(&database, made)?,
        ["rights_alone|t|t", "rights_group|f|f"]
    );
    let sql = alone::ROLES_ALONE.schema()?.drop_roles(&Postgres);
    assert!(!sql.contains("rights_there"), "{sql}");
    database.psql(&sql)?;
    assert_eq!(lines(&database, made)?, Vec::<String>::new());
    Ok(())
}

/// The databases of a server share their roles, and two scripts may run at the same time.
#[test]
fn a_membership_that_another_script_grants_meanwhile_is_no_error() -> TestResult {
    let up = alone::MEMBERS_ALONE.schema()?.up(&Postgres);
    let (first, second) = (
        database_with(&alone::MEMBERS_ALONE)?,
        database_with(&alone::MEMBERS_ALONE)?,
    );
    first.psql("REVOKE rights_club FROM rights_member")?;
    let is_giving = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
    std::thread::scope(|scope| -> TestResult {
        let giving = scope.spawn(|| first.psql(&format!("BEGIN; {up} SELECT pg_sleep(1); COMMIT")));
        while first.psql(is_giving)? == "0" && !giving.is_finished() {
            std::thread::yield_now();
        }
        second.psql(&up)?;
        Ok(())
    })
}

#[derive(Table)]
#[table(schema = rights_app, name = accounts, owner, allow(timestamps))]
struct Account {
    #[column(primary_key, default = gen_random_uuid())]
    id: Uuid,
}

schema!(
    ACCOUNTS = [Account],
    role(rights_auditor),
    isolation(owner = rights_owner),
    grant(select, on = tables, to = rights_auditor, future),
    grant(usage, on = sequences, to = rights_auditor, future)
);

#[test]
fn a_future_right_covers_what_the_owner_creates_in_the_schema_of_the_tables() -> TestResult {
    let database = database_with(&ACCOUNTS)?;
    let given = lines(
        &database,
        "SET ROLE rights_owner; CREATE TABLE rights_app.later (id int); CREATE SEQUENCE public.numbers; RESET ROLE;
         SELECT has_table_privilege('rights_auditor', 'rights_app.later', 'SELECT'),
             has_sequence_privilege('rights_auditor', 'public.numbers', 'USAGE')",
    )?;
    assert_eq!(given, ["t|t"]);
    database.psql("DROP TABLE rights_app.later; DROP SEQUENCE public.numbers")?;
    database.psql(&ACCOUNTS.schema()?.down(&Postgres))?;
    let left = lines(&database, "SELECT defaclacl::text FROM pg_default_acl")?;
    assert_eq!(left, Vec::<String>::new());
    Ok(())
}

mod inserting {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps, uuid_key))]
    pub(super) struct User {
        #[column(primary_key, default = nextval("numbers"))]
        id: i64,
        #[column(default = nextval("\"Odd schema\".\"Odd numbers\""))]
        odd: i64,
    }

    #[derive(Table)]
    #[table(
        name = "Labels",
        schema = "Odd schema",
        shared,
        allow(timestamps, uuid_key)
    )]
    pub(super) struct Label {
        #[column(primary_key, serial)]
        id: i32,
        name: String,
    }

    schema!(
        pub(super) COUNTED = [User, Label],
        sequence(numbers),
        sequence("Odd numbers", schema = "Odd schema"),
        role(inserting_editor),
        grant(select, insert, on = tables(Label), to(inserting_editor, inserting_app)),
        grant(usage, on = schemas("Odd schema"), to = inserting_editor),
        grant(select, on = tables, to = inserting_editor, future),
        isolation(role = inserting_app, owner = inserting_owner, admin = inserting_admin)
    );
}
use inserting::COUNTED;

#[test]
fn a_role_that_may_insert_may_take_the_next_number() -> TestResult {
    let database = database_with(&COUNTED)?;
    let label = "INSERT INTO \"Odd schema\".\"Labels\" (name) VALUES ('a')";
    for role in ["inserting_editor", "inserting_app", "inserting_admin"] {
        database.psql(&format!("SET ROLE {role}; {label}"))?;
    }
    for role in ["inserting_app", "inserting_admin"] {
        database.psql(&format!(
            "SET app.user_id = '1'; SET ROLE {role}; INSERT INTO users (id) VALUES (1); SELECT nextval('numbers'); DELETE FROM users"
        ))?;
    }
    Ok(())
}

#[test]
fn down_revokes_future_rights_of_the_owner() -> TestResult {
    let database = database_with(&COUNTED)?;
    database.psql(&COUNTED.schema()?.down(&Postgres))?;
    let left = lines(
        &database,
        "SELECT defaclrole::regrole, defaclacl FROM pg_default_acl",
    )?;
    assert_eq!(left, Vec::<String>::new());
    Ok(())
}
