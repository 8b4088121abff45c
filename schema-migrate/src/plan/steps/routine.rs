//! Routines that are dropped before they are created again.

use crate::plan::context::Context;
use crate::plan::step::Phase;
use freehold_schema_core::ir::Routine;

/// The phase in which a routine is dropped that cannot stay meanwhile.
pub(in crate::plan) fn phase(context: &Context<'_>, routine: &Routine) -> Phase {
    if context.is_over_rows(&routine.name) {
        Phase::Views
    } else {
        Phase::Clear
    }
}

/// The routine with the old names, under which it is dropped and, on the way back, created.
pub(in crate::plan) fn before<'a>(context: &Context<'a>, routine: &'a Routine) -> &'a Routine {
    if !context.is_over_rows(&routine.name) {
        return routine;
    }
    let mut all = context.before.routines.iter();
    let same = all.find(|old| old.name == routine.name && old.arguments == routine.arguments);
    same.unwrap_or(routine)
}
