//! The six schemas of `examples/schemas`, each on a PostgreSQL server.
//!
//! The database that `up` creates is compared, fact by fact, with the one that the SQL of `tests/fixtures` creates.
//! `catalog.sql` there prints the facts. `down` must remove everything again. `shop` has no such SQL; `tests/isolation`
//! attacks it.

use std::error::Error;
use std::path::{Path, PathBuf};

use freehold::{Postgres, Schema};
use freehold_test_support::{Database, Server};

#[path = "../examples/schemas/mod.rs"]
mod schemas;

type TestResult = Result<(), Box<dyn Error>>;

/// The content of a database besides the facts, which cover only the schema `public`.
const LEFT: &str = "
    SELECT 'schema ' || nspname FROM pg_namespace WHERE oid >= 16384
    UNION ALL SELECT 'relation ' || oid::regclass FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT 'default right of ' || defaclrole::regrole FROM pg_default_acl
    UNION ALL SELECT 'right of ' || refobjid::regrole || ' on ' || classid::regclass
        FROM pg_shdepend JOIN pg_database ON pg_database.oid = dbid AND datname = current_database()
        WHERE refclassid = 'pg_authid'::regclass";

#[test]
fn tasks_catalog_equals_fixture() -> TestResult {
    catalog_equals_fixture("tasks", 34)
}

#[test]
fn orders_catalog_equals_fixture() -> TestResult {
    catalog_equals_fixture("orders", 62)
}

#[test]
fn patterns_catalog_equals_fixture() -> TestResult {
    catalog_equals_fixture("patterns", 75)
}

#[test]
fn storefront_catalog_equals_fixture() -> TestResult {
    catalog_equals_fixture("storefront", 171)
}

#[test]
fn ecommerce_catalog_equals_fixture() -> TestResult {
    catalog_equals_fixture("ecommerce", 229)
}

#[test]
fn tasks_down_leaves_nothing() -> TestResult {
    down_leaves_nothing("tasks")
}

#[test]
fn orders_down_leaves_nothing() -> TestResult {
    down_leaves_nothing("orders")
}

#[test]
fn patterns_down_leaves_nothing() -> TestResult {
    down_leaves_nothing("patterns")
}

#[test]
fn storefront_down_leaves_nothing() -> TestResult {
    down_leaves_nothing("storefront")
}

#[test]
fn ecommerce_down_leaves_nothing() -> TestResult {
    down_leaves_nothing("ecommerce")
}

#[test]
fn shop_down_leaves_nothing() -> TestResult {
    down_leaves_nothing("shop")
}

#[test]
fn tasks_up_works_again_after_down() -> TestResult {
    up_works_again_after_down("tasks")
}

#[test]
fn orders_up_works_again_after_down() -> TestResult {
    up_works_again_after_down("orders")
}

#[test]
fn patterns_up_works_again_after_down() -> TestResult {
    up_works_again_after_down("patterns")
}

#[test]
fn storefront_up_works_again_after_down() -> TestResult {
    up_works_again_after_down("storefront")
}

#[test]
fn ecommerce_up_works_again_after_down() -> TestResult {
    up_works_again_after_down("ecommerce")
}

#[test]
fn shop_up_works_again_after_down() -> TestResult {
    up_works_again_after_down("shop")
}

#[test]
fn tasks_ddl_is_the_same_each_time() -> TestResult {
    ddl_is_the_same_each_time("tasks")
}

#[test]
fn orders_ddl_is_the_same_each_time() -> TestResult {
    ddl_is_the_same_each_time("orders")
}

#[test]
fn patterns_ddl_is_the_same_each_time() -> TestResult {
    ddl_is_the_same_each_time("patterns")
}

#[test]
fn storefront_ddl_is_the_same_each_time() -> TestResult {
    ddl_is_the_same_each_time("storefront")
}

#[test]
fn ecommerce_ddl_is_the_same_each_time() -> TestResult {
    ddl_is_the_same_each_time("ecommerce")
}

