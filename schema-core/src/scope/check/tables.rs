//! Checks that row-level security is enabled, and forced so that it also applies to a table's owner.

use super::relations::Relation;
use super::wanted::Kind;
use crate::error::refusal::Refusal;

/// Refuses a table that lacks the row-level security which the schema declares. It uses what was read with the names.
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
