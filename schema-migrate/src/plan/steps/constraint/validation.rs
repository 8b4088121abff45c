//! Constraints that hold for new rows are validated for those that are there.

use crate::plan::context::Context;
use crate::plan::step::{LockMode, Mode, Phase, Step};
use freehold_schema_core::ir::QualifiedName;

/// The rows that are there are checked, while others read and write.
pub(in crate::plan) fn validate(context: &Context<'_>, table: &QualifiedName, name: &str) -> Step {
    Step::new(Phase::Validate, format!("validate `{name}` of `{table}`"))
        .mode(Mode::Validation)
        .up(context.printer.validate_constraint(table, name))
        .lock(table, LockMode::ShareUpdateExclusive)
        .scan(table)
        .by_whoever_runs_it()
}