#[test]
fn shop_ddl_is_the_same_each_time() -> TestResult {
    ddl_is_the_same_each_time("shop")
}

/// On a separate server: another database with the shop would keep its roles.
#[test]
fn shop_roles_are_dropped_on_request() -> TestResult {
    const MADE: &str = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'shop%' ORDER BY 1";
    let (server, schema) = (Server::start()?, schema("shop")?);
    let database = server.create_database("shop")?;
    database.psql(&schema.up(&Postgres))?;
    database.psql(&schema.down(&Postgres))?;
    let made = database.psql(MADE)?;
    assert_eq!(made, "shop_admin\nshop_app\nshop_login\nshop_owner");
    database.psql(&schema.drop_roles(&Postgres))?;
    assert_eq!(database.psql(MADE)?, "");
    Ok(())
}

/// `facts` is the number of facts of the fixture, so that a catalog that prints nothing is a failure.
fn catalog_equals_fixture(name: &str, facts: usize) -> TestResult {
    let (made, expected) = (database(name)?, database(name)?);
    made.psql(&schema(name)?.up(&Postgres))?;
    expected.psql_file(fixture(&format!("{name}.sql")))?;
    let (made, expected) = (catalog(&made)?, catalog(&expected)?);
    assert_eq!(expected.len(), facts, "facts of the fixture `{name}`");
    assert_same(name, &made, &expected);
    Ok(())
}

fn down_leaves_nothing(name: &str) -> TestResult {
    let (database, schema) = (database(name)?, schema(name)?);
    database.psql(&schema.up(&Postgres))?;
    database.psql(&schema.down(&Postgres))?;
    assert_same(name, &catalog(&database)?, &[]);
    assert_eq!(database.psql(LEFT)?, "", "left after `down` of `{name}`");
    Ok(())
}

fn up_works_again_after_down(name: &str) -> TestResult {
    let (database, schema) = (database(name)?, schema(name)?);
    database.psql(&schema.up(&Postgres))?;
    let first = catalog(&database)?;
    database.psql(&schema.down(&Postgres))?;
    database.psql(&schema.up(&Postgres))?;
    assert_same(name, &catalog(&database)?, &first);
    Ok(())
}

fn ddl_is_the_same_each_time(name: &str) -> TestResult {
    let (first, second) = (schema(name)?, schema(name)?);
    assert_eq!(first.up(&Postgres), first.up(&Postgres));
    assert_eq!(first.up(&Postgres), second.up(&Postgres));
    assert_eq!(first.down(&Postgres), second.down(&Postgres));
    Ok(())
}

fn schema(name: &str) -> Result<Schema, Box<dyn Error>> {
    let known = schemas::ALL.iter().find(|(known, _)| *known == name);
    let (_, def) = known.ok_or_else(|| format!("no schema is named `{name}`"))?;
    Ok(Schema::from_def(def)?)
}

fn database(name: &str) -> Result<Database, freehold_test_support::Error> {
    Server::shared().create_database(name)
}

fn fixture(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(file)
}

fn catalog(database: &Database) -> Result<Vec<String>, freehold_test_support::Error> {
    database.catalog(&fixture("catalog.sql"))
}

fn assert_same(name: &str, made: &[String], expected: &[String]) {
    let missing = without(expected, made).map(|fact| format!("- {fact}\n"));
    let added = without(made, expected).map(|fact| format!("+ {fact}\n"));
    let difference: String = missing.chain(added).collect();
    assert!(
        difference.is_empty(),
        "the catalog of `{name}` differs:\n{difference}"
    );
}

/// The `facts` that `others` lacks. A fact can occur twice: a constraint is printed without its name.
fn without<'a>(facts: &'a [String], others: &[String]) -> impl Iterator<Item = &'a String> {
    let mut others = others.to_vec();
    facts.iter().filter(move |fact| {
        let found = others.iter().position(|other| other == *fact);
        found.map(|index| others.swap_remove(index)).is_none()
    })
}
