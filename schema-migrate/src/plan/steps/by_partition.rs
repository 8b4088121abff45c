//! Indexes and constraints of a partitioned table that exists before and after.
//!
//! Each partition gets its own first, while other sessions read and write. The table then takes over what its
//! partitions have, which takes a moment. It creates what is missing in partitions that the plan does not know.

use super::constraint::key;
use super::constraint::validation;
use super::index::build;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ddl::alter::unqualified;
use freehold_schema_core::ir::{ForeignKey, Index, IndexPart, PrimaryKey, QualifiedName, Unique};

/// The partitions that exist before and after the plan. Partitions that the plan creates have no rows yet.
fn kept(context: &Context<'_>, table: &QualifiedName) -> Vec<QualifiedName> {
    let (Some(old), Some(new)) = (context.old_table(table), context.new_table(table)) else {
        return Vec::new();
    };
    let is_kept = |name: &&str| new.partitions.iter().any(|part| part.name == **name);
    let names = old.partitions.iter().map(|part| part.name.as_str());
    names
        .filter(is_kept)
        .map(|name| QualifiedName::new(table.schema.as_deref(), name))
        .collect()
}

/// The name of a table's index or constraint in a partition. PostgreSQL's own names begin with the partition's name.
fn name_in(partition: &QualifiedName, name: &str) -> String {
    freehold_schema_core::ir::cut(&format!("{name}_{}", partition.name))
}

/// The index without the name of the table in its expressions, which a partition does not know.
fn of_partition(table: &QualifiedName, index: &Index) -> Index {
    let part = |part: &IndexPart| IndexPart {
        value: unqualified(table, &part.value),
        ..part.clone()
    };
    let filter = index.filter.as_ref();
    Index {
        parts: index.parts.iter().map(part).collect(),
        filter: filter.map(|filter| unqualified(table, filter)),
        ..index.clone()
    }
}

pub(in crate::plan) fn add_index(
    context: &Context<'_>,
    table: &QualifiedName,
    index: &Index,
) -> Vec<Step> {
    let printer = context.printer;
    let builds = kept(context, table).into_iter().map(|partition| {
        let own = Index {
            name: name_in(&partition, &index.name),
            ..of_partition(table, index)
        };
        build::build(context, &partition, &own)
    });
    let take = Step::new(Phase::Keys, build::title(table, index))
        .up(printer.create_index(table, index))
        .down(printer.drop_index(table, &index.name))
        .lock_there(table, LockMode::Share)
        .lock_back(table, LockMode::AccessExclusive);
    let take = if may_have_unknown(context, table) {
        let advice = "first build it on each of them with `CONCURRENTLY`; the table then adopts it";
        let checks = index.unique.then(|| build::equal_rows(table));
        let take = reads_rows(table, take, "writes wait", advice);
        checks.into_iter().fold(take, Step::hazard)
    } else {
        take
    };
    builds.chain([take]).collect()
}

/// A primary key or a unique constraint, as a table and each of its partitions gets it.
pub(in crate::plan) trait Key {
    fn name(&self) -> &str;
    /// The index of the key, with the name that it has until the key is added.
    fn index(&self, name: &str) -> Index;
    fn add(&self, context: &Context<'_>, table: &QualifiedName) -> String;
    /// Adds the key with this name from the index.
    fn add_by(
        &self,
        context: &Context<'_>,
        partition: &QualifiedName,
        name: String,
        index: &str,
    ) -> String;
}

impl Key for Unique {
    fn name(&self) -> &str {
        &self.name
    }

    fn index(&self, name: &str) -> Index {
        key::index_of_unique(self, name)
    }

    fn add(&self, context: &Context<'_>, table: &QualifiedName) -> String {
        context.printer.add_unique(table, self)
    }

    fn add_by(
        &self,
        context: &Context<'_>,
        partition: &QualifiedName,
        name: String,
        index: &str,
    ) -> String {
        let own = Self {
            name,
            ..self.clone()
        };
        context.printer.add_unique_by_index(partition, &own, index)
    }
}

impl Key for PrimaryKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn index(&self, name: &str) -> Index {
        key::unique_index(name, &self.columns)
    }

    fn add(&self, context: &Context<'_>, table: &QualifiedName) -> String {
        context.printer.add_primary_key(table, self)
    }

    fn add_by(
        &self,
        context: &Context<'_>,
        partition: &QualifiedName,
        name: String,
        index: &str,
    ) -> String {
        let own = Self {
            name,
            ..self.clone()
        };
        context
            .printer
            .add_primary_key_by_index(partition, &own, index)
    }
}

/// Adds a key. The indexes have `building` in their names until the key is added from them.
///
/// The table is locked before its partitions, as a read does: in the other order, both could wait for each other.
pub(in crate::plan) fn add_key(
    context: &Context<'_>,
    table: &QualifiedName,
    key: &dyn Key,
    building: &str,
    step: Step,
    hazard: &Hazard,
) -> Vec<Step> {
    let printer = context.printer;
    let partitions = kept(context, table);
    let index_name = |partition: &QualifiedName| name_in(partition, building);
    let builds = partitions.iter().map(|partition| {
        let index = key.index(&index_name(partition));
        key::build(context, partition, &index).hazard(hazard.clone())
    });
    let of_indexes = partitions.iter().map(|partition| {
        let name = name_in(partition, key.name());
        key.add_by(context, partition, name, &index_name(partition))
    });
    let take = step
        .all_up((!partitions.is_empty()).then(|| lock(context, table, LockMode::AccessExclusive)))
        .all_up(of_indexes)
        .up(key.add(context, table))
        .down(printer.drop_constraint(table, key.name()))
        .lock(table, LockMode::AccessExclusive);
    let take = if may_have_unknown(context, table) {
        let advice = "first add it to each of them from an index that is built `CONCURRENTLY`; the table then adopts it";
        reads_rows(table, take, "reads and writes wait", advice).hazard(hazard.clone())
    } else {
        take
    };
    builds.chain([take]).collect()
}

