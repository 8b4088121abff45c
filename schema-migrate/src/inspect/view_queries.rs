//! Whether views that are written otherwise are the same: only PostgreSQL knows, so it is asked.

use sqlx::{Connection as _, Executor as _, PgConnection, Row as _};

use super::error::InspectError;
use crate::diff;
use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::{Query, Schema, View};

const PROBE: &str = "freehold_probe";

/// Whatever the session is set to, names are found as those of the schema are.
const BEGIN: &str =
    "BEGIN READ WRITE; SET LOCAL search_path = public; SET LOCAL quote_all_identifiers = off";

/// The role may make no temporary view, or the server writes nothing: that says nothing of the query.
const MAY_NOT: [&str; 2] = ["42501", "25006"];

const PRINTED: &str = "
    SELECT rtrim(pg_get_viewdef('pg_temp.freehold_probe'::regclass), ';')";

/// Gives each inspected view the wanted query of its name, where PostgreSQL prints both in the same words. What is not the same stays what
/// it is, and so does what cannot be asked since a table of the wanted query is missing.
///
/// The renames of the wanted schema count as done where both names are there: a database does not tell whether they have changed places.
///
/// For each view a temporary one is made in a transaction that is rolled back: the role needs the right `TEMPORARY`, which everybody has
/// unless it was taken away.
///
/// # Errors
///
/// Where the connection fails.
pub async fn adopt_same_queries(
    connection: &mut PgConnection,
    inspected: &mut Schema,
    wanted: &Schema,
) -> Result<(), InspectError> {
    diff::adopt_followed(inspected, wanted);
    for view in &mut inspected.views {
        let mut all = wanted.views.iter();
        let Some(other) = all.find(|other| other.name.name == view.name.name) else {
            continue;
        };
        let printed = printed(connection, other).await?;
        let is_same = matches!((&view.query, printed), (Query::Source(found), Some(printed)) if found.trim() == printed.trim());
        if is_same {
            view.query.clone_from(&other.query);
        }
    }
    Ok(())
}

/// What PostgreSQL prints of the wanted query; `None` where it does not take it.
async fn printed(
    connection: &mut PgConnection,
    view: &View,
) -> Result<Option<String>, InspectError> {
    let query = POSTGRES.query(&view.query);
    let create = format!("CREATE TEMPORARY VIEW {PROBE} AS {query}");
    let failed = |source| InspectError::read("views", source);
    let mut transaction = connection.begin_with(BEGIN).await.map_err(failed)?;
    if let Err(error) = transaction
        .execute(sqlx::raw_sql(sqlx::AssertSqlSafe(create)))
        .await
    {
        transaction.rollback().await.map_err(failed)?;
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        let is_of_query = code.is_some_and(|code| !MAY_NOT.contains(&&*code));
        return if is_of_query {
            Ok(None)
        } else {
            Err(failed(error))
        };
    }
    transaction
        .execute("SET LOCAL search_path = ''")
        .await
        .map_err(failed)?;
    let row = sqlx::query(PRINTED)
        .persistent(false)
        .fetch_one(&mut *transaction)
        .await
        .map_err(failed)?;
    let printed = row.try_get(0).map_err(failed)?;
    transaction.rollback().await.map_err(failed)?;
    Ok(Some(printed))
}
