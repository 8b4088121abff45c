//! The slow statements of Freehold, by the Rust call that writes them.

use super::audit::Audited;
use super::statement::StructName;
use freehold_schema_core::catalog::row;

/// Where the extension is, and whether its view can be read.
pub(crate) const EXTENSION: &str = "
SELECT format('%I.pg_stat_statements', n.nspname) AS view
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'";

row! {
    pub(crate) struct ExtensionRow {
        pub(crate) view: String,
    }
}

row! {
    /// A statement that was counted, over all roles.
    pub(crate) struct Counted {
        pub(crate) id: i64,
        pub(crate) calls: f64,
        pub(crate) mean: f64,
        pub(crate) text: String,
    }
}

/// Reads the statements of this database above the limits. `view` is the quoted name from the catalog.
pub(crate) fn query(view: &str) -> String {
    format!(
        "SELECT queryid AS id, sum(calls)::float8 AS calls, sum(total_exec_time) / sum(calls) AS mean, min(query) AS text
        FROM {view}
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND queryid IS NOT NULL
        GROUP BY queryid HAVING sum(calls) >= $2 AND sum(total_exec_time) / sum(calls) >= $1 ORDER BY 3 DESC"
    )
}

/// The calls that write a statement: finders by its identifier, else the kind of statement and its table. Empty if
/// Freehold does not write it.
pub(crate) fn calls(
    counted: &Counted,
    audited: &[Audited<'_>],
    structs: &[StructName],
) -> Vec<String> {
    let same = audited.iter().filter(|audited| {
        audited.query_id == Some(counted.id) || audited.statement.sql == counted.text
    });
    let finders: Vec<_> = same.map(|audited| audited.statement.rust.clone()).collect();
    if finders.is_empty() {
        of_table(&counted.text, structs).into_iter().collect()
    } else {
        finders
    }
}

/// A statement of Freehold names its table as `t0`; an insert begins with its table.
fn of_table(text: &str, structs: &[StructName]) -> Option<String> {
    let kind = |one: &StructName| {
        let table = &one.table;
        let begins = |words: &str| text.starts_with(&format!("{words} {table} "));
        let is_read = text.starts_with("SELECT ") && text.contains(&format!(" FROM {table} AS t0"));
        let kinds = [
            (begins("INSERT INTO"), "insert"),
            (begins("UPDATE"), "update"),
            (begins("DELETE FROM"), "delete"),
            (is_read, "select"),
        ];
        let (_, method) = kinds.into_iter().find(|(is_it, _)| *is_it)?;
        Some(format!("{}::{method}(..)", one.rust))
    };
    structs.iter().find_map(kind)
}
