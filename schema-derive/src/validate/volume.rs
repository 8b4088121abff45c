//! The volume of a table.

use super::columns::repeated;
use super::expressions::known_column;
use crate::ast::Table;
use crate::errors::Errors;

pub(super) fn columns(table: &Table, errors: &Errors) {
    let Some(volume) = &table.volume else {
        return;
    };
    let columns: Vec<_> = volume.widths.iter().map(|width| &width.column).collect();
    repeated(&columns, errors);
    for column in columns {
        known_column(table, column, errors);
    }
}

/// A number of new rows alone says when a table outgrows its machine, but not how large it is.
pub(super) fn rows(table: &Table, errors: &Errors) {
    let Some(volume) = &table.volume else {
        return;
    };
    if volume.rows.is_none() {
        errors.push_at(
            volume.span,
            "`volume(..)` needs the number of rows at first: `volume(rows = 1_000_000)`; `per_day` is the number of rows that each day adds",
        );
    }
}
