//! Tables that are created or dropped, and changes in tables that exist before and after.

use std::collections::{HashMap, HashSet};

use super::column;
use super::column::copy;
use super::column::generated;
use super::column::not_null;
use super::column::retype;
use super::constraint;
use super::index;
use super::partition;
use super::rename;
use super::rights;
use super::text_labels;
use crate::diff::{Element, Object, TableChange};
use crate::plan::context::Context;
use crate::plan::dependents::Dependents;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ddl::alter::change_row_security as alter_row_security;
use freehold_schema_core::ddl::order::CreationOrder;
use freehold_schema_core::ir::{ForeignKey, Partition, QualifiedName, RowSecurity, Table};

/// Whether the parts of a table are created or dropped, for the titles of their steps.
#[derive(Clone, Copy)]
enum Way {
    Create,
    Drop,
}

impl Way {
    fn trigger(self, trigger: &str, table: &QualifiedName) -> String {
        match self {
            Self::Create => format!("create trigger `{trigger}` on `{table}`"),
            Self::Drop => format!("drop trigger `{trigger}` on `{table}`"),
        }
    }

    fn foreign_key(self, key: &str, table: &QualifiedName) -> String {
        match self {
            Self::Create => format!("add foreign key `{key}` to `{table}`"),
            Self::Drop => format!("drop foreign key `{key}` of `{table}`"),
        }
    }

    fn row_security(self, table: &QualifiedName) -> String {
        match self {
            Self::Create => format!("enable row-level security of `{table}`"),
            Self::Drop => format!("drop row-level security of `{table}`"),
        }
    }

    fn policies(self, table: &QualifiedName) -> String {
        match self {
            Self::Create => format!("create the policies of `{table}`"),
            Self::Drop => format!("drop the policies of `{table}`"),
        }
    }
}

/// Creates the table, then its triggers and policies, then the foreign keys that have to wait for other tables.
pub(in crate::plan) fn create<'a>(
    context: &Context<'a>,
    table: &Table,
    order: &CreationOrder<'a>,
    step: Step,
) -> Vec<Step> {
    parts(context, table, order, step, Way::Create)
}

fn parts<'a>(
    context: &Context<'a>,
    table: &Table,
    order: &CreationOrder<'a>,
    step: Step,
    way: Way,
) -> Vec<Step> {
    let printer = context.printer;
    let name = &table.name;
    let keys = table.foreign_keys.iter();
    let (early, late): (Vec<_>, Vec<_>) =
        keys.partition(|key| is_early(context, table, order, key));
    let partitions = table.partitions.iter();
    let indexes = table.indexes.iter();
    let create = step
        .up(printer.create_table(table, &early))
        .all_up(partitions.map(|partition| printer.create_partition(table, partition)))
        .all_up(indexes.map(|index| printer.create_index(name, index)))
        .all_up(printer.table_comments(table))
        .down(printer.drop_table(table))
        .lock_back(name, LockMode::AccessExclusive);
    let create = early.iter().fold(create, |step, key| {
        step.lock_back(&key.target, LockMode::AccessExclusive)
    });
    let mut steps = vec![create];
    steps.extend(table.triggers.iter().map(|trigger| {
        Step::new(Phase::Attach, way.trigger(&trigger.name, name))
            .up(printer.create_trigger(table, trigger))
            .down(printer.drop_trigger(table, trigger))
            .lock_back(name, LockMode::AccessExclusive)
    }));
    steps.extend(secure(context, table, way));
    steps.extend(late.into_iter().map(|key| {
        Step::new(Phase::References, way.foreign_key(&key.name, name))
            .up(printer.add_foreign_key(table, key))
            .down(printer.drop_foreign_key(table, key))
            .lock_there(&key.target, LockMode::ShareRowExclusive)
            .lock_back(&key.target, LockMode::AccessExclusive)
            .lock_back(name, LockMode::AccessExclusive)
            .run_by_migrator()
    }));
    steps
}

