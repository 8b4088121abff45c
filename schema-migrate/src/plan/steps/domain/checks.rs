//! Checks of a domain that are added or dropped while its base type stays.

use super::kept_values::KeptValues;
use super::uses;
use crate::diff;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::statement::Statement;
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Check, Domain, QualifiedName, Schema};

/// Changes the checks in one step if possible.
///
/// If an expression may contain values of the domain, PostgreSQL refuses to validate a check. Then the check first
/// applies to new values only. It is validated after all other steps, with such expressions detached.
pub(in crate::plan) fn change(context: &Context<'_>, old: &Domain, new: &Domain) -> Vec<Step> {
    let kept = |schema| KeptValues::of(schema, &new.name, context.printer);
    let (before, after) = (kept(context.before), kept(context.to));
    if before.is_empty() && after.is_empty() {
        return vec![all_at_once(context, old, new)];
    }
    let back = validate_back(context, &before, &without(old, new).collect::<Vec<_>>());
    let there = validate(context, &after, &without(new, old).collect::<Vec<_>>());
    let first = for_new_values(context, old, new);
    back.into_iter().chain([first]).chain(there).collect()
}

/// The checks that the other domain does not have.
///
/// For an added check, PostgreSQL reads the rows of every table with a column of the domain under `SHARE`; for a `NOT
/// VALID` check, it does so at the validation. Splitting it would not let writers in.
fn without<'d>(domain: &'d Domain, other: &'d Domain) -> impl Iterator<Item = &'d Check> {
    let checks = domain.checks.iter();
    checks.filter(|check| !other.checks.contains(check))
}

fn all_at_once(context: &Context<'_>, old: &Domain, new: &Domain) -> Step {
    let printer = context.printer;
    let step = changed(context, old, new, |check| {
        printer.add_domain_check(&new.name, check)
    });
    let tables = tables(context.before, &new.name);
    let step = match without(new, old).next() {
        Some(_) => read(step, &tables, &new.name),
        None => step,
    };
    match without(old, new).next() {
        Some(_) => read_back(step, &tables),
        None => step,
    }
}

fn for_new_values(context: &Context<'_>, old: &Domain, new: &Domain) -> Step {
    let printer = context.printer;
    changed(context, old, new, |check| {
        printer.add_domain_check_not_valid(&new.name, check)
    })
}

fn changed(
    context: &Context<'_>,
    old: &Domain,
    new: &Domain,
    add: impl Fn(&Check) -> String,
) -> Step {
    let name = &new.name;
    let change = |from: &Domain, to: &Domain| {
        let gone = without(from, to);
        let gone = gone.map(|check| context.printer.drop_domain_check(name, check));
        gone.chain(without(to, from).map(&add)).collect::<Vec<_>>()
    };
    let title = format!("change the checks of domain `{name}`");
    Step::new(Phase::Make, title)
        .place(context.new_place(&diff::Object::Domain(new.clone())))
        .all_up(change(old, new))
        .all_down(change(new, old))
}

/// Validates before types are replaced, because functions get other defaults with them.
fn validate(context: &Context<'_>, kept: &KeptValues<'_>, checks: &[&Check]) -> Option<Step> {
    let title = title(kept.domain, checks)?;
    let step = Step::new(Phase::OldLabels, title)
        .place(-1)
        .all_up(validated(context, kept, checks));
    let step = kept.put_aside_by(step);
    Some(read(step, &tables(context.to, kept.domain), kept.domain))
}

/// Validates, on the way back, before the labels are renamed back last.
fn validate_back(context: &Context<'_>, kept: &KeptValues<'_>, checks: &[&Check]) -> Option<Step> {
    let title = title(kept.domain, checks)?;
    let step = Step::new(Phase::Labels, title)
        .place(2)
        .all_down(validated(context, kept, checks));
    let step = kept.put_aside_by_the_way_back(step);
    Some(read_back(step, &tables(context.before, kept.domain)))
}

fn title(domain: &QualifiedName, checks: &[&Check]) -> Option<String> {
    let names = checks.iter().map(|check| format!("`{}`", check.name));
    let names = names.collect::<Vec<_>>().join(", ");
    (!checks.is_empty()).then(|| format!("check the values of `{domain}` against {names}"))
}

fn validated(context: &Context<'_>, kept: &KeptValues<'_>, checks: &[&Check]) -> Vec<Statement> {
    let (before, after) = kept.around();
    let checks = checks.iter();
    let validate = checks.map(|check| context.printer.validate_domain_check(kept.domain, check));
    let validate = validate.map(Statement::Sql);
    before.into_iter().chain(validate).chain(after).collect()
}

fn read(step: Step, tables: &[QualifiedName], domain: &QualifiedName) -> Step {
    let text = format!("every table that uses `{domain}` is read while writes wait");
    let step = step.hazard(Hazard::new(HazardKind::BlockingLock, text));
    tables.iter().fold(step, |step, table| {
        step.lock_there(table, LockMode::Share).scan(table)
    })
}

fn read_back(step: Step, tables: &[QualifiedName]) -> Step {
    tables
        .iter()
        .fold(step, |step, table| step.lock_back(table, LockMode::Share))
}

fn tables(schema: &Schema, domain: &QualifiedName) -> Vec<QualifiedName> {
    let columns = uses::columns(schema, domain).into_iter();
    columns.map(|(table, _)| table).collect()
}
