//! How long a transaction holds its locks, and in which order it takes them.

use squawk_syntax::ast::{AstNode as _, Stmt};

use crate::effect;
use crate::findings::{At, Findings};
use crate::name::Name;
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::LockMode;

pub(super) static LK11: LintRule = LintRule::warning(
    "LK11",
    "no_lock_timeout",
    "a table in use is locked without a `lock_timeout`",
)
.why("The statement may wait for a long query, and all later queries of the table wait behind it: the application does not respond. Freehold's runner sets a `lock_timeout`.")
.instead("run `SET LOCAL lock_timeout = '3s';` first, and run the migration again if it times out");

pub(super) static LK12: LintRule = LintRule::note(
    "LK12",
    "no_statement_timeout",
    "a table in use is locked without a `statement_timeout`",
)
.why("A statement that runs longer than expected keeps its locks until it ends.")
.instead("run `SET LOCAL statement_timeout = '30s';` first")
.opt_in();

pub(super) static LK13: LintRule = LintRule::warning(
    "LK13",
    "slow_under_lock",
    "rows are read or written while a table is locked exclusively",
)
.why("The transaction keeps the lock of the earlier statement until it ends, so other queries of that table wait for this statement too.")
.instead("put the statement in another migration, or before the statement that locks the table")
.reported_by(ReportedBy::Locks);

pub(super) static LK14: LintRule = LintRule::note(
    "LK14",
    "split_alter_table",
    "two `ALTER TABLE` statements of the same table follow each other",
)
.why("Each statement locks the table, and may read or rewrite all of it. One statement with several actions does both once.")
.instead("write one `ALTER TABLE` with commas between the actions")
.reported_by(ReportedBy::Structs);

pub(super) static LK20: LintRule = LintRule::warning(
    "LK20",
    "several_tables_locked",
    "a transaction locks more than one table in use",
)
.why("The transaction keeps the first lock while it waits for the second, so other queries wait for both tables. A transaction that takes the locks in the other order causes a deadlock.")
.instead("write one migration for each table")
.reported_by(ReportedBy::Locks);

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    let locked: Vec<_> = effect::locks(at.tree, at.known)
        .into_iter()
        .filter(|(table, mode)| *mode >= LockMode::Share && !at.known.is_new(table))
        .collect();
    if let Some((table, _)) = locked.first() {
        timeouts(at, table, found);
        second_table(at, &locked, found);
    }
    under_lock(at, found);
    split(at, found);
}

fn timeouts(at: &At<'_>, table: &Name, found: &mut Findings) {
    // A file without a transaction has one statement, so it has no room for a `SET`.
    if !at.is_in_transaction() {
        return;
    }
    let is_set = at.options.runner_sets_lock_timeout || at.transaction.sets_lock_timeout;
    if !is_set && !found.has(&LK11) {
        let message = format!(
            "the statement waits for `{table}` without a limit, and all other queries of it wait behind it"
        );
        found.add(at.whole(&LK11, message).on(table));
    }
    if !at.transaction.sets_statement_timeout && !found.has(&LK12) {
        let message = format!("`{table}` stays locked as long as the statement runs");
        found.add(at.whole(&LK12, message).on(table));
    }
}

fn second_table(at: &At<'_>, locked: &[(Name, LockMode)], found: &mut Findings) {
    let Some(first) = at.transaction.held.first() else {
        return;
    };
    let mut others = locked.iter().map(|(table, _)| table);
    if let Some(second) = others.find(|table| !at.transaction.holds(table))
        && !found.has(&LK20)
    {
        let message = format!(
            "the transaction waits for `{second}` and keeps the lock on `{}` from line {}",
            first.table, first.line
        );
        found.add(at.whole(&LK20, message).on(second));
    }
}

fn under_lock(at: &At<'_>, found: &mut Findings) {
    let Some(held) = at.transaction.stops_all().filter(|_| is_slow(at)) else {
        return;
    };
    if !found.has(&LK13) {
        let message = format!(
            "other queries wait for this statement too, since `{}` is locked from line {} on",
            held.table, held.line
        );
        found.add(at.whole(&LK13, message).on(&held.table));
    }
}

/// Whether the statement reads or writes existing rows and may run long.
fn is_slow(at: &At<'_>) -> bool {
    let table = match at.tree {
        Stmt::Insert(it) => it.relation_name_ref().and_then(|it| Name::of(it.syntax())),
        Stmt::CreateIndex(it) => it
            .table_relation_name()
            .and_then(|it| Name::of(it.syntax())),
        _ => None,
    };
    // Inserting the rows of a `VALUES` list is fast.
    let is_small = matches!(at.tree, Stmt::Insert(it) if parts::has_word(it.syntax(), "values"));
    let is_new = table.is_some_and(|table| at.known.is_new(&table));
    let is_setting =
        matches!(at.tree, Stmt::Select(it) if parts::has_word(it.syntax(), "set_config"));
    let reads = at.statement.block.as_ref().is_some_and(|it| it.reads);
    reads || (effect::is_slow(at.tree) && !is_small && !is_new && !is_setting)
}

fn split(at: &At<'_>, found: &mut Findings) {
    let Some((table, alter)) = at.altered().filter(|(table, _)| !at.known.is_new(table)) else {
        return;
    };
    if at.statement.is_inside {
        return;
    }
    let before = at
        .index
        .checked_sub(1)
        .and_then(|before| at.source.statements.get(before));
    let Some(Stmt::AlterTable(before)) = before.and_then(|before| before.tree.as_ref()) else {
        return;
    };
    if at.is_in_transaction()
        && parts::altered(before).as_ref() == Some(&table)
        && !must_be_alone(before)
        && !must_be_alone(alter)
    {
        let message = format!("the previous statement also alters `{table}`");
        found.add(at.whole(&LK14, message).on(&table));
    }
}

/// Whether an action cannot be combined with others in one `ALTER TABLE`.
fn must_be_alone(alter: &squawk_syntax::ast::AlterTable) -> bool {
    use squawk_syntax::ast::AlterTableAction as Action;
    alter.actions().any(|action| {
        matches!(
            action,
            Action::RenameColumn(_)
                | Action::RenameConstraint(_)
                | Action::TableRenameTo(_)
                | Action::SetSchema(_)
                | Action::AttachPartition(_)
                | Action::DetachPartition(_)
                | Action::ValidateConstraint(_)
        )
    })
}
