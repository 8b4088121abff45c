//! Domains that change.

use super::cast::{self, How};
use super::context::Context;
use super::dependents::{self, Cast, Dependents};
use super::domain_checks;
use super::domain_columns;
use super::hazard::{Hazard, HazardKind};
use super::keys_apart::{self, Way};
use super::labels;
use super::partition_key;
use super::put_aside::{self, Part};
use super::retype;
use super::statement::Statements;
use super::step::{LockMode, Phase, Step};
use crate::diff;
use freehold_schema_core::ir::{Column, Domain, QualifiedName, Schema, SqlType};

/// Its checks change in place, unless PostgreSQL cannot read the values in arrays for that; for another base it is made anew.
pub(super) fn replace(context: &Context<'_>, old: &Domain, new: &Domain) -> Vec<Step> {
    let has_array = [context.from, context.to]
        .iter()
        .any(|schema| domain_columns::is_in_array(schema, &new.name));
    let steps = if old.base == new.base && !has_array {
        domain_checks::change(context, old, new)
    } else {
        remake(context, old, new)
    };
    let places = labels::places(&domain_columns::columns(context.to, &new.name));
    steps.into_iter().map(|step| step.about(&places)).collect()
}

/// Whether PostgreSQL takes the values of neither base for those of the other by itself.
pub(super) fn is_other_kind(old: &Domain, new: &Domain) -> bool {
    let fits = |from: &SqlType, to: &SqlType| cast::cast(from, to).how == How::Implicit;
    old.base != new.base && !fits(&old.base, &new.base) && !fits(&new.base, &old.base)
}

fn remake(context: &Context<'_>, old: &Domain, new: &Domain) -> Vec<Step> {
    // What another step changes is given back by its own way back.
    let waits = is_other_kind(old, new);
    let is_kept =
        |table: &QualifiedName, column: &Column| !waits || context.keeps_default(table, column);
    let step = Step::new(Phase::OldLabels, format!("make domain `{}` anew", new.name))
        .all_up(made_anew(context, (old, new), context.whole, |_, _| true))
        .all_down(made_anew(context, (new, old), context.to, is_kept))
        .hazard(Hazard::new(
            HazardKind::TableRewrite,
            format!(
                "every table with a `{}` is written anew, and everybody waits",
                new.name
            ),
        ))
        .hazard(about_rows(old, new));
    let columns = domain_columns::columns(context.to, &new.name);
    let step = columns.iter().fold(step, |step, (table, _)| {
        step.lock(table, LockMode::AccessExclusive).rewrite(table)
    });
    let parts = parts(context, &new.name, context.whole);
    let step =
        put_aside::locks(&parts).fold(step, |step, (relation, mode)| step.lock(relation, mode));
    let step = put_aside::rewritten(&parts).fold(step, Step::rewrite);
    let step = partition_key::refused(context.to, &columns, &new.name, step);
    let dependents = Dependents::of(context.to, context.printer, &columns);
    keys_apart::around(&dependents, Way::Both, step)
}

fn about_rows(old: &Domain, new: &Domain) -> Hazard {
    let name = &new.name;
    if old.base == new.base {
        let text = format!("it fails where a row has a value that `{name}` does not allow");
        return Hazard::new(HazardKind::ChecksRows, text);
    }
    let text = format!("values of `{name}` may be cut, rounded or refused by the new type");
    Hazard::new(HazardKind::DataLoss, text)
}

/// What depends on columns of the domain, takes or gives its values, or casts to it. The routines come again as they are in the schema after
/// it.
fn parts(context: &Context<'_>, domain: &QualifiedName, after: &Schema) -> Vec<Part> {
    let rights = diff::grants(context.to);
    let columns = domain_columns::columns(context.to, domain);
    let routines = dependents::routines(after, |sql_type| domain_columns::is_of(sql_type, domain));
    let dependents = Dependents::of(context.to, context.printer, &columns);
    let dependents = dependents.casting([Cast::To(&domain.name)]);
    dependents.put_aside(&routines, &rights)
}

fn made_anew(
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
    // The defaults may not fit, or call what is put aside.
    let (mut changes, mut defaults) = (Vec::new(), Vec::new());
    let mut statements = Statements::default();
    for table in &context.whole.tables {
        let own = table.columns.iter();
        for column in own.filter(|column| domain_columns::is_of(&column.sql_type, &new.name)) {
            let using = retype::by_text_to(context, column, new);
            changes.push(printer.change_type(&table.name, column, &using));
            if column.default.is_some() {
                statements.push(printer.alter_column(&table.name, &column.name, "DROP DEFAULT"));
                let is_set = sets_default(&table.name, column);
                defaults.extend(is_set.then(|| printer.set_default(&table.name, column)));
            }
        }
    }
    let (before, after) = put_aside::statements(parts(context, &new.name, after));
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
        &domain_columns::columns(context.whole, &new.name),
    ));
    statements
}
