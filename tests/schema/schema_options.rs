//! The options of `schema!`, and the rules about views and functions at run time.

use freehold::model::{
    ArgumentDef, GrantDef, GrantOn, Isolation, Language, Ownership, Privilege, PrivilegeDef,
    Returns, RoleDef, RoutineDef, RowSecurityDef, TableName, ViewDef,
};
use freehold::prelude::*;
use freehold::{Postgres, SchemaDef, Table};
use freehold_test_support::Server;

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

schema!(
    TOUCHED = [User],
    updated_at(body_file = "tests/fixtures/touch.sql")
);

#[test]
fn a_body_is_read_from_the_directory_of_the_manifest() {
    let body = include_str!("../fixtures/touch.sql");
    assert_eq!(TOUCHED.updated_at.body, Some(body));
    assert_eq!(TOUCHED.updated_at.function, "set_updated_at");
}

const TOTALS: TableName = TableName::new(None, "totals");
const USERS: TableName = TableName::new(None, "users");
const SUMMARY: &ViewDef =
    &ViewDef::new(TOTALS, Ownership::Scope("user_id"), &[], "SELECT 1").materialized();
const NAMESAKE: &ViewDef = &ViewDef::new(USERS, Ownership::Shared, &[], "SELECT 1");
const READ: &[PrivilegeDef] = &[PrivilegeDef::new(Privilege::Select)];
const ALL: &[PrivilegeDef] = &[PrivilegeDef::new(Privilege::All)];

const fn total(arguments: &'static [ArgumentDef]) -> RoutineDef {
    let name = TableName::new(Some("public"), "total");
    RoutineDef::function(name, arguments, Returns::Void, Language::Sql, "SELECT 1")
}

/// Each violation as `rule: object`.
fn violations(schema: &SchemaDef) -> Vec<String> {
    let found = schema.validate();
    let line = |found: &freehold::Violation| format!("{}: {}", found.rule.name, found.object);
    found.iter().map(line).collect()
}

#[test]
fn rules_of_views_and_functions_are_also_checked_at_run_time() {
    static BROKEN: SchemaDef = SchemaDef::new("BROKEN", &[User::DEF])
        .views(&[SUMMARY, NAMESAKE])
        .routines(&[
            &total(&[ArgumentDef::new::<i32>("a")]),
            &total(&[ArgumentDef::new::<i64>("a")]),
            &total(&[
                ArgumentDef::new::<Uuid>("id").out(),
                ArgumentDef::new::<i32>("b"),
            ]),
            &total(&[]).execute(&["reporting"]),
        ])
        .roles(&[RoleDef::new("app_read")])
        .grants(&[
            GrantDef::new(READ, GrantOn::AllTables, "app_read"),
            GrantDef::new(READ, GrantOn::Sequences, "app_raed"),
        ]);
    let found = violations(&BROKEN);
    for violation in [
        "granted_materialized_view: totals",
        "duplicate_table: users",
        "duplicate_routine: total",
        "unknown_role: total",
        "unknown_role: BROKEN",
    ] {
        let times = found.iter().filter(|found| *found == violation).count();
        assert_eq!(times, 1, "{violation} in {found:?}");
    }
}

#[test]
fn a_role_that_bypasses_row_security_may_be_granted_all() {
    static FREE: SchemaDef = SchemaDef::new("FREE", &[User::DEF])
        .views(&[SUMMARY])
        .roles(&[RoleDef::new("report").bypass_rls()])
        .isolation(Isolation::RowSecurity(
            RowSecurityDef::new().admin("shop_admin"),
        ))
        .grants(&[
            GrantDef::new(ALL, GrantOn::AllTables, "report"),
            GrantDef::new(ALL, GrantOn::Relations(&[TOTALS, USERS]), "shop_admin"),
        ]);
    assert_eq!(violations(&FREE), Vec::<String>::new());
}

#[test]
fn without_row_security_no_right_bypasses_it() {
    static PREDICATE: SchemaDef = SchemaDef::new("PREDICATE", &[User::DEF])
        .views(&[SUMMARY])
        .isolation(Isolation::Predicate)
        .grants(&[GrantDef::new(ALL, GrantOn::AllTables, "public")]);
    assert_eq!(violations(&PREDICATE), Vec::<String>::new());
}

#[test]
fn a_grant_on_views_leaves_out_materialized_views() {
    static VIEWS: SchemaDef = SchemaDef::new("VIEWS", &[User::DEF])
        .views(&[SUMMARY])
        .grants(&[
            GrantDef::new(READ, GrantOn::Tables, "public"),
            GrantDef::new(READ, GrantOn::Views, "public"),
        ]);
    assert_eq!(violations(&VIEWS), Vec::<String>::new());
}

#[derive(Table)]
#[table(name = notes, scope = user_id, allow(timestamps))]
#[table(index(user_id, name = notes_user))]
struct Note {
    #[column(primary_key, default = gen_random_uuid())]
    id: Uuid,
    #[column(references = User::id, on_delete = cascade)]
    user_id: Uuid,
    title: String,
    #[column(updated_at)]
    updated_at: DateTime<Utc>,
}

// Roles belong to the whole server, so only this file uses these names.
schema!(
    OPTIONS = [User, Note],
    sequence(
        numbers,
        start = -5,
        increment = -1,
        min = -9,
        max = 9,
        cache = 2,
        cycle,
        schema = app
    ),
    sequence("Odd name"),
    extension(citext, schema = extensions),
    role(options_read),
    role(
        options_report,
        login,
        no_inherit,
        bypass_rls,
        member_of(options_read)
    ),
    role(pg_monitor, existing),
    grant(select, on = tables, to(options_read, pg_monitor), future),
    grant(all, on = all_tables, to = options_report),
    grant(
        select(id),
        update(title),
        references(id),
        on = tables(Note),
        to = options_read
    ),
    grant(
        usage,
        select,
        on = sequences(numbers, "Odd name"),
        to = options_read
    ),
    grant(usage, on = sequences, to = options_read, future),
    grant(execute, on = functions, to = options_read, future),
    grant(usage, on = schemas(app), to = public),
    isolation(
        setting = "options.user_id",
        role = options_user,
        owner = options_owner,
        login = options_login,
        admin = options_admin
    ),
    updated_at(function = touch, body_file = "tests/fixtures/touch.sql")
);

#[test]
fn postgresql_accepts_every_option() -> Result<(), Box<dyn std::error::Error>> {
    let database = Server::shared().create_database("options")?;
    let schema = OPTIONS.schema()?;
    database.psql(&schema.up(&Postgres))?;
    let facts = database.psql(
        "SELECT seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle FROM pg_sequence WHERE seqrelid = 'app.numbers'::regclass;
         SELECT rolcanlogin, rolinherit, rolbypassrls FROM pg_roles WHERE rolname = 'options_report';
         SELECT pg_has_role('options_report', 'options_read', 'MEMBER'), has_column_privilege('options_read', 'notes', 'title', 'UPDATE'),
                has_column_privilege('options_read', 'notes', 'id', 'UPDATE'), has_table_privilege('options_report', 'notes', 'TRUNCATE');
         SELECT count(*) FROM pg_proc WHERE proname = 'touch' AND prosrc LIKE '%RETURN NEW%'",
    )?;
    let expected = ["-5|-1|-9|9|2|t", "t|f|t", "t|t|f|t", "1"];
    assert_eq!(facts.lines().collect::<Vec<_>>(), expected);
    database.psql(&schema.down(&Postgres))?;
    Ok(())
}
