//! Drops objects that block a change and are the same before and after it, and creates them again.

use std::collections::HashSet;

use super::function_defaults;
use crate::diff::{Change, Element, Object, TableChange};
use crate::plan::changes::retyped;
use crate::plan::context::Context;
use crate::plan::dependents::{ColumnName, Dependents};
use crate::plan::hazard::HazardPlace;
use crate::plan::step::{LockMode, Phase, Step};
use crate::plan::steps::column::generated;
use crate::plan::steps::constraint;
use crate::plan::steps::constraint::key;
use crate::plan::steps::index;
use crate::plan::steps::object;
use freehold_schema_core::ir::{Column, ForeignKey, Policy, QualifiedName, Table, View};

/// The steps around the changes.
pub(in crate::plan) fn steps(context: &Context<'_>, differences: &[Change]) -> Vec<Step> {
    let recomputed = context.recomputed(differences);
    let changed = Changed::with(context, differences, &recomputed);
    let names = names(&recomputed);
    let mut steps = views(context, &changed);
    steps.extend(policies(context, &changed));
    steps.extend(triggers(context, &changed));
    steps.extend(foreign_keys(context, &changed));
    for (table, old) in recomputed {
        let new = part(
            context,
            table,
            |table| &table.columns,
            |new| new.name == old.name,
        );
        let place = HazardPlace::column(&table.name, &old.name);
        let made = generated::change(context, &table.name, old, new.unwrap_or(old)).into_iter();
        steps.extend(made.map(|step| step.about(std::slice::from_ref(&place))));
    }
    let recreated = differences.iter().filter_map(|change| match change {
        Change::Table {
            table,
            change: TableChange::Generated { new, .. },
        } => Some((table.clone(), new.name.clone())),
        _ => None,
    });
    let columns: Vec<ColumnName> = recreated.chain(names).collect();
    steps.extend(constraints(context, &changed, &columns));
    steps.extend(function_defaults::steps(context, differences));
    steps
}

/// The views that are recreated although their definition stays the same.
///
/// The changes of their comments and indexes are part of that.
pub(in crate::plan) fn remade_views(
    context: &Context<'_>,
    differences: &[Change],
) -> HashSet<QualifiedName> {
    let changed = Changed::with(context, differences, &context.recomputed(differences));
    let grouped = grouped_by_key(context, &changed);
    let views = in_the_way(context, &changed).into_iter().chain(grouped);
    views.map(|view| view.name.clone()).collect()
}

fn names(columns: &[(&Table, &Column)]) -> Vec<ColumnName> {
    let names = columns.iter();
    names
        .map(|(table, column)| (table.name.clone(), column.name.clone()))
        .collect()
}

/// The steps for indexes, unique constraints and checks that use a recreated column or call a recreated function.
fn constraints(context: &Context<'_>, changed: &Changed, columns: &[ColumnName]) -> Vec<Step> {
    let mut steps = Vec::new();
    let dependents =
        Dependents::of(context.from, context.printer, columns).calling(&context.remade);
    for (table, old) in dependents.all_indexes() {
        let new = part(
            context,
            table,
            |table| &table.indexes,
            |new| new.name == old.name,
        );
        if let Some(new) = new.filter(|_| !changed.is_own(&table.name, &old.name)) {
            let title = format!("drop index `{}` of `{}`", old.name, table.name);
            steps.push(index::drop_early(context, &table.name, old, title));
            steps.extend(index::add(context, &table.name, new));
        }
    }
    for (table, old) in dependents.uniques() {
        let new = part(
            context,
            table,
            |table| &table.uniques,
            |new| new.name == old.name,
        );
        if let Some(new) = new.filter(|_| !changed.is_own(&table.name, &old.name)) {
            steps.push(constraint::drop(
                context,
                &table.name,
                &Element::Unique(old.clone()),
            ));
            steps.extend(constraint::add_unique(context, &table.name, new));
        }
    }
    for (table, old) in dependents.checks() {
        let new = part(
            context,
            table,
            |table| &table.checks,
            |new| new.name == old.name,
        );
        if let Some(new) = new.filter(|_| !changed.is_own(&table.name, &old.name)) {
            steps.push(constraint::drop(
                context,
                &table.name,
                &Element::Check(old.clone()),
            ));
            steps.extend(constraint::add_check(context, &table.name, new));
        }
    }
    for step in &mut steps {
        step.hazards.clear();
    }
    steps
}

/// The part in the new table, or `None` if the whole table is recreated.
fn part<'a, T>(
    context: &Context<'a>,
    table: &Table,
    list: impl Fn(&'a Table) -> &'a Vec<T>,
    is_same: impl Fn(&T) -> bool,
) -> Option<&'a T> {
    let new = context.new_table(&table.name)?;
    if context.is_recreated(&table.name) {
        return None;
    }
    list(new).iter().find(|part| is_same(part))
}

