//! What a schema says should be in the database.

use std::iter;

use crate::ir::{QualifiedName, Query, Schema, Table, View};
use crate::model::{Ownership, SchemaDef};

/// A table or a view that should be there.
pub(super) struct Wanted<'s> {
    pub(super) name: &'s QualifiedName,
    pub(super) kind: Kind<'s>,
    pub(super) columns: Vec<&'s str>,
}

/// What it is.
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

/// What the application's role may do with the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It reaches those of one owner.
    Owned,
    /// It reads all.
    Shared,
    /// It has no right on them.
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

/// The tables, the audit trail behind them, and the views.
pub(super) fn of<'s>(def: &SchemaDef, built: &'s Schema) -> Vec<Wanted<'s>> {
    let standings = def.tables.iter().map(|table| Standing::of(table.ownership));
    // What is built beside the tables of the list is the audit trail.
    let standings = standings.chain(iter::repeat(Standing::Closed));
    let tables: Vec<_> = built.tables.iter().zip(standings).map(table).collect();
    // Those of rows that are not deleted are built first.
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

/// The view of some rows of a table.
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
