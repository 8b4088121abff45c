//! Changes the owner of all objects before any other step, because the new owner creates the objects that follow.

use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{QualifiedName, Table};

/// After the role is created, and before it is needed.
const AFTER_THE_ROLES: i64 = i64::MAX;

/// The step that gives the old objects, by their old names, to another owner.
pub(in crate::plan) fn change(context: &Context<'_>, old: Option<&str>, new: &str) -> Step {
    let printer = context.printer;
    let objects = objects(context);
    let give = |to: &str| {
        let statements = objects.iter();
        let statements = statements.map(|object| format!("ALTER {object} OWNER TO {to}"));
        statements.collect::<Vec<_>>()
    };
    let name = printer.identifier(new);
    let before = old.map_or_else(|| "CURRENT_USER".to_owned(), |old| printer.identifier(old));
    let who = old.unwrap_or("the role that owns them now");
    let step = Step::new(Phase::Ground, format!("give the objects to `{new}`"))
        .place(AFTER_THE_ROLES)
        .up(printer.grant_role(new, "CURRENT_USER"))
        .up(format!("GRANT USAGE, CREATE ON SCHEMA public TO {name}"))
        .all_up(give(&name))
        .all_down(give(&before))
        .run_by_migrator()
        .hazard(Hazard::new(
            HazardKind::RightsChanged,
            format!(
                "after the migration, `{new}` may change and drop every object, and {who} may not"
            ),
        ));
    let relations = relations(context);
    relations.iter().fold(step, |step, relation| {
        step.lock(relation, LockMode::AccessExclusive)
    })
}

fn relations(context: &Context<'_>) -> Vec<QualifiedName> {
    let tables = context.before.tables.iter();
    let views = context.before.views.iter();
    let views = views.filter(|view| view.owner.is_none());
    let tables = tables.flat_map(|table| [table.name.clone()].into_iter().chain(partitions(table)));
    tables.chain(views.map(|view| view.name.clone())).collect()
}

/// All objects with an owner: `TABLE t`, `FUNCTION f(integer)`. Parts of a table follow it, but partitions do not.
fn objects(context: &Context<'_>) -> Vec<String> {
    let (printer, schema) = (context.printer, context.before);
    let of = |word: &str, name: &QualifiedName| format!("{word} {}", printer.qualified(name));
    let namespaces = schema.schemas.iter();
    let mut objects: Vec<_> = namespaces
        .map(|name| format!("SCHEMA {}", printer.identifier(name)))
        .collect();
    objects.extend(schema.enums.iter().map(|own| of("TYPE", &own.name)));
    objects.extend(schema.domains.iter().map(|own| of("DOMAIN", &own.name)));
    objects.extend(schema.sequences.iter().map(|own| of("SEQUENCE", &own.name)));
    for table in &schema.tables {
        objects.push(of("TABLE", &table.name));
        objects.extend(partitions(table).map(|name| of("TABLE", &name)));
    }
    let views = schema.views.iter().filter(|view| view.owner.is_none());
    objects.extend(views.map(|view| {
        let word = if view.materialized {
            "MATERIALIZED VIEW"
        } else {
            "VIEW"
        };
        of(word, &view.name)
    }));
    let routines = schema.routines.iter();
    objects.extend(routines.map(|routine| {
        let kind = freehold_schema_core::ddl::routine::kind(routine.kind);
        format!("{kind} {}", printer.signature(routine))
    }));
    objects
}

fn partitions(table: &Table) -> impl Iterator<Item = QualifiedName> {
    table.partitions.iter().map(|partition| QualifiedName {
        schema: table.name.schema.clone(),
        name: partition.name.clone(),
    })
}