/// Adds a foreign key. PostgreSQL before 18 has `NOT VALID` for a partition, but not for a partitioned table.
pub(in crate::plan) fn add_foreign_key(
    context: &Context<'_>,
    table: &QualifiedName,
    key: &ForeignKey,
    phase: Phase,
    orphans: &Hazard,
) -> Vec<Step> {
    let name = &key.name;
    let title = format!("add foreign key `{name}` to `{table}`");
    let both = context.is_partitioned(&key.target);
    if both || may_have_unknown(context, table) {
        let take = of_table(context, table, key, Step::new(phase, title));
        let take = take
            .lock_there(&key.target, LockMode::ShareRowExclusive)
            .lock_back(&key.target, LockMode::AccessExclusive);
        let take = if both {
            both_partitioned(table, key, take)
        } else {
            let advice = "first add it `NOT VALID` to each of them and validate it; the table then adopts it";
            reads_rows(table, take, "writes wait", advice)
        };
        return vec![take.hazard(orphans.clone())];
    }
    let partitions = kept(context, table);
    let validations = partitions.iter().map(|partition| {
        let step = validation::validate(context, partition, name).hazard(orphans.clone());
        step.lock(&key.target, LockMode::RowShare)
    });
    let mut steps = vec![reference_from_partitions(context, table, key, phase)];
    steps.extend(validations);
    // The statement replaces triggers that the partitions' keys have on the target, so it needs this strong lock. It is
    // taken at once: to strengthen a weaker one would deadlock with a reader that waits to write to the target.
    let take = Step::new(Phase::Tighten, title)
        .up(lock(context, table, LockMode::ShareRowExclusive))
        .up(lock(context, &key.target, LockMode::AccessExclusive))
        .lock(&key.target, LockMode::AccessExclusive);
    steps.push(of_table(context, table, key, take));
    steps
}

fn lock(context: &Context<'_>, table: &QualifiedName, mode: LockMode) -> String {
    let printer = context.printer;
    printer.lock_without_partitions(table, mode.words())
}

fn of_table(context: &Context<'_>, table: &QualifiedName, key: &ForeignKey, step: Step) -> Step {
    let printer = context.printer;
    step.up(printer.add_foreign_key_to(table, key, true))
        .down(printer.drop_constraint(table, &key.name))
        .lock_there(table, LockMode::ShareRowExclusive)
        .lock_back(table, LockMode::AccessExclusive)
        .run_by_migrator()
}

/// PostgreSQL adds a constraint for each pair of partitions of the two tables, and checks the rows under the lock.
fn both_partitioned(table: &QualifiedName, key: &ForeignKey, step: Step) -> Step {
    let target = &key.target;
    step.scan(table).hazard(Hazard::new(
        HazardKind::BlockingLock,
        format!("the rows of `{table}` are checked while writes wait, because `{target}` is partitioned too"),
    ))
}

/// Adds the foreign key to the partitions, for new rows only.
fn reference_from_partitions(
    context: &Context<'_>,
    table: &QualifiedName,
    key: &ForeignKey,
    phase: Phase,
) -> Step {
    let printer = context.printer;
    let title = format!(
        "add foreign key `{}` to the partitions of `{table}`",
        key.name
    );
    let step = Step::new(phase, title)
        .lock_there(&key.target, LockMode::ShareRowExclusive)
        .run_by_migrator();
    let partitions = kept(context, table);
    partitions.iter().fold(step, |step, partition| {
        step.up(printer.add_foreign_key_to(partition, key, false))
            .down(printer.drop_constraint_if_exists(partition, &key.name))
            .lock_there(partition, LockMode::ShareRowExclusive)
            .lock_back(partition, LockMode::AccessExclusive)
    })
}

/// Whether there may be partitions with rows that the schema does not name.
fn may_have_unknown(context: &Context<'_>, table: &QualifiedName) -> bool {
    let tables = [context.old_table(table), context.new_table(table)];
    let mut tables = tables.into_iter().flatten();
    kept(context, table).is_empty() || tables.any(|table| table.partitions_at_run_time)
}

fn reads_rows(table: &QualifiedName, step: Step, who_waits: &str, advice: &str) -> Step {
    step.scan(table).hazard(Hazard::new(
        HazardKind::BlockingLock,
        format!("partitions of `{table}` that the schema does not name are read while {who_waits}; {advice}"),
    ))
}

/// Also renames the indexes or constraints of the partitions, so that the old name is free there too.
pub(in crate::plan) fn rename(
    context: &Context<'_>,
    table: &QualifiedName,
    step: Step,
    (from, to): (&str, &str),
) -> Step {
    let Some(new) = context.new_table(table) else {
        return step;
    };
    let printer = context.printer;
    if new.foreign_keys.iter().any(|key| key.name == to) {
        let name = printer.qualified(table);
        let rename = |from, to| printer.dialect.rename_in_partitions(&name, from, to);
        return step.up(rename(from, to)).down(rename(to, from));
    }
    if new.checks.iter().any(|check| check.name == to) {
        return step;
    }
    let partitions = kept(context, table).into_iter();
    partitions.fold(step.of_the_table_alone(), |step, partition| {
        let (from, to) = (name_in(&partition, from), name_in(&partition, to));
        step.up(printer.rename_index_if_exists(&partition, &from, &to))
            .down(printer.rename_index_if_exists(&partition, &to, &from))
    })
}
