//! Short statements that lock a table, or a table that they do not name.

use squawk_syntax::ast::{AlterColumnOption, AlterTableAction, AstNode as _, Stmt};

use crate::effect;
use crate::findings::{At, Findings};
use crate::name::Name;
use crate::parts::{self, Column};
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::LockMode;

pub(super) static LK10: LintRule = LintRule::note(
    "LK10",
    "trigger_lock",
    "a trigger is created on a table in use",
)
.why("`CREATE TRIGGER` takes a `SHARE ROW EXCLUSIVE` lock: it waits for every writer, and all other writers wait behind it.")
.instead("run the statement with a short `lock_timeout` and retries, in a transaction that does nothing else")
.reported_by(ReportedBy::Locks);

pub(super) static LK15: LintRule = LintRule::warning(
    "LK15",
    "refresh",
    "a materialized view is refreshed without `CONCURRENTLY`",
)
.why("No query can read the view until the refresh has ended.")
.instead("use `REFRESH MATERIALIZED VIEW CONCURRENTLY`, which needs a unique index and may run in a transaction");

pub(super) static LK18: LintRule = LintRule::warning(
    "LK18",
    "parent_locked_by_drop",
    "a dropped foreign key or table locks the table that it references",
)
.why("`DROP TABLE` of a child and `DROP CONSTRAINT` of a foreign key take an `ACCESS EXCLUSIVE` lock on the parent too: all queries of the parent wait until the transaction ends.")
.instead("first drop only the foreign key, in a short transaction with a `lock_timeout`, and then the table")
.reported_by(ReportedBy::Locks);

pub(super) static LK19: LintRule = LintRule::note(
    "LK19",
    "parent_locked_by_create",
    "a new table or a new column references a table that is in use",
)
.why("`CREATE TABLE` and `ADD COLUMN` with `REFERENCES` take a `SHARE ROW EXCLUSIVE` lock on the parent: writes to the parent wait until the transaction ends. `ADD COLUMN` also keeps an `ACCESS EXCLUSIVE` lock on its own table.")
.instead("create the table or the column without the foreign key, and add the key with `NOT VALID` in another migration")
.reported_by(ReportedBy::Locks);

pub(super) static LK21: LintRule = LintRule::note(
    "LK21",
    "settings_lock",
    "a policy, an owner or a setting of a table is changed, which locks the table exclusively",
)
.why("`CREATE POLICY`, row-level security, `OWNER TO`, `REPLICA IDENTITY` and `SET STORAGE` take an `ACCESS EXCLUSIVE` lock. The statement is short, but it waits for every reader, and all other queries wait behind it.")
.instead("run the statement with a short `lock_timeout` and retries, in a transaction that does nothing else")
.reported_by(ReportedBy::Locks);

pub(super) static LK22: LintRule = LintRule::warning(
    "LK22",
    "explicit_lock",
    "a table is locked explicitly",
)
.why("`LOCK TABLE` without a mode takes an `ACCESS EXCLUSIVE` lock: all queries of the table wait until the transaction ends.")
.instead("let the statements take their locks, or name the weakest sufficient mode")
.reported_by(ReportedBy::Locks);

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::Lock(_) => {
            found.add(at.whole(&LK22, "other queries wait until the transaction ends"));
        }
        Stmt::CreateTrigger(it) => {
            if let Some(table) = at.existing(it.on_relation()) {
                let message = format!("writes to `{table}` wait");
                found.add(at.whole(&LK10, message).on(&table));
            }
        }
        Stmt::Refresh(it) if it.concurrently_token().is_none() => {
            if let Some(view) = at.existing(it.view_ref()) {
                let mut find = at.whole(
                    &LK15,
                    format!("reads of `{view}` wait until the refresh ends"),
                );
                if let Some(word) = it.view_token() {
                    let end = at.statement.range.start + usize::from(word.text_range().end());
                    find = find.edit(end..end, " CONCURRENTLY");
                }
                found.add(find);
            }
        }
        Stmt::DropTable(_) => parents_of_dropped(at, found),
        Stmt::AlterTable(_) => {
            parents_of_dropped(at, found);
            parents_of_added(at, found);
        }
        Stmt::CreateTable(_) => parents_of_created(at, found),
        _ => {}
    }
    settings(at, found);
}