/// What the changes affect.
struct Changed {
    /// The columns that get another type or are dropped.
    columns: Vec<ColumnName>,
    /// The columns and tables whose views are recreated: those above, and renamed ones by their old names.
    viewed: Vec<ColumnName>,
    /// The columns of text enums whose labels are renamed in the rows.
    relabelled: Vec<ColumnName>,
    /// The tables whose primary keys are dropped.
    primary: Vec<QualifiedName>,
    /// The keys that are dropped: a table with the columns.
    keys: Vec<(QualifiedName, Vec<String>)>,
    /// The parts and views that have a change of their own.
    own: HashSet<(QualifiedName, String)>,
}

impl Changed {
    /// Also includes the generated columns that are recreated because other columns change.
    fn with(
        context: &Context<'_>,
        differences: &[Change],
        recomputed: &[(&Table, &Column)],
    ) -> Self {
        let mut changed = Self::of(context, differences);
        changed.columns.extend(names(recomputed));
        changed.viewed.extend(names(recomputed));
        changed
    }

    fn of(context: &Context<'_>, differences: &[Change]) -> Self {
        let mut changed = Self {
            columns: Vec::new(),
            viewed: Vec::new(),
            relabelled: Vec::new(),
            primary: Vec::new(),
            keys: Vec::new(),
            own: HashSet::new(),
        };
        for change in differences {
            changed.see(context, change);
        }
        changed.viewed.extend(changed.columns.clone());
        changed
    }

    fn see(&mut self, context: &Context<'_>, change: &Change) {
        let of_type = retyped(change).map(|(table, column)| (table.clone(), column.to_owned()));
        self.columns.extend(of_type);
        match change {
            Change::Table { table, change } => self.see_table(table, change),
            Change::RenameTable { from, .. } => self.viewed.push((from.clone(), String::new())),
            Change::Replace {
                old: Object::View(view),
                ..
            }
            | Change::Drop(Object::View(view)) => {
                self.own.insert((view.name.clone(), String::new()));
            }
            _ => {}
        }
        if let Change::Table {
            table,
            change: TableChange::PartitionBy { .. },
        } = change
        {
            let old = context.old_table(table);
            self.keys.extend(old.into_iter().flat_map(keys));
            let parts = old.into_iter().flat_map(part_names);
            self.own.extend(parts.map(|part| (table.clone(), part)));
            self.viewed.push((table.clone(), String::new()));
        }
    }

    fn see_table(&mut self, table: &QualifiedName, change: &TableChange) {
        let named = |name: &str| (table.clone(), name.to_owned());
        match change {
            TableChange::Drop(element) => {
                self.own.insert(named(element.name()));
                match element {
                    Element::Column(column) => self.columns.push(named(&column.name)),
                    Element::PrimaryKey(key) => {
                        self.primary.push(table.clone());
                        self.keys.push((table.clone(), key.columns.clone()));
                    }
                    Element::Unique(key) => self.keys.push((table.clone(), key.columns.clone())),
                    _ => {}
                }
            }
            TableChange::Rename { from, to, .. } => {
                self.viewed.push(named(from));
                self.own.insert(named(from));
                self.own.insert(named(to));
            }
            TableChange::RenameLabels { column } => self.relabelled.push(named(&column.name)),
            _ => {}
        }
    }

    fn is_own(&self, table: &QualifiedName, part: &str) -> bool {
        self.own.contains(&(table.clone(), part.to_owned()))
    }
}

/// The foreign keys, policies and triggers of a recreated table, which are dropped and created with it.
fn part_names(table: &Table) -> Vec<String> {
    let keys = table.foreign_keys.iter().map(|key| &key.name);
    let policies = table.policies.iter().map(|policy| &policy.name);
    let triggers = table.triggers.iter().map(|trigger| &trigger.name);
    keys.chain(policies).chain(triggers).cloned().collect()
}

impl Changed {
    /// Whether the foreign key only blocks a key that stays until the next one is built.
    fn is_for_a_key_alone(&self, context: &Context<'_>, key: &ForeignKey) -> bool {
        let is_retyped = !Dependents::of(context.from, context.printer, &self.columns)
            .foreign_keys()
            .iter()
            .all(|(_, other)| *other != key);
        let target = context.old_table(&key.target);
        let primary = target.and_then(|target| target.primary_key.as_ref());
        let uniques = target.into_iter().flat_map(|target| &target.uniques);
        let elements = primary
            .map(|key| (Element::PrimaryKey(key.clone()), &key.columns))
            .into_iter()
            .chain(uniques.map(|unique| (Element::Unique(unique.clone()), &unique.columns)));
        let mut needed =
            elements.filter(|(_, columns)| needs(key, &[(key.target.clone(), (*columns).clone())]));
        !is_retyped
            && needed.all(|(element, _)| key::stays_until_the_next(context, &key.target, &element))
    }
}

