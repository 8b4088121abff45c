//! How long a transaction holds its locks, and in which order it takes them.

use squawk_syntax::ast::{AstNode as _, Stmt};

use crate::effect;
use crate::found::{At, Found};
use crate::name::Name;
use crate::parts;
use crate::rule::{LintRule, ToldBy};
use freehold_schema_migrate::plan::LockMode;

pub(super) static LK11: LintRule = LintRule::warning(
    "LK11",
    "no_lock_timeout",
    "a table in use is locked, and no `lock_timeout` is set before",
)
.why("It may wait for a long query, and everybody else waits behind it: the application answers nothing meanwhile. The runner of this crate sets a `lock_timeout`.")
.instead("`SET LOCAL lock_timeout = '3s';` first, and run it again where it ends with that");

pub(super) static LK12: LintRule = LintRule::note(
    "LK12",
    "no_statement_timeout",
    "a table in use is locked, and no `statement_timeout` is set before",
)
.why("A statement that takes longer than thought holds its locks for as long as it takes.")
.instead("`SET LOCAL statement_timeout = '30s';` first")
.opt_in();

pub(super) static LK13: LintRule = LintRule::warning(
    "LK13",
    "slow_under_lock",
    "rows are read or written while a table is locked against all",
)
.why("The lock of an earlier statement is held until the transaction ends, so that everybody waits for this one as well.")
.instead("put it in another migration, or before the statement that locks the table")
.told_by(ToldBy::Locks);

pub(super) static LK14: LintRule = LintRule::note(
    "LK14",
    "split_alter_table",
    "two `ALTER TABLE` of one table follow each other",
)
.why("Each takes the lock and goes through the table. One with commas does both at once.")
.instead("write one `ALTER TABLE` with commas between its actions")
.told_by(ToldBy::Structs);

pub(super) static LK20: LintRule = LintRule::warning(
    "LK20",
    "several_tables_locked",
    "a transaction locks more than one table that is in use",
)
.why("It holds the first while it waits for the second: everybody waits for both, and who takes them in the other order is in a deadlock with it.")
.instead("make a migration for each table")
.told_by(ToldBy::Locks);

pub(super) fn check(at: &At<'_>, found: &mut Found) {
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

fn timeouts(at: &At<'_>, table: &Name, found: &mut Found) {
    // A file without a transaction is one statement, and a setting would be another one.
    if !at.is_in_transaction() {
        return;
    }
    let is_set = at.options.runner_sets_lock_timeout || at.transaction.sets_lock_timeout;
    if !is_set && !found.has(&LK11) {
        let message = format!("it waits for `{table}` without end, and everybody waits behind it");
        found.add(at.whole(&LK11, message).on(table));
    }
    if !at.transaction.sets_statement_timeout && !found.has(&LK12) {
        let message = format!("`{table}` is locked for as long as it takes");
        found.add(at.whole(&LK12, message).on(table));
    }
}

fn second_table(at: &At<'_>, locked: &[(Name, LockMode)], found: &mut Found) {
    let Some(first) = at.transaction.held.first() else {
        return;
    };
    let mut others = locked.iter().map(|(table, _)| table);
    if let Some(second) = others.find(|table| !at.transaction.holds(table))
        && !found.has(&LK20)
    {
        let message = format!(
            "it waits for `{second}` and holds `{}` since line {}",
            first.table, first.line
        );
        found.add(at.whole(&LK20, message).on(second));
    }
}

fn under_lock(at: &At<'_>, found: &mut Found) {
    let Some(held) = at.transaction.stops_all().filter(|_| is_slow(at)) else {
        return;
    };
    if !found.has(&LK13) {
        let message = format!(
            "everybody waits for this too, since `{}` is locked since line {}",
            held.table, held.line
        );
        found.add(at.whole(&LK13, message).on(&held.table));
    }
}

/// Whether it is about rows that were there before.
fn is_slow(at: &At<'_>) -> bool {
    let table = match at.tree {
        Stmt::Insert(it) => it.relation_name_ref().and_then(|it| Name::of(it.syntax())),
        Stmt::CreateIndex(it) => it
            .table_relation_name()
            .and_then(|it| Name::of(it.syntax())),
        _ => None,
    };
    // A row that is written down is put in in a moment.
    let is_small = matches!(at.tree, Stmt::Insert(it) if parts::has_word(it.syntax(), "values"));
    let is_new = table.is_some_and(|table| at.known.is_new(&table));
    let is_setting =
        matches!(at.tree, Stmt::Select(it) if parts::has_word(it.syntax(), "set_config"));
    let reads = at.statement.block.as_ref().is_some_and(|it| it.reads);
    reads || (effect::is_slow(at.tree) && !is_small && !is_new && !is_setting)
}

fn split(at: &At<'_>, found: &mut Found) {
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
        && !is_by_itself(before)
        && !is_by_itself(alter)
    {
        let message = format!("`{table}` is altered by the statement before as well");
        found.add(at.whole(&LK14, message).on(&table));
    }
}

/// Whether its action cannot stand beside others.
fn is_by_itself(alter: &squawk_syntax::ast::AlterTable) -> bool {
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
