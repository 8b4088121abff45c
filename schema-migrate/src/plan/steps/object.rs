//! Objects that are created, dropped or replaced as a whole.

use super::constraint::key;
use super::domain;
use super::rights;
use super::role;
use super::routine;
use super::table;
use crate::diff::Object;
use crate::plan::changes;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::statement::Statement;
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Extension, Grant, QualifiedName, Routine, View};

/// The steps that create an object.
///
/// They also revoke the rights on it that come from default privileges and that the schema does not declare.
pub(in crate::plan) fn create(context: &Context<'_>, object: &Object) -> Vec<Step> {
    let steps = made(context, object);
    let steps = match object {
        Object::View(view) => without_inherited(context, &view.name, &context.new_grants, steps),
        _ => with_first(
            steps,
            rights::disinherit_object(
                context.printer,
                object,
                &context.old_grants,
                &context.new_grants,
            ),
        ),
    };
    with_first(steps, rights::again(context, changes::relations(object)))
}

/// Revokes unwanted rights on a view.
///
/// A view that is created after the keys is also created after the default privileges have changed.
fn without_inherited(
    context: &Context<'_>,
    name: &QualifiedName,
    kept: &[Grant],
    steps: Vec<Step>,
) -> Vec<Step> {
    let by_default = rights::by_default(context);
    let unwanted = rights::disinherit(context.printer, name, &by_default, kept);
    with_first(steps, unwanted)
}

/// Adds the statements to the first step.
fn with_first(mut steps: Vec<Step>, statements: Vec<String>) -> Vec<Step> {
    if let Some(first) = steps.first_mut() {
        first.also_up(statements);
    }
    steps
}

fn made(context: &Context<'_>, object: &Object) -> Vec<Step> {
    let title = format!("create {}", object.title());
    let printer = context.printer;
    let step = Step::new(Phase::Make, title).place(context.new_place(object));
    let ground = |step: Step| Step {
        phase: Phase::Ground,
        ..step.run_by_migrator()
    };
    let step = match object {
        Object::Role(role) => return vec![ground(role::create_role(context, role, step))],
        Object::Namespace(name) => ground(step)
            .up(printer.create_schema(name, owner_of(context, name)))
            .down(printer.drop_schema(name)),
        Object::Extension(extension) => ground(step)
            .up(printer.create_extension(extension))
            .down(printer.drop_extension(extension)),
        Object::Enum(sql_enum) => step
            .up(printer.create_enum(sql_enum))
            .all_up(printer.enum_comment(sql_enum))
            .down(printer.drop_enum(sql_enum)),
        Object::Domain(domain) => step
            .all_up(printer.create_domain(domain))
            .down(printer.drop_domain(domain)),
        Object::Sequence(sequence) => step
            .up(printer.create_sequence(sequence))
            .down(printer.drop_sequence(sequence)),
        Object::Routine(routine) => step
            .all_up(Statement::create_routine(printer, routine))
            .down(printer.drop_routine(routine)),
        Object::Table(table) => return table::create(context, table, &context.new_order, step),
        Object::View(view) => create_view(context, view, step),
    };
    vec![match object {
        Object::View(view) if context.is_late(&view.name) => key::after_the_keys(step),
        _ => step,
    }]
}

/// The owner of a PostgreSQL schema: the owner in the new schema if that contains it, else in the old one.
fn owner_of<'a>(context: &Context<'a>, namespace: &String) -> Option<&'a str> {
    if context.to.schemas.contains(namespace) {
        context.to.owner()
    } else {
        context.from.owner()
    }
}

fn create_view(context: &Context<'_>, view: &View, step: Step) -> Step {
    let printer = context.printer;
    step.all_up(Statement::create_view(printer, view))
        .down(printer.drop_view(view))
        .lock_back(&view.name, LockMode::AccessExclusive)
}

/// The steps that drop an object.
pub(in crate::plan) fn drop(context: &Context<'_>, object: &Object) -> Vec<Step> {
    let title = format!("drop {}", object.title());
    if let Object::Table(table) = object {
        return table::drop(context, table, &title);
    }
    let phase = match object {
        Object::View(_) => Phase::Views,
        Object::Routine(routine) if context.remade.contains(&routine.name) => {
            routine::phase(context, routine)
        }
        _ => Phase::Contract,
    };
    let with_order = |step: Step| step.place(context.old_place(object));
    let steps = made(context, object).into_iter().map(with_order);
    let reversed = steps.map(|step| step.reversed(phase, title.clone()));
    let mut steps: Vec<_> = reversed.map(|step| last(object, step)).collect();
    if let Some(step) = steps.first_mut() {
        let by_default = rights::by_default(context);
        step.also_down(rights::disinherit_object(
            context.printer,
            object,
            &by_default,
            &context.old_grants,
        ));
        step.also_down(rights::rights_on(context, object));
        step.hazards.extend(lost(context, object));
    }
    steps
}

