//! Full-text search.

use super::columns::repeated;
use super::expressions::known_column;
use crate::ast::Table;
use crate::errors::Errors;
use crate::keys::SYSTEM_COLUMNS;

pub(super) fn columns(table: &Table, errors: &Errors) {
    let Some(search) = &table.search else {
        return;
    };
    let columns: Vec<_> = search.parts.iter().map(|part| &part.column).collect();
    repeated(&columns, errors);
    for ident in columns {
        known_column(table, ident, errors);
        let Some(column) = table.column(ident) else {
            continue;
        };
        if column.generated.is_some() {
            errors.push_at(
                ident.span(),
                format!("`{ident}` is generated, and the search column is too; a generated column can only use plain ones"),
            );
        }
        if column.secret.is_some() {
            errors.push_at(
                ident.span(),
                format!("`{ident}` is `secret`, and the search column would contain its words; remove one of the two"),
            );
        }
    }
}

/// The database generates the search column, so its name must differ from the names of the other columns.
pub(super) fn name(table: &Table, errors: &Errors) {
    let Some(name) = table.search.as_ref().map(|search| &search.column) else {
        return;
    };
    let field = table
        .columns
        .iter()
        .find(|column| column.name.value == name.value);
    if let Some(field) = field {
        let message = format!(
            "the search column is named `{}`, but the column of the field `{}` has that name; write another `column = ..`",
            name.value, field.field
        );
        errors.push_at(name.span, message);
    }
    if SYSTEM_COLUMNS.contains(&name.value.as_str()) {
        let message = format!(
            "every PostgreSQL table has a system column `{}`; choose another `column = ..`",
            name.value
        );
        errors.push_at(name.span, message);
    }
}
