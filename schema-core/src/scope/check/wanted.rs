//! The tables and views that a schema needs in the database.

use std::iter;

use crate::ir::{QualifiedName, Query, Schema, Table, View};
use crate::model::{Ownership, SchemaDef};

/// A table or a view that must exist.
pub(super) struct Wanted<'s> {
    pub(super) name: &'s QualifiedName,
    pub(super) kind: Kind<'s>,
    pub(super) columns: Vec<&'s str>,
}

/// The kind of a relation.
#[derive(Clone, Copy)]
pub(super) enum Kind<'s> {
    Table {
        table: &'s Table,
        standing: Standing,
    },
    View {
        view: &'s View,
        standing: Standing,
    },
}

/// What the application's role may do with the rows of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The role reaches the rows of one owner.
    Owned,
    /// The role reads all rows.
    Shared,
    /// The role has no rights on the relation.
    Closed,
}

impl Standing {
    const fn of(ownership: Ownership) -> Self {
        match ownership {
            Ownership::Owner | Ownership::Scope(_) | Ownership::Through(_) => Self::Owned,
            Ownership::Shared => Self::Shared,
            Ownership::Internal => Self::Closed,
        }
    }
}

/// The tables, the tables of the audit trail after them, and the views.
pub(super) fn of<'s>(def: &SchemaDef, built: &'s Schema) -> Vec<Wanted<'s>> {
    let standings = def.tables.iter().map(|table| Standing::of(table.ownership));
    // The tables that are built in addition to those of the list are the audit trail.
    let standings = standings.chain(iter::repeat(Standing::Closed));
    let tables: Vec<_> = built.tables.iter().zip(standings).map(table).collect();
    // Views of the rows that are not deleted are built first.
    let made = built.views.len().saturating_sub(def.views.len());
    let of_rows = built.views.iter().take(made);
    let of_rows = of_rows.map(|view| rows(view, &tables)).collect::<Vec<_>>();
    let written = built.views.iter().skip(made).zip(def.views);
    let written = written.map(|(view, def)| Wanted {
        name: &view.name,
        kind: Kind::View {
            view,
            standing: Standing::of(def.ownership),
        },
        columns: def.columns.iter().map(|column| column.name).collect(),
    });
    let written: Vec<_> = written.collect();
    tables.into_iter().chain(of_rows).chain(written).collect()
}

fn table((table, standing): (&Table, Standing)) -> Wanted<'_> {
    Wanted {
        name: &table.name,
        kind: Kind::Table { table, standing },
        columns: table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect(),
    }
}

/// A view over the rows of a table that are not deleted.
fn rows<'s>(view: &'s View, tables: &[Wanted<'s>]) -> Wanted<'s> {
    let (of, columns) = match &view.query {
        Query::Rows { table, columns, .. } => (Some(table), columns.as_slice()),
        Query::Source(_) => (None, [].as_slice()),
    };
    let table = tables.iter().find(|table| Some(table.name) == of);
    let standing = table.map_or(Standing::Owned, |table| match table.kind {
        Kind::Table { standing, .. } | Kind::View { standing, .. } => standing,
    });
    Wanted {
        name: &view.name,
        kind: Kind::View { view, standing },
        columns: columns.iter().map(String::as_str).collect(),
    }
}
