//! What is written into a foreign key: that the row it leads to is the owner's too.
//!
//! PostgreSQL's own check of a foreign key sees every row. Where the key carries the scope that is enough; where it does not,
//! the statement asks, and a row of somebody else's is as good as none.

use super::reach;
use super::relation::Meta;
use super::writer::Writer;
use crate::ddl;
use crate::error::Error;
use crate::model::{ForeignKeyDef, Ownership};
use crate::rules;

/// The foreign keys of which a statement that sets these columns has to ask whose the referenced row is.
pub(super) fn unheld(meta: &'static Meta, set: &[usize]) -> Vec<(usize, &'static ForeignKeyDef)> {
    let Some(def) = meta.table_def() else {
        return Vec::new();
    };
    let asked = |position: &usize| {
        let column = def.columns.get(*position)?;
        let key = reach::single_column_key(def, column.name)?;
        let held = matches!(key.target().ownership, Ownership::Shared)
            || rules::carries_scope(def, key).is_some();
        (!held).then_some((*position, key))
    };
    set.iter().filter_map(asked).collect()
}

/// Writes that `value`, as it stands in the statement, is null or leads to a row that can be reached.
pub(super) fn write_reachable(writer: &mut Writer<'_>, key: &'static ForeignKeyDef, value: &str) {
    writer.push("(");
    writer.push(value);
    writer.push(" IS NULL OR EXISTS (SELECT 1 FROM ");
    let parent = (key.target().def)();
    let alias = writer.next_parent();
    writer.push(&ddl::qualified(&parent.name));
    writer.push(" AS ");
    writer.alias('p', alias);
    writer.push(" WHERE ");
    writer.alias('p', alias);
    writer.push(".");
    writer.push(&ddl::identifier(key.target().column));
    writer.push(" = ");
    writer.push(value);
    reach::write_parent(writer, parent, alias);
    writer.push("))");
}

/// The error of a row that is not to be reached: that of one that is not there.
pub(super) fn violation(meta: &'static Meta, key: &'static ForeignKeyDef) -> Error {
    let constraints = meta.constraints();
    let named = constraints.and_then(|table| {
        let has_columns = |own: &&crate::ir::ForeignKey| own.columns == key.columns;
        table.foreign_keys.iter().find(has_columns)
    });
    Error::ForeignKey {
        table: meta.table_name().name.to_owned(),
        constraint: named.map(|key| key.name.clone()).unwrap_or_default(),
        columns: key
            .columns
            .iter()
            .map(|&column| column.to_owned())
            .collect(),
    }
}