/// Whether the foreign key is created in the same step as its table.
fn is_early(
    context: &Context<'_>,
    table: &Table,
    order: &CreationOrder<'_>,
    key: &ForeignKey,
) -> bool {
    let is_there = key.target == table.name || is_made_with(context, &key.target);
    is_there && order.is_early(table, key)
}

/// Whether the other table is created or dropped by this plan too.
fn is_made_with(context: &Context<'_>, target: &QualifiedName) -> bool {
    context.is_new(target) || context.is_dropped(target)
}

/// The step that creates the policies. They are created even if row-level security is not enabled, and apply once it
/// is.
fn secure(context: &Context<'_>, table: &Table, way: Way) -> Option<Step> {
    let printer = context.printer;
    let name = &table.name;
    let policies = || table.policies.iter();
    let title = match (table.row_security, table.policies.as_slice()) {
        (Some(_), _) => way.row_security(name),
        (None, []) => return None,
        (None, _) => way.policies(name),
    };
    let enable = table.row_security.into_iter();
    let enable = enable.flat_map(|security| printer.enable_row_security(table, security));
    let step = Step::new(Phase::Attach, title)
        .all_up(enable)
        .all_up(policies().map(|policy| printer.create_policy(table, policy)))
        .all_down(policies().map(|policy| printer.drop_policy(table, policy)))
        .lock_back(name, LockMode::AccessExclusive);
    Some(step)
}

/// Drops the table: the reverse of its creation, with the rights that it had.
pub(in crate::plan) fn drop(context: &Context<'_>, table: &Table, title: &str) -> Vec<Step> {
    let object = Object::Table(Box::new(table.clone()));
    let place = context.old_place(&object);
    // All dropped tables use the same phase, because one may reference another.
    let phase = if context.makes_room(|| make_room(context)) {
        Phase::Clear
    } else {
        Phase::Contract
    };
    let step = Step::new(Phase::Make, title).place(place);
    let made = parts(context, table, &context.old_order, step, Way::Drop).into_iter();
    let mut steps: Vec<_> = made
        .map(|step| {
            let own = if step.phase == Phase::Make {
                phase
            } else {
                Phase::Detach
            };
            let title = step.title.clone();
            step.reversed(own, title)
                .lock_there(&table.name, LockMode::AccessExclusive)
        })
        .collect();
    if let Some(first) = steps.first_mut() {
        let by_default = rights::by_default(context);
        first.also_down(rights::disinherit_object(
            context.printer,
            &object,
            &by_default,
            &context.old_grants,
        ));
        first.also_down(rights::rights_on(context, &object));
        first.also_down(rights::on_sequences(context, &table.name, &table.columns));
        first.lost = Some(format!("the rows of `{}`", table.name));
        first.hazards.push(Hazard::new(
            HazardKind::DataLoss,
            format!(
                "every row of `{}` is deleted; take a copy first, or rename the table and drop it in a later release",
                table.name
            ),
        ));
        first.hazards.extend(breaks_running_code(context, table));
    }
    steps
}

/// The hazard of dropping a table, unless the running release does not know it.
fn breaks_running_code(context: &Context<'_>, table: &Table) -> Option<Hazard> {
    let is_known = !context.from.expansion.has_relation(&table.name);
    is_known.then(|| {
        Hazard::new(
            HazardKind::BreaksRunningCode,
            format!(
                "code that still reads or writes `{}` fails after the migration; plan with `--expand`, which keeps the table until no such code runs",
                table.name
            ),
        )
    })
}

/// Whether a dropped table has a name that another object gets, or calls a recreated routine.
fn make_room(context: &Context<'_>) -> bool {
    let callers = Dependents::of(context.from, context.printer, &[]).calling(&context.remade);
    let callers: HashSet<_> = callers
        .callers()
        .into_iter()
        .map(|table| &table.name)
        .collect();
    let taken = taken_names(context);
    context.dropped_tables().any(|table| {
        let mut names = table.relation_names();
        callers.contains(&table.name) || names.any(|name| taken.contains(name))
    })
}

