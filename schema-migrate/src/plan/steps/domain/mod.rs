//! Domains that change.

mod checks;
mod kept_values;
pub(in crate::plan) mod uses;

use crate::plan::cast::{self, How};
use crate::plan::context::Context;
use crate::plan::dependents::{self, Cast, Dependents};

use super::column::retype;
use super::detach_in_step::{self, Part};
use super::foreign_keys_by_runner::{self, Way};
use super::labels;
use crate::diff;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::hazards::partition_key;
use crate::plan::statement::Statements;
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Column, Domain, QualifiedName, Schema, SqlType};

/// Changes the checks in place, or recreates the domain.
///
/// It is recreated for another base type, and if a column is an array of it: PostgreSQL cannot check values in arrays.
pub(in crate::plan) fn replace(context: &Context<'_>, old: &Domain, new: &Domain) -> Vec<Step> {
    let has_array = [context.from, context.to]
        .iter()
        .any(|schema| uses::is_in_array(schema, &new.name));
    let steps = if old.base == new.base && !has_array {
        checks::change(context, old, new)
    } else {
        remake(context, old, new)
    };
    let places = labels::places(&uses::columns(context.to, &new.name));
    steps.into_iter().map(|step| step.about(&places)).collect()
}

/// Whether PostgreSQL converts values implicitly in neither direction between the two base types.
pub(in crate::plan) fn is_other_kind(old: &Domain, new: &Domain) -> bool {
    let fits = |from: &SqlType, to: &SqlType| cast::cast(from, to).how == How::Implicit;
    old.base != new.base && !fits(&old.base, &new.base) && !fits(&new.base, &old.base)
}

fn remake(context: &Context<'_>, old: &Domain, new: &Domain) -> Vec<Step> {
    // A default that another step changes is restored by the way back of that step.
    let waits = is_other_kind(old, new);
    let is_kept =
        |table: &QualifiedName, column: &Column| !waits || context.keeps_default(table, column);
    let step = Step::new(Phase::OldLabels, format!("recreate domain `{}`", new.name))
        .all_up(recreate(context, (old, new), context.whole, |_, _| true))
        .all_down(recreate(context, (new, old), context.to, is_kept))
        .hazard(Hazard::new(
            HazardKind::TableRewrite,
            format!(
                "every table that uses `{}` is rewritten while reads and writes wait",
                new.name
            ),
        ))
        .hazard(about_rows(old, new));
    let columns = uses::columns(context.to, &new.name);
    let step = columns.iter().fold(step, |step, (table, _)| {
        step.lock(table, LockMode::AccessExclusive).rewrite(table)
    });
    let parts = parts(context, &new.name, context.whole);
    let step = detach_in_step::locks(&parts)
        .fold(step, |step, (relation, mode)| step.lock(relation, mode));
    let step = detach_in_step::rewritten(&parts).fold(step, Step::rewrite);
    let step = partition_key::refused(context.to, &columns, &new.name, step);
    let dependents = Dependents::of(context.to, context.printer, &columns);
    foreign_keys_by_runner::around(&dependents, Way::Both, step)
}

fn about_rows(old: &Domain, new: &Domain) -> Hazard {
    let name = &new.name;
    if old.base == new.base {
        let text = format!("the migration fails if a row has a value that `{name}` does not allow");
        return Hazard::new(HazardKind::ChecksRows, text);
    }
    let text = format!("the new type may truncate, round or reject values of `{name}`");
    Hazard::new(HazardKind::DataLoss, text)
}

/// The objects that depend on columns of the domain, use it as an argument or a result, or cast to it.
///
/// Routines are created again as `after` has them.
fn parts(context: &Context<'_>, domain: &QualifiedName, after: &Schema) -> Vec<Part> {
    let rights = diff::grants(context.to);
    let columns = uses::columns(context.to, domain);
    let routines = dependents::routines(after, |sql_type| uses::is_of(sql_type, domain));
    let dependents = Dependents::of(context.to, context.printer, &columns);
    let dependents = dependents.casting([Cast::To(&domain.name)]);
    dependents.detached_parts(&routines, &rights)
}

fn recreate(
    context: &Context<'_>,
    (old, new): (&Domain, &Domain),
    after: &Schema,
    sets_default: impl Fn(&QualifiedName, &Column) -> bool,
) -> Statements {
    let printer = context.printer;
    let aside = QualifiedName {
        schema: new.name.schema.clone(),
        name: freehold_schema_core::ir::cut(&format!("{}_before", new.name.name)),
    };
    // The defaults may not fit the new base type, or may call a detached routine.
    let (mut changes, mut defaults) = (Vec::new(), Vec::new());
    let mut statements = Statements::default();
    for table in &context.whole.tables {
        let own = table.columns.iter();
        for column in own.filter(|column| uses::is_of(&column.sql_type, &new.name)) {
            let using = retype::by_text_to(context, column, new);
            changes.push(printer.change_type(&table.name, column, &using));
            if column.default.is_some() {
                statements.push(printer.alter_column(&table.name, &column.name, "DROP DEFAULT"));
                let is_set = sets_default(&table.name, column);
                defaults.extend(is_set.then(|| printer.set_default(&table.name, column)));
            }
        }
    }
    let (before, after) = detach_in_step::statements(parts(context, &new.name, after));
    statements.extend(before);
    statements.push(format!(
        "ALTER DOMAIN {} RENAME TO {}",
        printer.qualified(&old.name),
        printer.identifier(&aside.name)
    ));
    statements.extend(printer.create_domain(new));
    statements.extend(changes);
    statements.push(printer.drop_domain(&Domain {
        name: aside,
        ..old.clone()
    }));
    statements.extend(after);
    statements.extend(defaults);
    statements.extend(labels::analyze(
        context,
        &uses::columns(context.whole, &new.name),
    ));
    statements
}
