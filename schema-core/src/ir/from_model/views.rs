//! Views: those written by hand, and those of rows that are not deleted.

use super::facts::row_security;
use super::index;
use crate::ir::QualifiedName;
use crate::ir::names::Names;
use crate::ir::{Expr, Query, View};
use crate::model::{IndexDef, Role, SchemaDef, TableDef, ViewDef};

pub(super) fn views(def: &SchemaDef) -> Vec<View> {
    let of_tables = def.tables.iter().filter_map(|table| active_view(table));
    let written = def.views.iter().map(|view| self::view(def, view));
    of_tables.chain(written).collect()
}

fn view(schema: &SchemaDef, def: &ViewDef) -> View {
    let comments = def.columns.iter().filter_map(|column| {
        let text = column.comment?;
        Some((column.name.to_owned(), text.to_owned()))
    });
    View {
        name: (&def.name).into(),
        comment: def.comment.map(str::to_owned),
        column_comments: comments.collect(),
        query: Query::Source(def.query.to_owned()),
        materialized: def.materialized,
        security_invoker: def.security_invoker,
        owner: owner(schema, def),
        indexes: indexes(def),
    }
}

/// The owner of a materialized view. Row-level security would leave the view empty for a role that does not bypass it.
fn owner(schema: &SchemaDef, def: &ViewDef) -> Option<String> {
    let admin = row_security(schema).and_then(|isolation| isolation.admin);
    admin.filter(|_| def.materialized).map(str::to_owned)
}

fn indexes(def: &ViewDef) -> Vec<crate::ir::Index> {
    let mut names = Names::default();
    for given in def.indexes.iter().filter_map(|index| index.name) {
        names.given(given);
    }
    let index = |index: &IndexDef| {
        let words = index.parts.iter().map(|part| index::part_name(&part.value));
        let name = index.name.map_or_else(
            || names.by_convention("idx", def.name.name, words),
            str::to_owned,
        );
        index::index(index, name)
    };
    def.indexes.iter().map(index).collect()
}

/// The view of a table's rows whose `deleted_at` is null.
fn active_view(def: &TableDef) -> Option<View> {
    let name = def.active_view?;
    let deleted_at = def
        .columns
        .iter()
        .find(|column| column.role == Some(Role::DeletedAt))?;
    let columns = def.columns.iter().map(|column| column.name.to_owned());
    Some(View {
        name: QualifiedName::new(def.name.schema, name),
        comment: None,
        column_comments: Vec::new(),
        query: Query::Rows {
            table: (&def.name).into(),
            columns: columns.collect(),
            filter: Expr::IsNull {
                operand: Box::new(Expr::Column(deleted_at.name.to_owned())),
                negated: false,
            },
        },
        materialized: false,
        security_invoker: true,
        owner: None,
        indexes: Vec::new(),
    })
}
