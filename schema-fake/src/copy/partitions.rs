//! The partitions that were created at run time.

use std::collections::BTreeMap;

use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::{QualifiedName, is_monthly};
use freehold_schema_core::{Month, SchemaDef};
use sqlx::PgConnection;

use crate::error::FakeError;

/// The months for which tables have partitions, by the names that monthly partitions have.
pub(crate) async fn months(
    def: &SchemaDef,
    connection: &mut PgConnection,
) -> Result<BTreeMap<String, Vec<Month>>, FakeError> {
    const QUESTION: &str = "SELECT relname::text FROM pg_inherits JOIN pg_class ON oid = inhrelid \
        WHERE inhparent = $1::text::regclass ORDER BY 1";
    let mut months = BTreeMap::new();
    for table in def
        .tables
        .iter()
        .filter(|table| table.monthly_partitions.is_some())
    {
        let name = QualifiedName::from(&table.name);
        let declared = |found: &str| table.partitions.iter().any(|it| it.name == found);
        let question = sqlx::query_scalar(QUESTION).bind(POSTGRES.qualified(&name));
        let found: Vec<String> = question
            .fetch_all(&mut *connection)
            .await
            .map_err(|source| FakeError::Server {
                doing: "look at the partitions; create the schema first",
                source,
            })?;
        let monthly = found
            .iter()
            .filter(|it| is_monthly(&name.name, it) && !declared(it));
        months.insert(
            name.to_string(),
            monthly.filter_map(|name| month(name)).collect(),
        );
    }
    Ok(months)
}

/// The month at the end of a name: `events_2026_01`.
fn month(partition: &str) -> Option<Month> {
    let (rest, month) = partition.rsplit_once('_')?;
    let (_, year) = rest.rsplit_once('_')?;
    Month::new(year.parse().ok()?, month.parse().ok()?)
}
