//! Views of the expanded schema.
//!
//! A dropped view stays if everything that it reads stays the same. A view over the rows of a table has the columns
//! that stay.

use super::at_once::AtOnce;
use crate::diff::{Change, Object};
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{self, QualifiedName, Query, Schema};
use freehold_schema_core::sql::mentions;

/// The relations and columns that a view may read and that are not the same any more.
pub(super) struct Gone<'a> {
    /// Tables and views that are renamed, replaced, or cannot stay.
    relations: Vec<&'a str>,
    /// Columns that cannot stay.
    columns: &'a [AtOnce],
}

impl<'a> Gone<'a> {
    pub(super) fn of(middle: &Schema, changes: &'a [Change], columns: &'a [AtOnce]) -> Self {
        let relations = changes.iter().filter_map(|change| match change {
            Change::RenameTable { from, .. } => Some(&from.name),
            Change::Replace {
                old: Object::View(view),
                ..
            } => Some(&view.name.name),
            Change::Drop(Object::Table(table)) => {
                let stays = middle.expansion.has_relation(&table.name);
                (!stays).then_some(&table.name.name)
            }
            _ => None,
        });
        Self {
            relations: relations.map(String::as_str).collect(),
            columns,
        }
    }

    fn is_read(&self, query: &str) -> bool {
        let mut columns = self.columns.iter();
        self.relations.iter().any(|name| mentions(query, name))
            || columns.any(|column| {
                mentions(query, &column.table.name) && mentions(query, &column.column)
            })
    }
}

/// Adds the columns that stay to the views over the rows of their table, if the views had them.
pub(super) fn keep_columns(middle: &mut Schema, before: &Schema, printer: Printer<'_>) {
    for view in &mut middle.views {
        let Query::Rows { table, columns, .. } = &mut view.query else {
            continue;
        };
        let old = before.views.iter().find(|old| old.name == view.name);
        let old = old.map(|old| printer.query(&old.query)).unwrap_or_default();
        let kept = middle.expansion.names_of(table);
        let missing = kept.filter(|name| !columns.iter().any(|own| own == name));
        let had: Vec<_> = missing
            .filter(|name| mentions(&old, name))
            .map(str::to_owned)
            .collect();
        columns.extend(had);
    }
}

/// The views that cannot stay, and those that read one of them.
pub(super) fn lost(schema: &Schema, gone: &Gone<'_>, printer: Printer<'_>) -> Vec<QualifiedName> {
    let mut lost: Vec<QualifiedName> = Vec::new();
    for object in ir::ordered(schema).objects {
        let ir::Object::View(view) = object else {
            continue;
        };
        let query = printer.query(&view.query);
        let mut read = lost.iter().map(|name| &name.name);
        if gone.is_read(&query) || read.any(|name| mentions(&query, name)) {
            lost.push(view.name.clone());
        }
    }
    lost
}
