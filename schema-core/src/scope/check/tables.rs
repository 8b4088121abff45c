//! Whether row-level security is enabled, and forced so that it holds a table's owner too.

use super::relations::Relation;
use super::wanted::Kind;
use crate::error::refusal::Refusal;

/// Refuses a table that the schema says is held and the database does not hold. It was read with the names; this asks nothing.
pub(super) fn refuse_open(relations: &[Relation<'_>]) -> Result<(), Refusal> {
    match relations.iter().find(|relation| is_open(relation)) {
        Some(relation) => Err(Refusal::Open(relation.name())),
        None => Ok(()),
    }
}

fn is_open(relation: &Relation<'_>) -> bool {
    match relation.wanted.kind {
        Kind::Table { table, .. } => table
            .row_security
            .is_some_and(|wanted| !relation.row_security || (wanted.force && !relation.forced)),
        Kind::View { .. } => false,
    }
}
