//! Removes defaults that call a recreated function, and sets them again after it.

use crate::diff::{Change, TableChange};
use crate::plan::context::Context;
use crate::plan::dependents::Dependents;
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Column, QualifiedName, Table};

/// The changes with such old defaults removed, because separate steps handle them; `None` if there are none.
pub(in crate::plan) fn settled(context: &Context<'_>, changes: &[Change]) -> Option<Vec<Change>> {
    use TableChange::{Counted, Default, Type};
    if context.remade.is_empty() {
        return None;
    }
    let dependents = Dependents::of(context.from, context.printer, &[]).calling(&context.remade);
    let calls = |column: &Column| {
        column
            .default
            .as_ref()
            .is_some_and(|expr| dependents.uses(expr))
    };
    let mut changes = changes.to_vec();
    let mut is_other = false;
    for change in &mut changes {
        if let Change::Table {
            change: Type { old, .. } | Default { old, .. } | Counted { old, .. },
            ..
        } = change
            && calls(old)
        {
            old.default = None;
            is_other = true;
        }
    }
    is_other.then_some(changes)
}

pub(in crate::plan) fn steps(context: &Context<'_>, changes: &[Change]) -> Vec<Step> {
    let dependents = Dependents::of(context.from, context.printer, &[]).calling(&context.remade);
    // A column that becomes a generated column is recreated.
    let is_stored = |table: &QualifiedName, column: &str| {
        let new = context.new_column(table, column);
        new.is_none_or(|new| new.generated.is_none())
    };
    let kept = dependents.defaults().into_iter().filter(|(table, column)| {
        let goes = context.is_dropped(&table.name) || context.is_recreated(&table.name);
        !goes && is_stored(&table.name, &column.name)
    });
    kept.flat_map(|(table, column)| around(context, changes, table, column))
        .collect()
}

fn around(context: &Context<'_>, changes: &[Change], table: &Table, column: &Column) -> [Step; 2] {
    let printer = context.printer;
    let drop = || printer.alter_column(&table.name, &column.name, "DROP DEFAULT");
    let title = |verb: &str| format!("{verb} the default of `{}.{}`", table.name, column.name);
    let step =
        |phase, verb| Step::new(phase, title(verb)).lock(&table.name, LockMode::AccessExclusive);
    let new = context.new_column(&table.name, &column.name);
    let is_own = changes
        .iter()
        .any(|change| sets_default(change, &table.name, &column.name));
    let new = new.filter(|_| !is_own);
    [
        step(Phase::Detach, "drop")
            .up(drop())
            .down(printer.set_default(&table.name, column)),
        step(Phase::Attach, "set")
            .all_up(new.map(|new| printer.set_default(&table.name, new)))
            .down(drop()),
    ]
}

/// Whether the change sets the column's default.
fn sets_default(change: &Change, of: &QualifiedName, column: &str) -> bool {
    use TableChange::{Counted, Default, Type};
    match change {
        Change::Table {
            table,
            change: Type { new, .. } | Default { new, .. } | Counted { new, .. },
        } => table == of && new.name == column,
        _ => false,
    }
}