/// The existing tables that a statement locks in this mode, without the tables that it names itself (`own`).
fn parents(at: &At<'_>, mode: LockMode, own: &[Name]) -> Vec<Name> {
    let locks = effect::locks(at.tree, at.known).into_iter();
    let parents = locks
        .filter(|(table, taken)| *taken == mode && !own.contains(table) && !at.known.is_new(table));
    parents.map(|(table, _)| table).collect()
}

fn parents_of_dropped(at: &At<'_>, found: &mut Findings) {
    let own: Vec<_> = match at.tree {
        Stmt::DropTable(drop) => {
            let names = drop.table_name_refs();
            names.filter_map(|name| Name::of(name.syntax())).collect()
        }
        Stmt::AlterTable(alter) => {
            let partitions = alter.actions().filter_map(|action| match action {
                AlterTableAction::AttachPartition(it) => Name::of(it.table_name_ref()?.syntax()),
                AlterTableAction::DetachPartition(it) => Name::of(it.table_name_ref()?.syntax()),
                _ => None,
            });
            parts::altered(alter)
                .into_iter()
                .chain(partitions)
                .collect()
        }
        _ => Vec::new(),
    };
    for parent in parents(at, LockMode::AccessExclusive, &own) {
        let message = format!("`{parent}` is locked exclusively until the transaction ends");
        found.add(at.whole(&LK18, message).on(&parent));
    }
}

fn parents_of_created(at: &At<'_>, found: &mut Findings) {
    for parent in parents(at, LockMode::ShareRowExclusive, &[]) {
        let message = format!("writes to `{parent}` wait until the transaction ends");
        found.add(at.whole(&LK19, message).on(&parent));
    }
}

/// Reports the parent of each added column. The parent of an added constraint is not reported: an author who writes
/// `NOT VALID` knows it.
fn parents_of_added(at: &At<'_>, found: &mut Findings) {
    for (table, action) in at.actions() {
        let AlterTableAction::AddColumn(add) = action else {
            continue;
        };
        let constraints = Column::added(&add).constraints;
        for parent in constraints.iter().filter_map(parts::parent) {
            if parent != table && !at.known.is_new(&parent) {
                let message = format!("writes to `{parent}` wait until the transaction ends");
                found.add(at.find(&LK19, add.syntax(), message).on(&parent));
            }
        }
    }
}

fn settings(at: &At<'_>, found: &mut Findings) {
    let policy = match at.tree {
        Stmt::CreatePolicy(it) => at.existing(it.on_table()),
        Stmt::AlterPolicy(it) => at.existing(it.on_table()),
        Stmt::DropPolicy(it) => at.existing(it.on_table()),
        _ => None,
    };
    let actions = at.actions();
    let setting = actions.into_iter().find(|(_, action)| is_setting(action));
    if let Some(table) = policy.or(setting.map(|(table, _)| table)) {
        let message =
            format!("other queries of `{table}` wait while this statement waits for its readers");
        found.add(at.whole(&LK21, message).on(&table));
    }
}

fn is_setting(action: &AlterTableAction) -> bool {
    match action {
        AlterTableAction::EnableRls(_)
        | AlterTableAction::DisableRls(_)
        | AlterTableAction::ForceRls(_)
        | AlterTableAction::NoForceRls(_)
        | AlterTableAction::OwnerTo(_)
        | AlterTableAction::ReplicaIdentity(_) => true,
        AlterTableAction::AlterColumn(column) => {
            matches!(column.option(), Some(AlterColumnOption::SetStorage(_)))
        }
        _ => false,
    }
}
