//! Comments on objects that exist before and after.

use crate::diff::Commented;
use crate::plan::context::Context;
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ddl::routine::kind as routine_kind;
use freehold_schema_core::ir::QualifiedName;

pub(in crate::plan) fn comment(
    context: &Context<'_>,
    on: &Commented,
    old: Option<&str>,
    new: Option<&str>,
) -> Step {
    let printer = context.printer;
    let name = |name: &QualifiedName| printer.qualified(name);
    let column = |name: &QualifiedName, column: &str| {
        format!("{}.{}", printer.qualified(name), printer.identifier(column))
    };
    let (kind, name) = match on {
        Commented::Table(table) => ("TABLE", name(table)),
        Commented::Column(table, of) | Commented::ViewColumn(table, of) => {
            ("COLUMN", column(table, of))
        }
        Commented::View {
            name: view,
            materialized: true,
        } => ("MATERIALIZED VIEW", name(view)),
        Commented::View { name: view, .. } => ("VIEW", name(view)),
        Commented::Enum(sql_enum) => ("TYPE", name(sql_enum)),
        Commented::Domain(domain) => ("DOMAIN", name(domain)),
        Commented::Routine(routine) => (routine_kind(routine.kind), printer.signature(routine)),
    };
    let step = Step::new(Phase::Attach, format!("comment on {name}"))
        .up(printer.comment_or_none(kind, &name, new))
        .down(printer.comment_or_none(kind, &name, old));
    match on {
        Commented::Table(table) | Commented::Column(table, _) => step
            .lock(table, LockMode::ShareUpdateExclusive)
            .of_the_table_alone(),
        _ => step,
    }
}