/// The names of the new and the changed tables, and of the views, sequences and types, with which a table cannot share
/// a name.
fn taken_names<'a>(context: &Context<'a>) -> HashSet<&'a str> {
    let old: HashMap<_, _> = context
        .from
        .tables
        .iter()
        .map(|table| (&table.name, table))
        .collect();
    let tables = context.to.tables.iter();
    let changed = tables.filter(|new| old.get(&new.name).is_none_or(|old| *old != *new));
    let views = context.to.views.iter().map(|view| &view.name);
    let sequences = context.to.sequences.iter().map(|sequence| &sequence.name);
    let enums = context.to.enums.iter().map(|sql_enum| &sql_enum.name);
    let domains = context.to.domains.iter().map(|domain| &domain.name);
    let others = views.chain(sequences).chain(enums).chain(domains);
    changed
        .flat_map(Table::relation_names)
        .chain(others.map(|name| name.name.as_str()))
        .collect()
}

/// The steps of a change in a table, or of the indexes of a materialized view.
pub(in crate::plan) fn change(
    context: &Context<'_>,
    table: &QualifiedName,
    change: &TableChange,
) -> Vec<Step> {
    match change {
        TableChange::Add(element) => add(context, table, element),
        TableChange::Drop(element) => remove(context, table, element),
        TableChange::Rename { kind, from, to } => rename::part(context, table, *kind, (from, to)),
        TableChange::Type { old, new } => retype::change(context, table, old, new),
        TableChange::Nullable { column } => not_null::change(context, table, column),
        TableChange::Default { old, new } => vec![column::change_default(context, table, old, new)],
        TableChange::Counted { old, new } => column::change_counted(context, table, old, new),
        TableChange::Generated { old, new } => generated::change(context, table, old, new),
        TableChange::RenameLabels { column } => vec![text_labels::rename(context, table, column)],
        TableChange::RowSecurity { old, new } => {
            vec![change_row_security(context, table, *old, *new)]
        }
        TableChange::PartitionBy { .. } => recreate(context, table),
    }
}

fn add(context: &Context<'_>, table: &QualifiedName, element: &Element) -> Vec<Step> {
    let printer = context.printer;
    let attach = |words: &str| {
        let title = format!("{words} {} of `{table}`", element.title());
        Step::new(Phase::Attach, title).lock(table, LockMode::AccessExclusive)
    };
    match element {
        Element::Column(column) => column::add(context, table, column),
        Element::PrimaryKey(key) => constraint::add_primary_key(context, table, key),
        Element::Unique(unique) => constraint::add_unique(context, table, unique),
        Element::Check(check) => constraint::add_check(context, table, check),
        Element::ForeignKey(key) => constraint::add_foreign_key(context, table, key),
        Element::Index(index) => index::add(context, table, index),
        Element::Trigger(trigger) => vec![
            Step::new(
                Phase::Attach,
                format!("create {} on `{table}`", element.title()),
            )
            .up(printer.create_trigger_on(table, trigger))
            .down(printer.drop_trigger_on(table, trigger))
            .lock_there(table, LockMode::ShareRowExclusive)
            .lock_back(table, LockMode::AccessExclusive),
        ],
        Element::Policy(policy) => vec![
            attach("create")
                .of_the_table_alone()
                .up(printer.create_policy_on(table, policy))
                .down(printer.drop_policy_on(table, policy))
                .hazard(rights_changed(table)),
        ],
        Element::Partition(partition) => partition::add(context, table, partition),
    }
}

fn rights_changed(table: &QualifiedName) -> Hazard {
    Hazard::new(
        HazardKind::RightsChanged,
        format!("the migration changes who can access rows of `{table}`; review the policies"),
    )
}

