//! Facts about a whole schema that several kinds of objects depend on.

use crate::model::{ColumnDef, Isolation, RowSecurityDef, SchemaDef};

/// The row-level security of the schema's isolation, if any table is not shared.
pub(super) fn row_security(def: &SchemaDef) -> Option<RowSecurityDef> {
    match def.isolation_in_use() {
        Isolation::RowSecurity(isolation) => Some(isolation),
        Isolation::Predicate => None,
    }
}

/// Whether any table is audited.
pub(super) fn is_audited(def: &SchemaDef) -> bool {
    def.tables.iter().any(|table| table.audit)
}

pub(super) fn all_columns(def: &SchemaDef) -> impl Iterator<Item = &'static ColumnDef> {
    def.tables.iter().flat_map(|table| table.columns)
}
