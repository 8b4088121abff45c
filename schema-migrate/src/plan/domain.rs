//! Domains that change.

use super::cast::{self, How};
use super::context::Context;
use super::dependents::{self, Cast, ColumnName, Dependents};
use super::domain_checks;
use super::hazard::{Hazard, HazardKind};
use super::keys_apart::{self, Way};
use super::labels;
use super::partition_key;
use super::put_aside::{self, Part};
use super::retype;
use super::statement::Statements;
use super::step::{LockMode, Phase, Step};
use crate::diff::{self, Change, Element, TableChange};
use freehold_schema_core::ir::{Argument, Column, Domain, QualifiedName, Routine, Schema, SqlType};

/// Its checks change in place, unless PostgreSQL cannot read the values in arrays for that; for another base it is made anew.
pub(super) fn replace(context: &Context<'_>, old: &Domain, new: &Domain) -> Vec<Step> {
    let has_array = [context.from, context.to]
        .iter()
        .any(|schema| is_in_array(schema, &new.name));
    let steps = if old.base == new.base && !has_array {
        domain_checks::change(context, old, new)
    } else {
        remake(context, old, new)
    };
    let places = labels::places(&columns(context.to, &new.name));
    steps.into_iter().map(|step| step.about(&places)).collect()
}

/// The domain of the type, where it or the one that it narrows has checks. PostgreSQL writes a table anew to add a column of it, also
/// where all rows are null there.
pub(super) fn checked<'a>(
    context: &Context<'a>,
    sql_type: &'a SqlType,
) -> Option<&'a QualifiedName> {
    let SqlType::Domain(name) = sql_type else {
        return None;
    };
    let domain = context.domain(name)?;
    let is_checked = !domain.checks.is_empty() || checked(context, &domain.base).is_some();
    is_checked.then_some(name)
}

/// The new schema and the changes without the defaults of the columns whose domain gets a base that no value of the old one need fit:
/// they come when it has.
pub(super) fn without_defaults(new: &Schema, changes: &[Change]) -> Option<(Schema, Vec<Change>)> {
    let other = of_other_kinds(changes);
    if other.is_empty() {
        return None;
    }
    let strip = |column: &mut Column| {
        if other.iter().any(|name| is_of(&column.sql_type, name)) {
            column.default = None;
        }
    };
    let (mut schema, mut changes) = (new.clone(), changes.to_vec());
    let columns = schema
        .tables
        .iter_mut()
        .flat_map(|table| &mut table.columns);
    columns
        .chain(changes.iter_mut().flat_map(new_columns))
        .for_each(strip);
    let is_other = |sql_type: &SqlType| other.iter().any(|name| is_of(sql_type, name));
    // One that stays as it is keeps a default that fits both.
    for routine in changes.iter_mut().filter_map(new_routine) {
        let mut routines = schema.routines.iter_mut();
        let own = routines.find(|own| *own == routine);
        let both = own.into_iter().chain([routine]);
        both.for_each(|routine| strip_arguments(routine, is_other));
    }
    Some((schema, changes))
}

/// A routine of before, without the defaults of arguments whose domain gets a base that no value of the old one need fit.
pub(crate) fn without_old_defaults(mut routine: Routine, changes: &[Change]) -> Routine {
    let other = of_other_kinds(changes);
    strip_arguments(&mut routine, |sql_type| {
        other.iter().any(|name| is_of(sql_type, name))
    });
    routine
}

/// The domains that get a base of another kind.
fn of_other_kinds(changes: &[Change]) -> Vec<&QualifiedName> {
    let other = changes.iter().filter_map(|change| match change {
        Change::Replace {
            old: diff::Object::Domain(old),
            new: diff::Object::Domain(new),
        } => is_other_kind(old, new).then_some(&new.name),
        _ => None,
    });
    other.collect()
}

/// No argument has a default before one that has none.
fn strip_arguments(routine: &mut Routine, is_other: impl Fn(&SqlType) -> bool) {
    let has_other =
        |argument: &Argument| argument.default.is_some() && is_other(&argument.sql_type);
    if let Some(last) = routine.arguments.iter().rposition(has_other) {
        let until_last = routine.arguments.iter_mut().take(last + 1);
        until_last.for_each(|argument| argument.default = None);
    }
}

fn new_routine(change: &mut Change) -> Option<&mut Routine> {
    match change {
        Change::Create(diff::Object::Routine(new))
        | Change::Replace {
            new: diff::Object::Routine(new),
            ..
        } => Some(new),
        _ => None,
    }
}

fn new_columns(change: &mut Change) -> Vec<&mut Column> {
    use TableChange::{Add, Counted, Default, Type};
    match change {
        Change::Create(diff::Object::Table(table)) => table.columns.iter_mut().collect(),
        Change::Table {
            change:
                Add(Element::Column(new)) | Type { new, .. } | Counted { new, .. } | Default { new, .. },
            ..
        } => vec![new],
        _ => Vec::new(),
    }
}

/// Whether PostgreSQL takes the values of neither base for those of the other by itself.
fn is_other_kind(old: &Domain, new: &Domain) -> bool {
    let fits = |from: &SqlType, to: &SqlType| cast::cast(from, to).how == How::Implicit;
    old.base != new.base && !fits(&old.base, &new.base) && !fits(&new.base, &old.base)
}

pub(super) fn is_of(sql_type: &SqlType, name: &QualifiedName) -> bool {
    matches!(sql_type.element(), SqlType::Domain(own) if own == name)
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
    let columns = columns(context.to, &new.name);
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

fn is_in_array(schema: &Schema, domain: &QualifiedName) -> bool {
    let columns = schema.tables.iter().flat_map(|table| &table.columns);
    let mut types = columns.map(|column| &column.sql_type);
    types.any(|sql_type| matches!(sql_type, SqlType::Array(_)) && is_of(sql_type, domain))
}

pub(super) fn columns(schema: &Schema, domain: &QualifiedName) -> Vec<ColumnName> {
    let columns = schema.tables.iter().flat_map(|table| {
        let own = table.columns.iter();
        let own = own.filter(|column| is_of(&column.sql_type, domain));
        own.map(|column| (table.name.clone(), column.name.clone()))
    });
    columns.collect()
}

/// What depends on columns of the domain, takes or gives its values, or casts to it. The routines come again as they are in the schema after
/// it.
fn parts(context: &Context<'_>, domain: &QualifiedName, after: &Schema) -> Vec<Part> {
    let rights = diff::grants(context.to);
    let columns = columns(context.to, domain);
    let routines = dependents::routines(after, |sql_type| is_of(sql_type, domain));
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
        for column in own.filter(|column| is_of(&column.sql_type, &new.name)) {
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
    statements.extend(labels::analyze(context, &columns(context.whole, &new.name)));
    statements
}
