//! Two releases of an application at the same time: the schema on which the running release and the next one both work.
//!
//! A column or a table that the next release does not know stays until no process uses it, and a renamed column exists
//! under both names. A change of the schema then takes two migrations. The first leads to this schema before the next
//! release is rolled out (expand). The second leads to the new schema after the last process of the older release has
//! ended (contract). Both are ordinary plans.

mod at_once;
mod columns;
mod limits;
mod objects;
mod parts;
mod renamed_columns;
mod secrets;
mod views;

pub use at_once::AtOnce;

use crate::diff::{Change, Diff};
use freehold_schema_core::ddl::Dialect;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{QualifiedName, Schema};

/// The schema between two releases.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expanded {
    /// The schema that both releases work on. [`Schema::expansion`] lists the parts that only the older one uses.
    pub schema: Schema,
    /// The columns that cannot exist for both releases. They change at once, with their hazards.
    pub at_once: Vec<AtOnce>,
}

/// The schema on which the release of `old` and the release of `new` both work.
///
/// Dropped tables and views stay. Dropped columns stay, and become nullable if the next release would have to set them.
/// A renamed column exists under both names, with a trigger that keeps them equal. Indexes and unique constraints on
/// these columns stay. A check or a foreign key stays unless it could refuse rows of the next release, which does not
/// know the column.
///
/// If `old` is already such a schema for `new`, the result is the same schema.
///
/// ```
/// use freehold_schema_migrate::expand::expand;
/// use freehold_schema_core::{Postgres, Schema};
///
/// let (old, new) = (Schema::default(), Schema::default());
/// assert_eq!(expand(&old, &new, &Postgres).schema, new);
/// ```
pub fn expand(old: &Schema, new: &Schema, dialect: &dyn Dialect) -> Expanded {
    let printer = Printer::new(dialect);
    // The old tables under their new names, with the old column names.
    let unrenamed = Diff::between(old, &without_column_renames(new, |_, _| true));
    let before = unrenamed.renamed;
    let recreated: Vec<_> = unrenamed
        .changes
        .iter()
        .filter_map(Change::recreated_table)
        .collect();
    let renamed = Diff::between(old, new).changes;
    let found = renamed_columns::find(&before, new, (&renamed, &recreated), printer);
    let mut middle = without_column_renames(new, |table, to| {
        let mut pairs = found.pairs.iter();
        pairs.any(|pair| pair.table == *table && pair.new.name == to)
    });
    let diff = Diff::between(&before, &without_table_renames(&middle));
    // The schema that the changes start from.
    let before = diff.renamed;
    let mut at_once = found.at_once;
    renamed_columns::add(&mut middle, &found.pairs);
    at_once.extend(columns::keep(&mut middle, &before, &diff.changes, printer));
    let renamed_tables = renamed
        .into_iter()
        .filter(|change| matches!(change, Change::RenameTable { .. }));
    let changes: Vec<_> = diff.changes.iter().cloned().chain(renamed_tables).collect();
    objects::keep(&mut middle, &before, (&changes, &at_once), printer);
    parts::keep(&mut middle, &before, &diff.changes, &found.pairs, printer);
    views::keep_columns(&mut middle, &before, printer);
    secrets::keep(&mut middle, &before);
    Expanded {
        schema: middle,
        at_once,
    }
}

/// The schema without declared renames of tables, for a comparison with a schema that already has the new names.
/// Otherwise two swapped tables would be swapped again.
fn without_table_renames(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    for table in &mut schema.tables {
        table.renamed_from = None;
    }
    schema
}

/// The schema without the declared renames of the columns that `is_meant` selects.
fn without_column_renames(
    schema: &Schema,
    is_meant: impl Fn(&QualifiedName, &str) -> bool,
) -> Schema {
    let mut schema = schema.clone();
    for table in &mut schema.tables {
        let columns = table.columns.iter_mut();
        for column in columns.filter(|column| is_meant(&table.name, &column.name)) {
            column.renamed_from = None;
        }
    }
    schema
}
