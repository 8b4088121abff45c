//! All expressions of a schema, mutable.

#[cfg(feature = "serde")]
use super::{Argument, Domain, Query, Returns, Routine, Schema, View};
use super::{Expr, Index, Partition, PartitionBound, Policy, Table};

#[cfg(feature = "serde")]
impl Schema {
    /// All expressions of the schema, except those in bodies that Freehold generates.
    pub fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let mut exprs = Vec::new();
        exprs.extend(self.domains.iter_mut().flat_map(of_domain));
        exprs.extend(self.routines.iter_mut().flat_map(of_routine));
        exprs.extend(self.tables.iter_mut().flat_map(Table::exprs_mut));
        exprs.extend(self.views.iter_mut().flat_map(of_view));
        exprs
    }
}

impl Table {
    /// All expressions of the table.
    pub fn exprs_mut(&mut self) -> Vec<&mut Expr> {
        let mut exprs = Vec::new();
        for column in &mut self.columns {
            exprs.extend(column.default.iter_mut().chain(&mut column.generated));
        }
        exprs.extend(self.checks.iter_mut().map(|check| &mut check.condition));
        exprs.extend(self.indexes.iter_mut().flat_map(of_index));
        let triggers = self.triggers.iter_mut();
        exprs.extend(triggers.filter_map(|trigger| trigger.when.as_mut()));
        exprs.extend(self.policies.iter_mut().flat_map(of_policy));
        exprs.extend(self.partitions.iter_mut().flat_map(of_partition));
        exprs
    }
}

fn of_index(index: &mut Index) -> impl Iterator<Item = &mut Expr> {
    let parts = index.parts.iter_mut().map(|part| &mut part.value);
    parts.chain(&mut index.filter)
}

fn of_policy(policy: &mut Policy) -> impl Iterator<Item = &mut Expr> {
    policy.using.iter_mut().chain(&mut policy.with_check)
}

fn of_partition(partition: &mut Partition) -> Vec<&mut Expr> {
    match &mut partition.bound {
        PartitionBound::Range(from, to) => from.iter_mut().chain(to).collect(),
        PartitionBound::List(values) => values.iter_mut().collect(),
        PartitionBound::Hash(..) | PartitionBound::Default => Vec::new(),
    }
}

#[cfg(feature = "serde")]
fn of_domain(domain: &mut Domain) -> impl Iterator<Item = &mut Expr> {
    domain.checks.iter_mut().map(|check| &mut check.condition)
}

#[cfg(feature = "serde")]
fn of_routine(routine: &mut Routine) -> Vec<&mut Expr> {
    let mut exprs: Vec<_> = of_arguments(&mut routine.arguments).collect();
    if let Returns::Table(columns) = &mut routine.returns {
        exprs.extend(of_arguments(columns));
    }
    exprs
}

#[cfg(feature = "serde")]
fn of_arguments(arguments: &mut [Argument]) -> impl Iterator<Item = &mut Expr> {
    arguments
        .iter_mut()
        .filter_map(|argument| argument.default.as_mut())
}

#[cfg(feature = "serde")]
fn of_view(view: &mut View) -> Vec<&mut Expr> {
    let mut exprs: Vec<_> = view.indexes.iter_mut().flat_map(of_index).collect();
    if let Query::Rows { filter, .. } = &mut view.query {
        exprs.push(filter);
    }
    exprs
}
