//! `active_view`, the view of the rows that are not deleted.

use crate::ast::{Column, Table};
use crate::errors::Errors;

pub(super) fn name(table: &Table, errors: &Errors) {
    let own = table
        .active_view
        .iter()
        .find(|view| view.value == table.name.value);
    if let Some(view) = own {
        let message = format!(
            "`{}` is the name of the table; write another name for the view",
            view.value
        );
        errors.push_at(view.span, message);
    }
}

pub(super) fn deleted_at(table: &Table, errors: &Errors) {
    let is_soft = table.columns.iter().any(Column::is_deleted_at);
    if let (Some(view), false) = (&table.active_view, is_soft) {
        errors.push_at(
            view.span,
            "`active_view` shows the rows that are not deleted, but this table has no `deleted_at` column; add `#[column(deleted_at)] pub deleted_at: Option<DateTime<Utc>>`",
        );
    }
}
