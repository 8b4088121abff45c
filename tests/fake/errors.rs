//! What cannot be filled is reported with the reason and what to do, and leaves no row.

use freehold::fake::{FakeError, Fakes, Observer, Value};
use freehold::prelude::*;
use freehold::{Postgres, SchemaDef};
use freehold_test_support::{Database, Server};
use sqlx::{Connection as _, PgConnection};

use crate::TestResult;
use crate::runs::{ROLES, filled};
use crate::schemas::shop::SHOP;
use crate::schemas::tasks::TASKS;

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key)]
    pub id: Uuid,
}

/// One row for each owner.
#[derive(Table)]
#[table(name = profiles, scope = user_id, allow(timestamps))]
pub struct Profile {
    #[column(primary_key, references = User::id, on_delete = cascade)]
    pub user_id: Uuid,
}

#[derive(Table)]
#[table(name = stars, scope = user_id, allow(timestamps), unique(user_id, kind, grade, name = one_star))]
pub struct Star {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: Uuid,
    pub kind: bool,
    #[column(check(grade.between(1, 5)))]
    pub grade: i16,
}

#[derive(Table)]
#[table(name = codes, shared, allow(timestamps, uuid_key))]
pub struct Code {
    #[column(primary_key, check(code.matches("^[0-9]{2}$")))]
    pub code: String,
}

#[derive(Table)]
#[table(name = riddles, shared, allow(timestamps))]
pub struct Riddle {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(check_sql(is_palindrome: "reverse(word) = word AND length(word) > 2"))]
    pub word: String,
}

#[derive(Table)]
#[table(name = nothing, shared, allow(timestamps))]
pub struct Nothing {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(check(low: number < 3), check(high: number > 5))]
    pub number: i32,
}

#[derive(Table)]
#[table(name = places, shared, allow(timestamps))]
pub struct Place {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(sql_type = "point")]
    pub at: String,
}

schema!(pub PROFILES = [User, Profile], isolation = predicate);
schema!(pub STARS = [User, Star], isolation = predicate);
schema!(pub CODES = [Code], isolation = predicate);
schema!(pub RIDDLES = [Riddle], isolation = predicate);
schema!(pub NOTHING = [Nothing], isolation = predicate);
schema!(pub PLACES = [Place], isolation = predicate);

pub(crate) fn message<T>(found: Result<T, FakeError>) -> String {
    found.err().map_or(String::new(), |error| error.to_string())
}

#[test]
fn more_rows_than_keys_name_the_constraint_and_the_maximum() {
    let fakes = |def| Fakes::new(def).rows(1_000).owners(50);
    assert_eq!(
        message(fakes(&PROFILES).plan()),
        "`profiles` can have at most 50 rows because of `pk_profiles`, but 1000 are wanted; ask for fewer rows of `profiles`"
    );
    assert!(message(fakes(&STARS).plan()).contains("at most 500 rows because of `one_star`"));
    let codes = Fakes::new(&CODES).rows(1_000);
    assert!(message(codes.plan()).contains("at most 100 rows because of `pk_codes`"));
    assert!(
        message(fakes(&SHOP).table("orders", 0).plan()).contains("at most 0 rows because of `fk_")
    );
}

#[tokio::test]
async fn as_many_rows_as_keys_are_filled() -> TestResult {
    filled(
        "profiles",
        &Fakes::new(&PROFILES).rows(50).owners(50),
        &PROFILES,
    )
    .await?;
    filled("stars", &Fakes::new(&STARS).rows(500).owners(50), &STARS).await?;
    filled("codes", &Fakes::new(&CODES).rows(100), &CODES).await?;
    Ok(())
}

#[test]
fn unknown_names_are_reported() {
    let table = Fakes::new(&TASKS).table("task", 3).plan();
    assert!(matches!(table, Err(FakeError::UnknownTable(name)) if name == "task"));
    let column = Fakes::new(&TASKS).column("tasks", "titel", |_| Value::Null);
    assert!(
        matches!(column.plan(), Err(FakeError::UnknownColumn { column, .. }) if column == "titel")
    );
}

#[tokio::test]
async fn a_check_that_is_not_understood_is_named_before_the_rows_are_written() -> TestResult {
    let found = filled("riddles", &Fakes::new(&RIDDLES).rows(5_000), &RIDDLES).await;
    let error = found.err().ok_or("the check is not violated")?;
    let refused = error.downcast_ref::<FakeError>();
    assert!(
        matches!(refused, Some(FakeError::Refused { constraint, .. }) if constraint == "is_palindrome"),
        "{error}"
    );
    let fakes = Fakes::new(&RIDDLES).rows(500);
    let fakes = fakes.column("riddles", "word", |mut row| {
        format!("a{}a", row.below(10)).into()
    });
    filled("palindromes", &fakes, &RIDDLES).await?;
    Ok(())
}

#[test]
fn checks_that_contradict_each_other_are_named() -> TestResult {
    let found = Fakes::new(&NOTHING).plan()?.copy_text("nothing", 1);
    assert!(
        matches!(found, Err(FakeError::Unsatisfied { constraint, .. }) if constraint == "low" || constraint == "high")
    );
    Ok(())
}

