//! Validates constraints, which apply to new rows already, for the existing rows.

use crate::plan::context::Context;
use crate::plan::step::{LockMode, Mode, Phase, Step};
use freehold_schema_core::ir::QualifiedName;

/// Checks the existing rows while other sessions read and write.
pub(in crate::plan) fn validate(context: &Context<'_>, table: &QualifiedName, name: &str) -> Step {
    Step::new(Phase::Validate, format!("validate `{name}` of `{table}`"))
        .mode(Mode::Validation)
        .up(context.printer.validate_constraint(table, name))
        .lock(table, LockMode::ShareUpdateExclusive)
        .scan(table)
        .run_by_migrator()
}
