//! Columns that become required, or are no more.

use squawk_syntax::ast::{
    AlterColumn, AlterColumnOption, AlterTableAction, AstNode as _, Constraint,
};

use crate::lint::found::{At, Found};
use crate::lint::name::{Name, word};
use crate::lint::parts;
use crate::lint::rule::{LintRule, ToldBy};
use crate::plan::HazardKind;

pub(super) static LK04: LintRule = LintRule::warning(
    "LK04",
    "set_not_null",
    "a column is made `NOT NULL`, and no validated check says that it is",
)
.why("All rows are read while everybody waits. PostgreSQL takes a validated `CHECK (column IS NOT NULL)` as the proof, and nothing else: `CHECK (column > 0)` is none.")
.instead("add `CHECK (column IS NOT NULL) NOT VALID`, validate it in a transaction of its own, then set `NOT NULL` and drop the check")
.told_by(ToldBy::Hazard(&[HazardKind::BlockingLock]));

pub(super) static BC05: LintRule = LintRule::warning(
    "BC05",
    "drop_not_null",
    "a column becomes nullable",
)
.why("The release that runs reads it into a type that has no null, and fails at the first one.")
.instead("let a release go out first that reads an `Option`, and allow it here")
.told_by(ToldBy::Hazard(&[
    HazardKind::AllowsNull,
    HazardKind::BreaksRunningCode,
]));

pub(super) static BC10: LintRule = LintRule::note(
    "BC10",
    "stricter_column",
    "a rule is added that the release that runs may not keep to",
)
.why("From then on what the release writes may be refused: a null, or a value that the check does not take.")
.instead("let a release go out first that writes nothing of it, and allow it here")
.told_by(ToldBy::Hazard(&[HazardKind::BreaksRunningCode]))
.opt_in();

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    for (table, action) in at.actions() {
        match action {
            AlterTableAction::AlterColumn(column) => of_column(at, &table, &column, found),
            AlterTableAction::AddConstraint(add) => {
                let Some(constraint) = add.constraint() else {
                    continue;
                };
                of_constraint(at, &table, &constraint, found);
            }
            _ => {}
        }
    }
}

fn of_column(at: &At<'_>, table: &Name, column: &AlterColumn, found: &mut Found) {
    let name = column.column_name_ref().map(|it| word(it.syntax()));
    let name = name.unwrap_or_default();
    match column.option() {
        Some(AlterColumnOption::SetNotNull(it)) => {
            let stricter = format!("`{name}` refuses a null from here on");
            found.add(at.find(&BC10, it.syntax(), stricter).on(table));
            let known = at.known.table(table);
            if !known.is_some_and(|table| table.proves_not_null(&name)) {
                let message = format!("all rows of `{table}` are read for a null in `{name}`");
                found.add(at.find(&LK04, it.syntax(), message).on(table));
            }
        }
        Some(AlterColumnOption::DropNotNull(it)) => {
            let message =
                format!("`{name}` may be null from here on, and what runs does not expect it");
            found.add(at.find(&BC05, it.syntax(), message).on(table));
        }
        _ => {}
    }
}

fn of_constraint(at: &At<'_>, table: &Name, constraint: &Constraint, found: &mut Found) {
    match constraint {
        Constraint::NotNullConstraint(it) if !parts::is_not_valid(constraint) => {
            let name = it.column_name_ref().map(|it| word(it.syntax()));
            let name = name.unwrap_or_default();
            let message = format!("all rows of `{table}` are read for a null in `{name}`");
            found.add(at.find(&LK04, it.syntax(), message).on(table));
        }
        // The step on the way to `NOT NULL` is one as well.
        Constraint::CheckConstraint(it) => {
            let message = format!("`{table}` refuses more from here on");
            found.add(at.find(&BC10, it.syntax(), message).on(table));
        }
        _ => {}
    }
}