#[tokio::test]
async fn a_type_that_is_not_known_needs_a_generator() -> TestResult {
    let found = message(Fakes::new(&PLACES).plan());
    assert!(found.contains("`places.at` of type `point`"), "{found}");
    let fakes =
        Fakes::new(&PLACES).column("places", "at", |row| format!("({},1)", row.row()).into());
    filled("places", &fakes, &PLACES).await?;
    Ok(())
}

async fn as_role(database: &Database, role: &str) -> Result<PgConnection, sqlx::Error> {
    let url = database.url();
    let mut connection = PgConnection::connect(&url).await?;
    let become_role = format!("SET ROLE {role}");
    sqlx::query(sqlx::AssertSqlSafe(become_role))
        .execute(&mut connection)
        .await?;
    Ok(connection)
}

pub(crate) fn created(
    name: &str,
    def: &'static SchemaDef,
) -> Result<Database, Box<dyn std::error::Error>> {
    let database = Server::shared().create_database(name)?;
    database.psql(&def.schema()?.up(&Postgres))?;
    Ok(database)
}

#[tokio::test]
async fn the_administrator_of_the_schema_fills_it_and_others_do_not() -> TestResult {
    let _one = ROLES.lock().await;
    let database = created("roles", &SHOP)?;
    let fakes = Fakes::new(&SHOP).rows(200).owners(8);
    let mut owner = as_role(&database, "shop_owner").await?;
    let found = fakes.fill(&mut owner, &mut ()).await;
    assert!(
        matches!(&found, Err(FakeError::RowSecurity { role, .. }) if role == "shop_owner"),
        "{found:?}"
    );
    let mut admin = as_role(&database, "shop_admin").await?;
    fakes.fill(&mut admin, &mut ()).await?;
    let again = fakes.fill(&mut admin, &mut ()).await;
    assert!(
        matches!(&again, Err(FakeError::NotEmpty(table)) if table == "users"),
        "{again:?}"
    );
    // An owner sees the own rows.
    let seen = database.psql(
        "BEGIN; SET LOCAL ROLE shop_app;
         SELECT set_config('app.user_id', (SELECT NULL), true) IS NULL; ROLLBACK;
         SELECT count(*) FROM users",
    )?;
    assert!(seen.ends_with('8'), "{seen}");
    Ok(())
}

#[tokio::test]
async fn an_owner_sees_the_own_rows_alone() -> TestResult {
    let _one = ROLES.lock().await;
    let database = created("owners", &SHOP)?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let fakes = Fakes::new(&SHOP).rows(160).owners(8);
    fakes.fill(&mut connection, &mut ()).await?;
    let user = database.psql("SELECT id FROM users LIMIT 1")?;
    for (table, rows) in [
        ("users", "1"),
        ("orders", "20"),
        ("order_events", "20"),
        ("products", "160"),
    ] {
        let question = format!(
            "BEGIN; SET LOCAL ROLE shop_app; SET LOCAL app.user_id = '{user}'; SELECT count(*) FROM {table}; ROLLBACK"
        );
        let seen = database.psql(&question)?;
        assert!(seen.lines().any(|line| line == rows), "{table}: {seen}");
    }
    Ok(())
}

/// Breaks a constraint in the last table.
#[tokio::test]
async fn a_refused_row_leaves_no_rows() -> TestResult {
    let database = created("refused", &TASKS)?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let fakes = Fakes::new(&TASKS).column("tasks", "title", |_| Value::from(" "));
    let found = fakes.fill(&mut connection, &mut ()).await;
    assert!(
        matches!(&found, Err(FakeError::Unsatisfied { constraint, .. }) if constraint == "title_not_empty"),
        "{found:?}"
    );
    let fakes = Fakes::new(&TASKS).column("tasks", "due_date", |_| Value::from("tomorrowish"));
    let found = fakes.fill(&mut connection, &mut ()).await;
    assert!(
        matches!(&found, Err(FakeError::Copy { table, .. }) if table == "tasks"),
        "{found:?}"
    );
    assert_eq!(database.psql("SELECT count(*) FROM users")?, "0");
    // The connection is usable again.
    Fakes::new(&TASKS).fill(&mut connection, &mut ()).await?;
    Ok(())
}

#[derive(Default)]
struct Seen(Vec<String>);

impl Observer for Seen {
    fn started(&mut self, table: &str, rows: u64) {
        self.0.push(format!("{table} {rows}"));
    }

    fn finished(&mut self, table: &str, _rows: u64) {
        self.0.push(format!("{table} done"));
    }
}

#[tokio::test]
async fn an_observer_sees_the_tables() -> TestResult {
    let database = created("observer", &TASKS)?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let mut seen = Seen::default();
    let fakes = Fakes::new(&TASKS).rows(30).owners(3);
    let report = fakes.fill(&mut connection, &mut seen).await?;
    assert_eq!(seen.0, ["users 3", "users done", "tasks 30", "tasks done"]);
    assert_eq!(report.rows(), 33);
    Ok(())
}
