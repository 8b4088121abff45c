//! Finds views that have different text and the same meaning. Only PostgreSQL can decide that, so it is asked.

use sqlx::{Connection as _, Executor as _, PgConnection, Row as _};

use super::error::InspectError;
use crate::diff;
use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::{Query, Schema, View};

const PROBE: &str = "freehold_probe";

/// Names resolve as in the schema, whatever the settings of the session are.
const BEGIN: &str =
    "BEGIN READ WRITE; SET LOCAL search_path = public; SET LOCAL quote_all_identifiers = off";

/// Error codes that say nothing about the query: the role must not create temporary views, or the server is read-only.
const MAY_NOT: [&str; 2] = ["42501", "25006"];

const PRINTED: &str = "
    SELECT rtrim(pg_get_viewdef('pg_temp.freehold_probe'::regclass), ';')";

/// Gives each inspected view the query of the same view in the target schema, if PostgreSQL prints both alike.
///
/// Other views keep their query, also if PostgreSQL cannot print the target query because one of its tables is missing.
///
/// The renames of the target schema count as done if both names exist: a database does not show whether they were
/// swapped.
///
/// For each view, it creates a temporary view in a transaction and rolls it back. The role needs the right `TEMPORARY`,
/// which `PUBLIC` has unless it was revoked.
///
/// # Errors
///
/// [`InspectError`] if the connection fails, if the role must not create temporary views, or if the server is
/// read-only.
pub async fn adopt_same_queries(
    connection: &mut PgConnection,
    inspected: &mut Schema,
    target: &Schema,
) -> Result<(), InspectError> {
    diff::adopt_followed(inspected, target);
    for view in &mut inspected.views {
        let mut all = target.views.iter();
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

/// What PostgreSQL prints for the query of a target view; `None` if it rejects the query.
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
