use freehold_schema_core::model::{Ownership, Role, TableDef, ViewDef};

use super::column::ColumnFacts;
use super::finder::{Finder, finders};

/// What the structs know of a table beside its objects.
#[derive(Clone, Debug)]
pub struct TableFacts {
    /// The definition.
    pub def: &'static TableDef,
    /// Who owns the rows.
    pub ownership: Ownership,
    /// The columns, in the order of the fields.
    pub columns: Vec<ColumnFacts>,
    /// The finders, such as `by_status`.
    pub finders: Vec<Finder>,
    /// The column that marks deleted rows.
    pub deleted_at: Option<&'static str>,
}

impl TableFacts {
    pub(super) fn of(def: &'static TableDef) -> Self {
        let columns: Vec<_> = def.columns.iter().map(ColumnFacts::of).collect();
        let mut marks = columns
            .iter()
            .filter(|column| column.role == Some(Role::DeletedAt));
        Self {
            def,
            ownership: def.ownership,
            deleted_at: marks.next().map(|column| column.name),
            finders: finders(def),
            columns,
        }
    }

    /// The facts of the column `name`.
    pub fn column(&self, name: &str) -> Option<&ColumnFacts> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The Rust module of the struct, and its name.
    pub fn path(&self) -> (&'static str, &'static str) {
        let path = self.def.path;
        path.rsplit_once("::").unwrap_or(("", path))
    }

    /// The scope column: the column of each row that holds its owner.
    pub fn scope(&self) -> Option<&'static str> {
        match self.ownership {
            Ownership::Scope(column) => Some(column),
            _ => None,
        }
    }

    /// Whether its rows are the owners.
    pub fn is_owner(&self) -> bool {
        self.ownership == Ownership::Owner
    }
}

/// What the structs know of a view beside its query.
#[derive(Clone, Debug)]
pub struct ViewFacts {
    /// The definition.
    pub def: &'static ViewDef,
    /// Who owns the rows.
    pub ownership: Ownership,
}

impl ViewFacts {
    pub(super) fn of(def: &'static ViewDef) -> Self {
        Self {
            def,
            ownership: def.ownership,
        }
    }
}