/// Types are dropped after their columns, then extensions and PostgreSQL schemas, when they are empty.
fn last(object: &Object, step: Step) -> Step {
    let place = match object {
        Object::Sequence(_) => 1,
        Object::Enum(_) => 2,
        Object::Extension(_) => 3,
        Object::Namespace(_) => 4,
        _ => return step,
    };
    step.place(place)
}

fn lost(context: &Context<'_>, object: &Object) -> Option<Hazard> {
    match object {
        Object::Sequence(sequence) => Some(Hazard::new(
            HazardKind::DataLoss,
            format!("the value of the sequence `{}` is lost", sequence.name),
        )),
        Object::View(view) if context.is_leaving_table(&view.name) => None,
        Object::View(view) => Some(Hazard::new(
            HazardKind::BreaksRunningCode,
            format!(
                "code that reads the view `{}` fails after the migration; plan with `--expand`, which keeps the view until no such code runs",
                view.name
            ),
        )),
        _ => None,
    }
}

/// The steps that replace an object by another one of the same name.
pub(in crate::plan) fn replace(context: &Context<'_>, old: &Object, new: &Object) -> Vec<Step> {
    match (old, new) {
        (Object::View(old), Object::View(new)) => replace_view(context, old, new),
        (Object::Routine(old), Object::Routine(new)) => replace_routine(context, old, new),
        (Object::Domain(old), Object::Domain(new)) => domain::replace(context, old, new),
        (Object::Extension(old), Object::Extension(new)) => vec![move_extension(context, old, new)],
        _ => Vec::new(),
    }
}

/// Recreates a view.
///
/// The rights on it are granted again, because they are dropped with it; changes of rights have separate steps.
pub(in crate::plan) fn replace_view(context: &Context<'_>, old: &View, new: &View) -> Vec<Step> {
    let new_name = &new.name.clone();
    let (old, new) = (
        Object::View(Box::new(old.clone())),
        Object::View(Box::new(new.clone())),
    );
    let mut steps = drop(context, &old);
    // A view whose definition stays has the columns that its old rights are on.
    let (rights, kept) = if context.reuses_name(new_name) {
        let rights = rights::again(context, vec![new_name.clone()]);
        (rights, &context.new_grants)
    } else {
        (rights::rights_on(context, &old), &context.old_grants)
    };
    for step in &mut steps {
        step.hazards.clear();
    }
    let made = without_inherited(context, new_name, kept, made(context, &new));
    steps.extend(made.into_iter().map(|step| step.all_up(rights.clone())));
    steps
}

/// Moves the extension's objects to another PostgreSQL schema.
fn move_extension(context: &Context<'_>, old: &Extension, new: &Extension) -> Step {
    let printer = context.printer;
    let put = |extension: &Extension| {
        let schema = extension.schema.as_deref().unwrap_or("public");
        format!(
            "ALTER EXTENSION {} SET SCHEMA {}",
            printer.identifier(&extension.name),
            printer.identifier(schema)
        )
    };
    Step::new(Phase::Make, format!("move extension `{}`", new.name))
        .place(i64::MIN)
        .up(put(new))
        .down(put(old))
        .run_by_migrator()
        .hazard(Hazard::new(
            HazardKind::BreaksRunningCode,
            format!(
                "code that uses objects of `{}` in the old PostgreSQL schema fails after the migration; deploy the new code together with the migration",
                new.name
            ),
        ))
}

/// Replaces a routine in place if PostgreSQL can; otherwise drops it and creates it again.
pub(in crate::plan) fn replace_routine(
    context: &Context<'_>,
    old: &Routine,
    new: &Routine,
) -> Vec<Step> {
    let printer = context.printer;
    let object = Object::Routine(Box::new(new.clone()));
    if changes::is_replaceable(old, new) && !context.is_over_rows(&old.name) {
        let step = Step::new(Phase::Make, format!("replace {}", object.title()))
            .place(context.new_place(&object));
        return vec![
            step.all_up(Statement::replace_routine(printer, old, new))
                .all_down(Statement::replace_routine(printer, new, old)),
        ];
    }
    let before = Object::Routine(Box::new(routine::before(context, old).clone()));
    let dropped = drop(context, &before).into_iter();
    let dropped = dropped.map(|step| Step {
        phase: routine::phase(context, old),
        ..step
    });
    // Changes of rights have separate steps, which start from the old rights.
    let created = with_first(
        create(context, &object),
        rights::rights_on(context, &before),
    );
    dropped.chain(created).collect()
}
