//! The types and defaults that a document says, read by PostgreSQL and compared with those of the table.

use freehold::docs::document::{ColumnDoc, Document, TableDoc};
use freehold::docs::facts::Facts;

use super::{TestResult, loaded, schemas};

/// The columns of a table with their types, `NOT NULL` and defaults. A sequence is that of the own table.
const COLUMNS: &str = "
SELECT string_agg(format('%s %s %s %s', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    CASE WHEN a.attgenerated = '' THEN regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^nextval.*', 'nextval') END),
    E'\\n' ORDER BY a.attnum)
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = '{}'::regclass AND a.attnum > 0 AND NOT a.attisdropped";

#[test]
fn the_columns_of_a_document_are_those_of_the_table() -> TestResult {
    for (name, def) in schemas::ALL {
        let (schema, facts) = (def.schema()?, Facts::of(def));
        let database = loaded(&schema, &format!("columns_{name}"))?;
        database.psql("CREATE SCHEMA documented")?;
        for table in &Document::of(&schema, &facts).tables {
            database.psql(&created(table))?;
            let columns = |table: &str| database.psql(&COLUMNS.replace("{}", table));
            let (own, documented) = (columns(&quoted(&table.name))?, columns("documented.one")?);
            assert!(!own.trim().is_empty(), "`{}` has no columns", table.name);
            assert_eq!(documented, own, "`{}` of `{name}`", table.name);
        }
    }
    Ok(())
}

/// A table with the columns that the document says.
fn created(table: &TableDoc) -> String {
    let columns: Vec<_> = table.columns.iter().map(column).collect();
    format!(
        "DROP TABLE IF EXISTS documented.one; CREATE TABLE documented.one ({})",
        columns.join(", ")
    )
}

fn column(column: &ColumnDoc) -> String {
    let null = if column.is_nullable { "" } else { " NOT NULL" };
    let default = column.default.as_ref();
    let default = default.map_or_else(String::new, |default| format!(" DEFAULT {default}"));
    format!("\"{}\" {}{null}{default}", column.name, column.sql_type)
}

fn quoted(name: &str) -> String {
    let parts: Vec<_> = name.split('.').map(|part| format!("\"{part}\"")).collect();
    parts.join(".")
}
