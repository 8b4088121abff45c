//! Tables with more rows than the structs state.

use freehold_schema_core::catalog::row;
use freehold_schema_core::model::SchemaDef;

/// The rows of each table; those of partitions are added up.
pub(crate) const ROWS: &str = "
SELECT n.nspname::text AS namespace, c.relname::text AS name, c.oid::regclass::text AS quoted,
    CASE c.relkind WHEN 'r' THEN c.reltuples::float8 ELSE (
        SELECT sum(greatest(l.reltuples, 0))::float8 FROM pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid WHERE t.isleaf
    ) END AS rows
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";

row! {
    pub(crate) struct TableRows {
        pub(crate) namespace: String,
        pub(crate) name: String,
        pub(crate) quoted: String,
        pub(crate) rows: Option<f64>,
    }
}

/// A table over its volume.
pub(crate) struct Over {
    pub(crate) table: String,
    /// The Rust path of the struct.
    pub(crate) path: &'static str,
    pub(crate) rows: f64,
    pub(crate) stated: f64,
}

/// The tables whose rows are more than `times` the stated ones.
#[allow(clippy::cast_precision_loss)] // The counts are estimates.
pub(crate) fn over(def: &SchemaDef, found: &[TableRows], times: f64) -> Vec<Over> {
    let over = def.tables.iter().filter_map(|table| {
        let stated = table.volume?.rows as f64;
        let namespace = table.name.schema.unwrap_or("public");
        let same = |row: &&TableRows| row.namespace == namespace && row.name == table.name.name;
        let row = found.iter().find(same)?;
        let rows = row.rows?;
        (rows > stated * times).then(|| Over {
            table: row.quoted.clone(),
            path: table.path,
            rows,
            stated,
        })
    });
    over.collect()
}
