//! What no user can reach: internal tables, their views of rows that are not deleted, and internal views.

use crate::ir::QualifiedName;
use crate::model::{Ownership, SchemaDef, TableName};

/// Whether the table or view of this name is internal.
pub(super) fn is(def: &SchemaDef, name: &QualifiedName) -> bool {
    ownership(def, name).is_some_and(Ownership::is_internal)
}

/// The ownership of the table or view of this name; `None` if no struct declares it, like the audit trail.
pub(in crate::ir) fn ownership(def: &SchemaDef, name: &QualifiedName) -> Option<Ownership> {
    let is_it = |other: &TableName| QualifiedName::from(other) == *name;
    let tables = def.tables.iter().flat_map(|table| {
        let active_view = table
            .active_view
            .map(|view| TableName::new(table.name.schema, view));
        let names = [Some(table.name), active_view];
        names
            .into_iter()
            .flatten()
            .map(|name| (name, table.ownership))
    });
    let views = def.views.iter().map(|view| (view.name, view.ownership));
    let mut all = tables.chain(views);
    let found = all.find(|(name, _)| is_it(name));
    found.map(|(_, ownership)| ownership)
}
