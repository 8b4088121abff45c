//! The sizes that a database measures, for its documents.

use std::collections::BTreeMap;

use sqlx::Connection as _;

use crate::failure::Failure;
use crate::source;
use freehold_schema_docs::document::MeasuredDoc;

/// Each table with its rows, its sizes and its unused indexes. Those of a partitioned table are the sums over its
/// partitions. An index that makes values unique is used by each insert.
const MEASURED: &str = "
SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname,
       m.tuples, m.table_bytes, m.index_bytes,
       ARRAY(SELECT s.indexrelname::text FROM pg_stat_user_indexes s JOIN pg_index x ON x.indexrelid = s.indexrelid
             WHERE s.relid = c.oid AND s.idx_scan = 0 AND NOT x.indisunique ORDER BY 1)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_and(l.reltuples >= 0) THEN sum(l.reltuples)::bigint END AS tuples,
           coalesce(sum(pg_table_size(l.oid)), 0)::bigint AS table_bytes,
           coalesce(sum(pg_indexes_size(l.oid)), 0)::bigint AS index_bytes
    FROM pg_class l
    WHERE l.relkind = 'r'
      AND (l.oid = c.oid OR l.oid IN (SELECT relid FROM pg_partition_tree(c.oid) WHERE isleaf))
) m
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'";

/// A row of the query.
type Row = (String, Option<i64>, i64, i64, Vec<String>);

/// What the database measures of each table, by the name that documents use.
pub(super) async fn measured(url: &str) -> Result<BTreeMap<String, MeasuredDoc>, Failure> {
    let mut connection = source::connect(url).await?;
    let rows: Vec<Row> = sqlx::query_as(MEASURED)
        .fetch_all(&mut connection)
        .await
        .map_err(Failure::connect)?;
    connection.close().await.map_err(Failure::connect)?;
    Ok(rows.into_iter().map(doc).collect())
}

fn doc((name, rows, table_bytes, index_bytes, unused_indexes): Row) -> (String, MeasuredDoc) {
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    let measured = MeasuredDoc {
        rows: rows.map(number),
        table_bytes: number(table_bytes),
        index_bytes: number(index_bytes),
        unused_indexes,
    };
    (name, measured)
}