fn remove(context: &Context<'_>, table: &QualifiedName, element: &Element) -> Vec<Step> {
    let title = format!("drop {} of `{table}`", element.title());
    match element {
        Element::Column(column) => vec![column::drop(context, table, column)],
        Element::Index(index) => index::drop(context, table, index),
        Element::PrimaryKey(_)
        | Element::Unique(_)
        | Element::Check(_)
        | Element::ForeignKey(_) => vec![constraint::drop(context, table, element)],
        Element::Trigger(_) | Element::Policy(_) => add(context, table, element)
            .into_iter()
            .map(|step| step.reversed(Phase::Detach, title.clone()))
            .map(|step| match element {
                Element::Trigger(trigger) => copy::with_its_column(context, table, step, trigger),
                _ => step,
            })
            .collect(),
        Element::Partition(partition) => partition::drop(context, table, partition, title),
    }
}

fn change_row_security(
    context: &Context<'_>,
    table: &QualifiedName,
    old: Option<RowSecurity>,
    new: Option<RowSecurity>,
) -> Step {
    let printer = context.printer;
    let partitions = context
        .new_table(table)
        .into_iter()
        .flat_map(|table| &table.partitions);
    let is_old = |partition: &&Partition| {
        let before = context.old_table(table);
        let mut before = before.into_iter().flat_map(|table| &table.partitions);
        before.any(|other| other.name == partition.name || other.bound == partition.bound)
    };
    let partitions = partitions.filter(is_old).map(|partition| QualifiedName {
        schema: table.schema.clone(),
        name: partition.name.clone(),
    });
    let names = std::iter::once(table.clone()).chain(partitions);
    let names: Vec<_> = names.map(|name| printer.qualified(&name)).collect();
    let change = |old, new| {
        let names = names.iter();
        let statements = names.filter_map(|name| alter_row_security(name, old, new));
        statements.collect::<Vec<_>>()
    };
    Step::new(
        Phase::Attach,
        format!("change row-level security of `{table}`"),
    )
    .all_up(change(old, new))
    .all_down(change(new, old))
    .lock(table, LockMode::AccessExclusive)
    .hazard(rights_changed(table))
}

/// Drops the table and creates it again.
///
/// PostgreSQL can change neither the partition key of a table nor the types of its columns.
fn recreate(context: &Context<'_>, table: &QualifiedName) -> Vec<Step> {
    let (Some(old), Some(new)) = (context.old_table(table), context.new_table(table)) else {
        return Vec::new();
    };
    let object = Object::Table(Box::new(new.clone()));
    let mut steps = drop(context, old, &format!("drop table `{table}`"));
    for step in &mut steps {
        if step.phase == Phase::Contract {
            step.phase = Phase::Clear;
        }
    }
    if let Some(first) = steps.first_mut() {
        first.hazards.push(Hazard::new(
            HazardKind::Irreversible,
            format!("`{table}` is dropped and created without its rows, because PostgreSQL can change neither the partition key nor its types; create a new table and copy the rows instead"),
        ));
    }
    let step =
        Step::new(Phase::Make, format!("create table `{table}`")).place(context.new_place(&object));
    let rights = rights::on_new(context, new);
    let mut made = create(context, new, &context.new_order, step);
    if let Some(first) = made.first_mut() {
        first.also_up(rights::disinherit_object(
            context.printer,
            &object,
            &context.old_grants,
            &context.new_grants,
        ));
    }
    let made = made.into_iter();
    steps.extend(made.enumerate().map(|(index, step)| {
        if index == 0 {
            step.all_up(rights.clone())
        } else {
            step
        }
    }));
    steps
}

#[cfg(test)]
mod tests {
    use super::{QualifiedName, Way};

    #[test]
    fn a_title_has_its_verb_and_the_names_as_they_are() {
        let table = QualifiedName::new(None, "created");
        assert_eq!(
            Way::Drop.foreign_key("fk_notes_created_by", &table),
            "drop foreign key `fk_notes_created_by` of `created`"
        );
        assert_eq!(
            Way::Create.foreign_key("fk_notes_created_by", &table),
            "add foreign key `fk_notes_created_by` to `created`"
        );
        assert_eq!(
            Way::Drop.trigger("add", &table),
            "drop trigger `add` on `created`"
        );
    }
}
