//! Roles that are created or changed.

use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{Phase, Step};
use freehold_schema_core::ir::Role;

/// Creates a role.
///
/// If it is the owner of the objects, the current user becomes a member. For an existing role, its administrator
/// decides that.
pub(in crate::plan) fn create_role(context: &Context<'_>, role: &Role, step: Step) -> Step {
    let printer = context.printer;
    let step = step
        .up(printer.create_role(role))
        .all_up(printer.memberships(role));
    if context.to.owner() != Some(&role.name) {
        return step;
    }
    let name = printer.identifier(&role.name);
    step.up(printer.grant_role(&role.name, "CURRENT_USER"))
        .up(format!("GRANT USAGE, CREATE ON SCHEMA public TO {name}"))
        .down(format!("REVOKE USAGE, CREATE ON SCHEMA public FROM {name}"))
}

pub(in crate::plan) fn alter_role(context: &Context<'_>, old: &Role, new: &Role) -> Step {
    let printer = context.printer;
    let change = |from: &Role, to: &Role| {
        let joined = to
            .member_of
            .iter()
            .filter(|group| !from.member_of.contains(group));
        let left = from
            .member_of
            .iter()
            .filter(|group| !to.member_of.contains(group));
        let name = printer.identifier(&to.name);
        let joined = joined.map(|group| printer.grant_role(group, &name));
        let left = left.map(|group| printer.revoke_role(group, &to.name));
        let able = |role: &Role| (role.login, role.inherit, role.bypass_rls);
        let alter = (able(from) != able(to)).then(|| printer.alter_role(to));
        alter
            .into_iter()
            .chain(joined)
            .chain(left)
            .collect::<Vec<_>>()
    };
    Step::new(Phase::Ground, format!("change the role `{}`", new.name))
        .all_up(change(old, new))
        .all_down(change(new, old))
        .run_by_migrator()
        .hazard(Hazard::new(
            HazardKind::RightsChanged,
            format!(
                "the attributes or memberships of the role `{}` change; review who signs in as it",
                new.name
            ),
        ))
}