/// The keys of a table that foreign keys may need.
fn keys(table: &Table) -> Vec<(QualifiedName, Vec<String>)> {
    let primary = table.primary_key.iter().map(|key| &key.columns);
    let uniques = table.uniques.iter().map(|unique| &unique.columns);
    let columns = primary.chain(uniques);
    columns
        .map(|columns| (table.name.clone(), columns.clone()))
        .collect()
}

/// The views to recreate because a column that they may read changes.
///
/// Only PostgreSQL knows which columns a view reads, so every view over the table counts.
fn in_the_way<'a>(context: &Context<'a>, changed: &Changed) -> Vec<&'a View> {
    let standing = Dependents::of(context.before, context.printer, &changed.viewed).views();
    let replaced = changed.own.iter().filter(|(_, part)| part.is_empty());
    let replaced: Vec<ColumnName> = replaced.cloned().collect();
    let above = Dependents::of(context.before, context.printer, &replaced).views();
    let mut seen = HashSet::new();
    let all = standing.into_iter().chain(above).chain(calling(context));
    let all = all.filter(|view| seen.insert(view.name.clone()) && !changed.is_own(&view.name, ""));
    all.collect()
}

fn views(context: &Context<'_>, changed: &Changed) -> Vec<Step> {
    let all = in_the_way(context, changed);
    let new = |old: &View| context.to.views.iter().find(|new| new.name == old.name);
    let recreated = all
        .iter()
        .filter_map(|old| Some(object::replace_view(context, old, new(old)?)));
    let mut steps: Vec<_> = recreated.flatten().collect();
    let keys_stay = changed.primary.iter().all(|table| {
        let old = context.old_table(table);
        let key = old.and_then(|old| old.primary_key.clone());
        key.is_some_and(|key| key::stays_until_the_next(context, table, &Element::PrimaryKey(key)))
    });
    let is_seen = |view: &View| all.iter().any(|seen| seen.name == view.name);
    let grouped = grouped_by_key(context, changed).into_iter();
    let others = grouped.filter(|view| !is_seen(view) && !changed.is_own(&view.name, ""));
    for old in others {
        let Some(new) = new(old) else {
            continue;
        };
        let around = object::replace_view(context, old, new).into_iter();
        steps.extend(around.map(|step| match step.phase {
            Phase::Views if keys_stay => key::before_the_keys(step),
            _ => step,
        }));
    }
    steps
}

/// The views over a table whose primary key changes.
///
/// A view that groups by the primary key may select other columns of the table, and then depends on the key.
fn grouped_by_key<'a>(context: &Context<'a>, changed: &Changed) -> Vec<&'a View> {
    Dependents::of(context.from, context.printer, &[]).grouped_over(&changed.primary)
}

/// The views that call a recreated routine.
fn calling<'a>(context: &Context<'a>) -> Vec<&'a View> {
    let routines = context.remade.iter();
    let names: Vec<ColumnName> = routines.map(|name| (name.clone(), String::new())).collect();
    Dependents::of(context.before, context.printer, &names).views()
}

fn policies(context: &Context<'_>, changed: &Changed) -> Vec<Step> {
    let printer = context.printer;
    let dependents = Dependents::of(context.from, printer, &changed.columns);
    let mut found = dependents.calling(&context.remade).policies();
    found.extend(reading_what_is_recreated(context, &found));
    let kept = found.into_iter().filter(|(table, policy)| {
        !changed.is_own(&table.name, &policy.name) && !context.is_dropped(&table.name)
    });
    let around = kept.flat_map(|(table, policy)| {
        let new = context.new_table(&table.name);
        let mut policies = new.into_iter().flat_map(|table| &table.policies);
        let new = policies
            .find(|new| new.name == policy.name)
            .unwrap_or(policy);
        let title = |verb: &str| format!("{verb} policy `{}` of `{}`", policy.name, table.name);
        let step = |phase, verb| {
            Step::new(phase, title(verb))
                .lock(&table.name, LockMode::AccessExclusive)
                .of_the_table_alone()
        };
        [
            step(Phase::Detach, "drop")
                .up(printer.drop_policy(table, policy))
                .down(printer.create_policy(table, policy)),
            step(Phase::Attach, "create")
                .up(printer.create_policy(table, new))
                .down(printer.drop_policy(table, new)),
        ]
    });
    around.collect()
}

