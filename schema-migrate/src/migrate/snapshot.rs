//! The snapshot: the schema after the last migration. It is committed with the migrations, and the next one is planned
//! from it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use freehold_schema_core::ddl::Dialect;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Body, Expr, Query, Schema};
use freehold_schema_core::sql::has_text;

use super::dialect::DIALECT;
use super::upgrade;

/// The name of the file in the migrations directory.
pub const SNAPSHOT_FILE: &str = "schema.json";

/// The format of the file. An older format is upgraded on reading; a newer one is refused.
const FORMAT: u32 = 2;

/// The schema after a migration.
///
/// Expressions are stored as SQL, and lists in the order of the structs, so that a small change of the schema changes
/// few lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Snapshot {
    format: u32,
    /// The version of the last migration; 0 before the first.
    pub version: i64,
    /// The schema.
    pub schema: Schema,
}

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The file cannot be read or written.
    #[error("`{}` cannot be read or written", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The file cannot be parsed, most likely after a merge.
    #[error(
        "`{}` is not a snapshot of a schema; after a merge, take the file of one of the two branches, and run `migrate rebase`",
        path.display()
    )]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
    /// A newer release of Freehold wrote the snapshot.
    #[error("`{}` has format {found}, and this release reads formats up to {FORMAT}; use the release that wrote it, or a newer one", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: u32,
    },
}

impl Snapshot {
    /// Returns the snapshot of `schema` after the migration `version`.
    pub fn new(schema: &Schema, version: i64) -> Self {
        Self {
            format: FORMAT,
            version,
            schema: printed(schema, DIALECT),
        }
    }

    /// Reads the snapshot of a migrations directory; `None` if it has no snapshot yet.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] if the file exists and cannot be used.
    pub fn read(directory: &Path) -> Result<Option<Self>, SnapshotError> {
        let path = directory.join(SNAPSHOT_FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(SnapshotError::File { path, source }),
        }
    }

    /// Reads a snapshot from any file.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] if the file cannot be read or used.
    pub fn read_file(path: &Path) -> Result<Self, SnapshotError> {
        let text = fs::read_to_string(path).map_err(|source| SnapshotError::File {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, SnapshotError> {
        let mut read: Self =
            serde_json::from_str(text).map_err(|source| SnapshotError::Content {
                path: path.to_owned(),
                source,
            })?;
        match read.format {
            FORMAT => {}
            1 => upgrade::from_1(&mut read.schema),
            found => {
                let path = path.to_owned();
                return Err(SnapshotError::Format { path, found });
            }
        }
        read.format = FORMAT;
        Ok(read)
    }

    /// Returns the text of the file. Equal schemas have equal texts.
    ///
    /// # Errors
    ///
    /// A schema cannot cause an error; the signature is that of `serde_json`.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}

/// The schema with its expressions, bodies and queries as SQL. A single column stays [`Expr::Column`], because an index
/// writes it without parentheses.
fn printed(schema: &Schema, dialect: &dyn Dialect) -> Schema {
    let printer = Printer::new(dialect);
    let mut schema = schema.clone();
    for expr in schema.exprs_mut() {
        if !matches!(expr, Expr::Column(_)) {
            *expr = Expr::Sql(printer.expr(expr));
        }
    }
    for routine in &mut schema.routines {
        routine.left_out = routine.left_out().to_vec();
        routine.body = Body::Source(dialect.routine_body(&routine.body));
    }
    for view in &mut schema.views {
        view.query = Query::Source(printer.query(&view.query));
    }
    without_renames(&mut schema);
    schema
}

/// Whether the check of a text enum contains the label.
fn contains_label(check: &Expr, label: &str) -> bool {
    matches!(check, Expr::Sql(check) if has_text(check, label))
}

/// Removes renames and allowances, which are done after the migration. A rename stays if something still has the old
/// name: then the names do not show that it is done.
fn without_renames(schema: &mut Schema) {
    for sql_enum in &mut schema.enums {
        let labels = &sql_enum.labels;
        let renamed = &mut sql_enum.renamed_labels;
        renamed.retain(|label| labels.contains(&label.from));
    }
    let tables = schema.tables.iter();
    let tables: Vec<_> = tables.map(|table| table.name.clone()).collect();
    for table in &mut schema.tables {
        table.allow.clear();
        let own = table.name.schema.as_ref();
        let is_there = |from: &String| {
            let mut tables = tables.iter();
            tables.any(|name| name.name == *from && name.schema.as_ref() == own)
        };
        table.renamed_from = table.renamed_from.take().filter(is_there);
        let checks = table.checks.iter();
        let checks: Vec<_> = checks.map(|check| check.condition.clone()).collect();
        let columns = table.columns.iter();
        let columns: Vec<_> = columns.map(|column| column.name.clone()).collect();
        for column in &mut table.columns {
            let from = column.renamed_from.take();
            column.renamed_from = from.filter(|from| columns.contains(from));
            let renamed = &mut column.renamed_labels;
            renamed.retain(|label| {
                checks
                    .iter()
                    .any(|check| contains_label(check, &label.from))
            });
            column.allow.clear();
        }
    }
}
