//! What a transaction did before a statement.

use squawk_syntax::ast::{self, AlterTableAction, AstNode as _, SetTarget, Stmt};

use super::catalog::Catalog;
use super::name::{Name, lower, word};
use super::parts;
use super::{effect, parts::constraint_name};
use freehold_schema_migrate::plan::LockMode;

/// The state of a transaction before a statement.
#[derive(Clone, Debug, Default)]
pub(super) struct Transaction {
    /// Whether a `BEGIN` in the file started it.
    pub(super) is_explicit: bool,
    pub(super) held: Vec<HeldLock>,
    /// The constraints that it added as `NOT VALID` or `NOT ENFORCED`.
    pub(super) not_valid: Vec<(Name, String)>,
    /// The enum values that it added.
    pub(super) labels: Vec<String>,
    pub(super) dropped_columns: Vec<(Name, String)>,
    pub(super) sets_lock_timeout: bool,
    pub(super) sets_statement_timeout: bool,
    /// The time zone that it set.
    pub(super) zone: Option<String>,
}

/// A lock on a table that is not new.
#[derive(Clone, Debug)]
pub(super) struct HeldLock {
    pub(super) table: Name,
    pub(super) mode: LockMode,
    /// The line of the statement that took the lock.
    pub(super) line: usize,
}

impl Transaction {
    pub(super) fn holds(&self, table: &Name) -> bool {
        self.held.iter().any(|held| held.table == *table)
    }

    /// Whether it set the time zone to UTC.
    pub(super) fn is_utc(&self) -> bool {
        self.zone.as_deref() == Some("utc")
    }

    /// A held lock that blocks readers too (`ACCESS EXCLUSIVE`).
    pub(super) fn stops_all(&self) -> Option<&HeldLock> {
        let mut held = self.held.iter();
        held.find(|held| held.mode == LockMode::AccessExclusive)
    }

    /// Applies a statement to the state.
    pub(super) fn apply(&mut self, statement: &Stmt, known: &Catalog, line: usize) {
        for (table, mode) in effect::locks(statement, known) {
            if mode >= LockMode::Share && !known.is_new(&table) {
                self.held.push(HeldLock { table, mode, line });
            }
        }
        match statement {
            Stmt::Set(set) => self.set(set),
            Stmt::AlterTable(alter) => self.alter_table(alter),
            Stmt::AlterType(alter) => {
                if let Some(ast::AlterTypeAction::AddValue(add)) = alter.action() {
                    self.labels
                        .extend(add.literal().and_then(|it| it.string_value()));
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, set: &ast::Set) {
        let text = lower(set.syntax());
        self.sets_lock_timeout |= text.contains("lock_timeout");
        self.sets_statement_timeout |= text.contains("statement_timeout");
        let zone = match set.set_target() {
            Some(SetTarget::SetTimeZone(it)) => it.config_value().map(|it| lower(it.syntax())),
            Some(SetTarget::SetConfig(it)) => it
                .config_parameter_ref()
                .filter(|it| word(it.syntax()) == "timezone")
                .and_then(|_| Some(lower(it.config_assignment()?.syntax()))),
            _ => return,
        };
        if let Some(zone) = zone {
            let zone = zone.trim_start_matches("to ");
            let zone = zone.trim_start_matches(['=', ' ']);
            self.zone = Some(zone.trim_matches('\'').to_owned());
        }
    }

    fn alter_table(&mut self, alter: &ast::AlterTable) {
        let Some(table) = parts::altered(alter) else {
            return;
        };
        for action in alter.actions() {
            match action {
                AlterTableAction::AddConstraint(add) => {
                    if let Some(it) = add.constraint().filter(parts::is_not_valid) {
                        let name = constraint_name(&it, &table, None);
                        self.not_valid.push((table.clone(), name));
                    }
                }
                AlterTableAction::DropColumn(drop) => {
                    let column = drop.column_name_ref().map(|it| word(it.syntax()));
                    self.dropped_columns
                        .extend(column.map(|it| (table.clone(), it)));
                }
                _ => {}
            }
        }
    }
}