/// The policies of other tables that read a recreated table. Its own policies are recreated with it.
fn reading_what_is_recreated<'a>(
    context: &Context<'a>,
    found: &[(&'a Table, &'a Policy)],
) -> Vec<(&'a Table, &'a Policy)> {
    let tables = || context.from.tables.iter();
    let recreated = tables().filter(|table| context.is_recreated(&table.name));
    let recreated: Vec<_> = recreated.map(|table| table.name.name.as_str()).collect();
    let reads = |policy: &Policy| {
        let mut conditions = policy.using.iter().chain(&policy.with_check);
        conditions.any(|expr| {
            let sql = context.printer.expr(expr);
            recreated
                .iter()
                .any(|name| freehold_schema_core::sql::mentions(&sql, name))
        })
    };
    let is_new = |policy: &Policy| found.iter().all(|(_, own)| !std::ptr::eq(*own, policy));
    let others = tables().filter(|table| !context.is_recreated(&table.name));
    let all = others.flat_map(|table| table.policies.iter().map(move |policy| (table, policy)));
    all.filter(|(_, policy)| is_new(policy) && reads(policy))
        .collect()
}

/// The triggers that fire on a changed column or whose function is recreated.
///
/// A trigger on a column of a text enum would block a rename of its labels.
fn triggers(context: &Context<'_>, changed: &Changed) -> Vec<Step> {
    let printer = context.printer;
    let columns: Vec<_> = changed
        .columns
        .iter()
        .chain(&changed.relabelled)
        .cloned()
        .collect();
    let dependents = Dependents::of(context.from, printer, &columns);
    let mut found = dependents.calling(&context.remade).triggers();
    for table in &context.from.tables {
        let of_remade = table
            .triggers
            .iter()
            .filter(|trigger| context.remade.contains(&trigger.function));
        found.extend(of_remade.map(|trigger| (table, trigger)));
    }
    let mut seen = HashSet::new();
    let kept = found.into_iter().filter(|(table, trigger)| {
        let is_first = seen.insert((&table.name, &trigger.name));
        is_first && !changed.is_own(&table.name, &trigger.name) && !context.is_dropped(&table.name)
    });
    let around = kept.flat_map(|(table, trigger)| {
        let new = context.new_table(&table.name);
        let mut triggers = new.into_iter().flat_map(|table| &table.triggers);
        let new = triggers
            .find(|new| new.name == trigger.name)
            .unwrap_or(trigger);
        let title = |verb: &str| format!("{verb} trigger `{}` of `{}`", trigger.name, table.name);
        let step = |phase, verb| Step::new(phase, title(verb));
        [
            step(Phase::Detach, "drop")
                .up(printer.drop_trigger(table, trigger))
                .down(printer.create_trigger(table, trigger))
                .lock_there(&table.name, LockMode::AccessExclusive)
                .lock_back(&table.name, LockMode::ShareRowExclusive),
            step(Phase::Attach, "create")
                .up(printer.create_trigger(table, new))
                .down(printer.drop_trigger(table, new))
                .lock_there(&table.name, LockMode::ShareRowExclusive)
                .lock_back(&table.name, LockMode::AccessExclusive),
        ]
    });
    around.collect()
}

/// The foreign keys over a changed column, and those that need a dropped key.
fn foreign_keys(context: &Context<'_>, changed: &Changed) -> Vec<Step> {
    let printer = context.printer;
    let mut found = Dependents::of(context.from, printer, &changed.columns).foreign_keys();
    for table in &context.from.tables {
        let of_key = table
            .foreign_keys
            .iter()
            .filter(|key| needs(key, &changed.keys));
        found.extend(of_key.map(|key| (table, key)));
    }
    let mut seen = HashSet::new();
    let kept = found.into_iter().filter(|(table, key)| {
        let is_first = seen.insert((&table.name, &key.name));
        is_first && !changed.is_own(&table.name, &key.name) && !context.is_dropped(&table.name)
    });
    let around = kept.flat_map(|(table, key)| {
        let element = Element::ForeignKey(key.clone());
        let step = constraint::drop(context, &table.name, &element);
        let step = if changed.is_for_a_key_alone(context, key) {
            key::with_the_next(step, -2)
        } else {
            step
        };
        let mut steps = vec![step];
        for step in &mut steps {
            step.hazards.clear();
        }
        let new = context.new_table(&table.name);
        let mut keys = new.into_iter().flat_map(|table| &table.foreign_keys);
        let new = keys.find(|new| new.name == key.name).unwrap_or(key);
        steps.extend(constraint::add_foreign_key(context, &table.name, new));
        steps
    });
    around.collect()
}

/// Whether the foreign key references one of the keys.
fn needs(key: &ForeignKey, keys: &[(QualifiedName, Vec<String>)]) -> bool {
    let is_same = |columns: &[String]| {
        columns.len() == key.target_columns.len()
            && columns
                .iter()
                .all(|column| key.target_columns.contains(column))
    };
    keys.iter()
        .any(|(table, columns)| *table == key.target && is_same(columns))
}
