//! Whether a scope may run raw SQL.

use crate::error::Error;
use crate::model::{ColumnDef, Isolation, Ownership, SchemaDef, TableDef};
use crate::query::{Enforcement, Kind};

/// What confines raw SQL to the rows of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RawSql {
    /// Row-level security, which `connect` has checked on every table of the schema.
    Confined,
    /// Nothing confines raw SQL to the rows of a scope.
    Unconfined,
    /// The scope's key has another type than the keys of the schema's owners, so it may be the key of something else.
    OtherKey,
}

impl RawSql {
    /// For a scope with keys of this Rust type, or for no owner if `key` is `None`.
    pub(super) fn of(isolation: &Isolation, schema: Option<&SchemaDef>, key: Option<&str>) -> Self {
        let (Isolation::RowSecurity(_), Some(schema)) = (isolation, schema) else {
            return Self::Unconfined;
        };
        match key {
            Some(key) if !is_owners(schema, key) => Self::OtherKey,
            _ => Self::Confined,
        }
    }

    /// What prevents the expressions of statements from seeing the rows of other owners.
    pub(super) const fn enforcement(self) -> Enforcement {
        match self {
            Self::Confined => Enforcement::ByDatabase,
            Self::Unconfined | Self::OtherKey => Enforcement::ByPredicates,
        }
    }

    /// Checks that a statement of this kind may be run.
    ///
    /// # Errors
    ///
    /// [`Error::Statement`] if it is raw SQL and nothing confines it.
    pub(super) fn permit(self, kind: Kind) -> Result<(), Error> {
        match (kind, self) {
            (Kind::Read | Kind::Write, _) | (Kind::Raw, Self::Confined) => Ok(()),
            (Kind::Raw, Self::Unconfined) => Err(UNCONFINED),
            (Kind::Raw, Self::OtherKey) => Err(OTHER_KEY),
        }
    }
}

const UNCONFINED: Error = Error::Statement(
    "raw SQL and calls run in a scope only under row-level security; isolate the schema by row-level security and give it to `Db::builder(..).schema(..)`, or use `db.unscoped(\"why\")`",
);

const OTHER_KEY: Error = Error::Statement(
    "raw SQL and calls need a scope with the owners' key type, and this scope's key has another type; make the scope from a key of the owners' table",
);

/// Whether the keys of the schema's owners have the Rust type of this name.
fn is_owners(schema: &SchemaDef, key: &str) -> bool {
    let columns = schema.tables.iter().filter_map(|table| owner_column(table));
    columns
        .into_iter()
        .any(|column| (column.rust_type)() == key)
}

/// The column that holds the owner of a row.
fn owner_column(table: &TableDef) -> Option<&ColumnDef> {
    match table.ownership {
        Ownership::Owner => table.column(table.primary_key.columns.first()?),
        Ownership::Scope(column) => table.column(column),
        Ownership::Through(_) | Ownership::Shared | Ownership::Internal => None,
    }
}
