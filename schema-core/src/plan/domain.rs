//! Domains that change.

use super::context::Context;
use super::dependents::{ColumnName, Dependents};
use super::hazard::{Hazard, HazardKind};
use super::labels;
use super::retype;
use super::step::{Phase, Step};
use crate::diff;
use crate::ir::{Check, Domain, QualifiedName, Schema, SqlType};

/// Its checks change in place; for another base it is made anew.
pub(super) fn replace(context: &Context<'_>, old: &Domain, new: &Domain) -> Vec<Step> {
    let places = labels::places(&columns(context.to, new));
    let step = if old.base == new.base {
        change_checks(context, old, new)
    } else {
        remake(context, old, new)
    };
    vec![step.about(&places)]
}

/// The columns of the domain.
fn columns(schema: &Schema, domain: &Domain) -> Vec<ColumnName> {
    let columns = schema.tables.iter().flat_map(|table| {
        let own = table.columns.iter();
        let own = own.filter(|column| is_of(&column.sql_type, domain));
        own.map(|column| (table.name.clone(), column.name.clone()))
    });
    columns.collect()
}

fn is_of(sql_type: &SqlType, domain: &Domain) -> bool {
    matches!(sql_type.element(), SqlType::Domain(own) if *own == domain.name)
}

fn change_checks(context: &Context<'_>, old: &Domain, new: &Domain) -> Step {
    let printer = context.printer;
    let name = printer.qualified(&new.name);
    let change = |from: &Domain, to: &Domain| {
        let is_other = |check: &&Check, other: &Domain| !other.checks.contains(check);
        let gone = from.checks.iter().filter(|check| is_other(check, to));
        let come = to.checks.iter().filter(|check| is_other(check, from));
        let gone = gone.map(|check| {
            format!(
                "ALTER DOMAIN {name} DROP CONSTRAINT {}",
                printer.identifier(&check.name)
            )
        });
        let come = come.map(|check| format!("ALTER DOMAIN {name} ADD {}", printer.check(check)));
        gone.chain(come).collect::<Vec<_>>()
    };
    Step::new(
        Phase::Make,
        format!("change the checks of domain `{}`", new.name),
    )
    .place(context.new_place(&diff::Object::Domain(new.clone())))
    .all_up(change(old, new))
    .all_down(change(new, old))
    .hazard(Hazard::new(
        HazardKind::BlockingLock,
        format!(
            "every table with a `{}` is read while writers wait",
            new.name
        ),
    ))
}

fn remake(context: &Context<'_>, old: &Domain, new: &Domain) -> Step {
    let up = made_anew(context, context.to, old, new);
    let down = made_anew(context, context.to, new, old);
    Step::new(Phase::OldLabels, format!("make domain `{}` anew", new.name))
        .all_up(up)
        .all_down(down)
        .hazard(Hazard::new(
            HazardKind::TableRewrite,
            format!(
                "every table with a `{}` is written anew, and everybody waits",
                new.name
            ),
        ))
        .hazard(Hazard::new(
            HazardKind::DataLoss,
            format!(
                "values of `{}` may be cut, rounded or refused by the new type",
                new.name
            ),
        ))
        .by_whoever_runs_it()
}

fn made_anew(context: &Context<'_>, schema: &Schema, old: &Domain, new: &Domain) -> Vec<String> {
    let printer = context.printer;
    let aside = QualifiedName {
        schema: new.name.schema.clone(),
        name: crate::ir::cut(&format!("{}_before", new.name.name)),
    };
    let columns = columns(schema, new);
    let changes = changed(context, schema, new);
    let rights = diff::grants(schema);
    let (before, after) = Dependents::of(schema, printer, &columns).around(&[], &rights);
    let mut statements = before;
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
    statements
}

/// Each column changes over to the new type, by way of a text.
fn changed(context: &Context<'_>, schema: &Schema, new: &Domain) -> Vec<String> {
    let printer = context.printer;
    let mut changes = Vec::new();
    for table in &schema.tables {
        let own = table.columns.iter();
        for column in own.filter(|column| is_of(&column.sql_type, new)) {
            let using = retype::by_text_to(context, column, new);
            let default = column.default.as_ref();
            changes.extend(
                default.map(|_| printer.alter_column(&table.name, &column.name, "DROP DEFAULT")),
            );
            changes.push(printer.change_type(&table.name, column, &using));
            changes.extend(default.map(|_| printer.set_default(&table.name, column)));
        }
    }
    changes
}
