//! The table that a name means: the one that the application's statements find, not the one that the login would find.

use freehold::prelude::*;
use freehold::scope::Refusal;

use super::{Broken, SEEN};
use crate::TestResult;
use crate::schema::SHOP;

/// A copy of the table without row-level security, in this PostgreSQL schema.
fn copied(to: &str) -> String {
    format!(
        "CREATE SCHEMA {to}; CREATE TABLE {to}.addresses AS TABLE public.addresses; \
         GRANT USAGE ON SCHEMA {to} TO shop_app; GRANT SELECT ON {to}.addresses TO shop_app"
    )
}

async fn is_open(broken: &Broken, why: &str) -> TestResult {
    assert_eq!(broken.as_a(SEEN)?, "2", "{why}: not open");
    let refusal = broken.refusal("shop_login").await?;
    assert_eq!(refusal, Refusal::Open("addresses".to_owned()), "{why}");
    Ok(())
}

/// The login may use no PostgreSQL schema, which is usual; the role may.
#[tokio::test]
async fn a_schema_that_the_login_may_not_use_is_checked() -> TestResult {
    let broken = Broken::open().await?;
    broken.change(
        "REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO shop_app",
    )?;
    broken
        .is_accepted("a schema that is closed to all others")
        .await?;
    broken.change("ALTER TABLE addresses DISABLE ROW LEVEL SECURITY")?;
    is_open(&broken, "without a right of the login").await
}

/// All objects are in another PostgreSQL schema, by a setting of the database.
#[tokio::test]
async fn the_search_path_of_the_database_is_used() -> TestResult {
    let broken = Broken::open().await?;
    let name = broken.0.database.name();
    broken.change(&format!(
        "ALTER SCHEMA public RENAME TO app; REVOKE ALL ON SCHEMA app FROM PUBLIC; GRANT USAGE ON SCHEMA app TO shop_app;
         ALTER DATABASE \"{name}\" SET search_path = app"
    ))?;
    broken.is_accepted("a schema in another place").await?;
    broken.change("ALTER TABLE addresses DISABLE ROW LEVEL SECURITY")?;
    is_open(&broken, "in another schema").await
}

/// `"$user"` is in the default search path, and means the role.
#[tokio::test]
async fn the_schema_with_the_name_of_the_role_comes_first() -> TestResult {
    let broken = Broken::open().await?;
    broken.change(&copied("shop_app"))?;
    is_open(&broken, "`\"$user\"`").await
}

#[tokio::test]
async fn the_search_path_of_the_login_is_used() -> TestResult {
    let broken = Broken::open().await?;
    let name = broken.0.database.name();
    let login = format!(
        "CREATE ROLE start_path LOGIN NOINHERIT IN ROLE shop_app; {};
         ALTER ROLE start_path IN DATABASE \"{name}\" SET search_path = start_copy, public",
        copied("start_copy")
    );
    broken.change(&login)?;
    broken
        .is_accepted("a copy that no search path finds")
        .await?;
    assert_eq!(broken.as_a_by("start_path", SEEN)?, "2");
    let refusal = broken.refusal("start_path").await?;
    assert_eq!(refusal, Refusal::Open("addresses".to_owned()));
    Ok(())
}

#[tokio::test]
async fn the_search_path_of_the_url_is_used() -> TestResult {
    let broken = Broken::open().await?;
    broken.change(&copied("start_copy"))?;
    let url = broken.url("shop_login") + "&options[search_path]=start_copy,public";
    let refused = Db::builder(&url).schema(&SHOP).connect().await;
    assert!(
        matches!(&refused, Err(freehold::Error::Unsafe(Refusal::Open(table))) if table == "addresses"),
        "{refused:?}"
    );
    Ok(())
}

/// Fake catalogs, which describe a safe database.
#[tokio::test]
async fn a_schema_before_the_catalogs_is_not_believed() -> TestResult {
    let broken = Broken::open().await?;
    let name = broken.0.database.name();
    broken.change(&format!(
        "CREATE SCHEMA start_lies; GRANT USAGE ON SCHEMA start_lies TO PUBLIC;
         CREATE TABLE start_lies.pg_class AS TABLE pg_catalog.pg_class; CREATE TABLE start_lies.pg_policy AS TABLE pg_catalog.pg_policy;
         GRANT SELECT ON ALL TABLES IN SCHEMA start_lies TO PUBLIC;
         CREATE FUNCTION start_lies.current_schemas(boolean) RETURNS name[] LANGUAGE sql AS 'SELECT ARRAY[''nowhere'']::name[]';
         CREATE FUNCTION start_lies.pg_has_role(name, oid, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
         ALTER TABLE addresses DISABLE ROW LEVEL SECURITY;
         ALTER DATABASE \"{name}\" SET search_path = start_lies, pg_catalog, public"
    ))?;
    is_open(&broken, "catalogs of another schema").await
}
