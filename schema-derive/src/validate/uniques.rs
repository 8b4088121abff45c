//! Unique constraints and unique indexes of tables whose rows have an owner or are soft-deleted.

use proc_macro2::Span;
use syn::Ident;

use super::allow::{allowed, or_allow};
use crate::ast::{Column, Expr, Ownership, Table, unraw};
use crate::errors::Errors;

/// What these rules need of a unique constraint or a unique index.
struct Unique<'a> {
    span: Span,
    columns: Vec<&'a Ident>,
    /// Whether it contains an expression, so that its columns do not describe it completely.
    has_expression: bool,
    is_partial: bool,
}

fn uniques(table: &Table) -> impl Iterator<Item = Unique<'_>> {
    let constraints = table.uniques.iter().map(|unique| Unique {
        span: unique.span,
        columns: unique.columns.iter().collect(),
        has_expression: false,
        is_partial: false,
    });
    let indexes = table
        .indexes
        .iter()
        .filter(|index| index.unique)
        .map(|index| Unique {
            span: index.span,
            columns: index
                .parts
                .iter()
                .flat_map(|part| Expr::columns(&part.value))
                .collect(),
            has_expression: index.parts.iter().any(|part| part.column().is_none()),
            is_partial: index.filter.is_some(),
        });
    constraints.chain(indexes)
}

impl Unique<'_> {
    /// The column, if there is only one.
    fn only_column<'t>(&self, table: &'t Table) -> Option<&'t Column> {
        match self.columns.as_slice() {
            [only] => table.column(only),
            _ => None,
        }
    }

    fn has(&self, table: &Table, column: &Ident) -> bool {
        let name = |ident: &Ident| table.column(ident).map(|column| column.name.value.as_str());
        self.columns
            .iter()
            .any(|own| name(own).is_some() && name(own) == name(column))
    }

    /// The columns, for a message.
    fn listed(&self) -> String {
        let columns: Vec<_> = self.columns.iter().map(|column| unraw(column)).collect();
        columns.join(", ")
    }

    /// The content of the list in a suggestion: `..` if it has an expression.
    fn parts(&self) -> String {
        if self.has_expression {
            "..".to_owned()
        } else {
            self.listed()
        }
    }
}

/// A soft-deleted row keeps its unique value, so no new row can use the value.
pub(super) fn soft_delete_unique(table: &Table, errors: &Errors) {
    const RULE: &str = "soft_delete_unique";
    let Some(deleted_at) = table.columns.iter().find(|column| column.is_deleted_at()) else {
        return;
    };
    for unique in uniques(table).filter(|unique| !unique.is_partial) {
        if allowed(table, unique.only_column(table), RULE) {
            continue;
        }
        let (columns, parts) = (unique.listed(), unique.parts());
        let deleted_at = &deleted_at.field_name;
        let message = format!(
            "a deleted row keeps its `{columns}`, so no new row can have the same; write `#[table(unique({parts}, where = {deleted_at}.is_null()))]` instead{}",
            or_allow(RULE)
        );
        errors.push_at(unique.span, message);
    }
}

/// A value that is unique over all users reveals to one user that another user has it.
pub(super) fn unique_across_scopes(table: &Table, errors: &Errors) {
    const RULE: &str = "unique_across_scopes";
    let Some(Ownership::Scope(scope) | Ownership::Through(scope)) = table.ownership() else {
        return;
    };
    for unique in uniques(table).filter(|unique| !unique.has(table, scope)) {
        if allowed(table, unique.only_column(table), RULE) {
            continue;
        }
        let (columns, parts) = (unique.listed(), unique.parts());
        let message = format!(
            "`{columns}` is unique over all users, so a user learns which values others have; write `#[table(unique({scope}, {parts}))]` instead{}",
            or_allow(RULE)
        );
        errors.push_at(unique.span, message);
    }
}
