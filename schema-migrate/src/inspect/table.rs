//! Assembles tables from their parts.

use super::owner::Owners;
use super::relation::{Relation, oids};
use super::session::CatalogReader;
use super::types::Types;
use super::unsupported::Unsupported;
use super::{InspectError, column, constraint, index, partition, policy, trigger};
use freehold_schema_core::ir::{RowSecurity, Table};

pub(super) async fn tables(
    session: &mut CatalogReader<'_>,
    relations: Vec<Relation>,
    types: &Types,
    owners: &mut Owners,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<Table>, InspectError> {
    let all = oids(&relations);
    let partitioned = oids(relations.iter().filter(|table| table.is_partitioned()));
    let mut columns = column::columns(session, &all, types).await?;
    let mut constraints = constraint::constraints(session, &all).await?;
    let mut indexes = index::indexes(session, &all, unsupported).await?;
    let mut triggers = trigger::triggers(session, &all).await?;
    let mut policies = policy::policies(session, &all).await?;
    let mut strategies = partition::strategies(session, &partitioned).await?;
    let mut partitions = partition::partitions(session, &partitioned, unsupported).await?;
    let tables = relations.into_iter().map(|relation| {
        let oid = relation.oid;
        let mut table = Table {
            columns: columns.take(oid),
            indexes: indexes.take(oid),
            triggers: triggers.take(oid),
            row_security: row_security(&relation),
            policies: policies.take(oid),
            partition_by: strategies.take(oid).pop(),
            partitions: partitions.take(oid),
            ..Table::new(relation.qualified())
        };
        for constraint in constraints.take(oid) {
            constraint.add_to(&mut table);
        }
        owners.add(&table.name, relation.owner);
        table.comment = relation.comment;
        table
    });
    Ok(tables.collect())
}

fn row_security(relation: &Relation) -> Option<RowSecurity> {
    relation.row_security.then_some(RowSecurity {
        force: relation.force_row_security,
    })
}
