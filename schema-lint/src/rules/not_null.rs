//! Columns that become required, or lose a default or `NOT NULL`.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{
    AlterColumn, AlterColumnOption, AlterTableAction, AstNode as _, Constraint, Stmt,
};

use crate::findings::{At, Findings};
use crate::name::{Name, word};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

pub(super) static LK04: LintRule = LintRule::warning(
    "LK04",
    "set_not_null",
    "a column becomes `NOT NULL` without a validated check",
)
.why("PostgreSQL reads all rows, and blocks reads and writes. It skips the scan only if a validated `CHECK (column IS NOT NULL)` exists. `CHECK (column > 0)` is not enough.")
.instead("add `CHECK (column IS NOT NULL) NOT VALID`, validate it in another transaction, then set `NOT NULL` and drop the check")
.reported_by(ReportedBy::Hazard(&[HazardKind::BlockingLock]));

pub(super) static BC05: LintRule = LintRule::warning(
    "BC05",
    "drop_not_null",
    "a column becomes nullable",
)
.why("The running release reads the column into a type without null, and fails at the first null.")
.instead("first deploy a release that reads an `Option`, and allow the rule here")
.reported_by(ReportedBy::Hazard(&[
    HazardKind::AllowsNull,
    HazardKind::BreaksRunningCode,
]));

pub(super) static BC17: LintRule = LintRule::warning(
    "BC17",
    "drop_default",
    "a column loses its default, its identity or its expression",
)
.why("The running release leaves the column out of its `INSERT`, and now gets a null. If the column is `NOT NULL`, the `INSERT` fails.")
.instead("first deploy a release that writes the value itself, and allow the rule here")
.reported_by(ReportedBy::Structs);

pub(super) static BC10: LintRule = LintRule::note(
    "BC10",
    "stricter_column",
    "a new constraint may refuse what the running release writes",
)
.why("From then on PostgreSQL may refuse a write of the release: a null, a value that violates the check, a key without a row, a value that already exists.")
.instead("first deploy a release that satisfies the constraint, and allow the rule here")
.reported_by(ReportedBy::Hazard(&[HazardKind::BreaksRunningCode]))
.opt_in();

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
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

fn of_column(at: &At<'_>, table: &Name, column: &AlterColumn, found: &mut Findings) {
    let name = column.column_name_ref().map(|it| word(it.syntax()));
    let name = name.unwrap_or_default();
    match column.option() {
        Some(AlterColumnOption::SetNotNull(it)) => {
            let stricter = format!("`{name}` now refuses a null");
            found.add(at.find(&BC10, it.syntax(), stricter).on(table));
            let known = at.known.table(table);
            if !known.is_some_and(|table| table.proves_not_null(&name)) {
                let message =
                    format!("PostgreSQL reads all rows of `{table}` for a null in `{name}`");
                found.add(at.find(&LK04, it.syntax(), message).on(table));
            }
        }
        Some(AlterColumnOption::DropDefault(it)) if !is_set_again(at, table, &name) => {
            lost(at, table, (&name, it.syntax()), found);
        }
        Some(AlterColumnOption::DropExpression(it)) => {
            lost(at, table, (&name, it.syntax()), found);
        }
        Some(AlterColumnOption::DropIdentity(it)) => {
            lost(at, table, (&name, it.syntax()), found);
        }
        Some(AlterColumnOption::DropNotNull(it)) => {
            let message =
                format!("`{name}` may now be null, and the running release does not expect it");
            found.add(at.find(&BC05, it.syntax(), message).on(table));
        }
        _ => {}
    }
}

fn lost(at: &At<'_>, table: &Name, (column, node): (&str, &SyntaxNode), found: &mut Findings) {
    let message = format!("an `INSERT` without `{column}` now writes a null or fails");
    found.add(at.find(&BC17, node, message).on(table));
}

/// Whether the file sets another default, or drops the column, later.
fn is_set_again(at: &At<'_>, table: &Name, column: &str) -> bool {
    let same = at.altered().map(|(_, alter)| alter.clone()).into_iter();
    let following = at.following().filter_map(|tree| match tree {
        Stmt::AlterTable(alter) if parts::altered(alter).as_ref() == Some(table) => {
            Some(alter.clone())
        }
        _ => None,
    });
    let mut actions = same.chain(following).flat_map(|alter| alter.actions());
    actions.any(|action| match action {
        AlterTableAction::AlterColumn(it) => {
            let name = it.column_name_ref().map(|it| word(it.syntax()));
            let sets = matches!(it.option(), Some(AlterColumnOption::SetDefault(_)));
            sets && name.as_deref() == Some(column)
        }
        AlterTableAction::DropColumn(it) => {
            let name = it.column_name_ref().map(|it| word(it.syntax()));
            name.as_deref() == Some(column)
        }
        _ => false,
    })
}

fn of_constraint(at: &At<'_>, table: &Name, constraint: &Constraint, found: &mut Findings) {
    match constraint {
        Constraint::NotNullConstraint(it) if !parts::is_not_valid(constraint) => {
            let name = it.column_name_ref().map(|it| word(it.syntax()));
            let name = name.unwrap_or_default();
            let message = format!("PostgreSQL reads all rows of `{table}` for a null in `{name}`");
            found.add(at.find(&LK04, it.syntax(), message).on(table));
        }
        // A check that prepares `NOT NULL` is included.
        Constraint::CheckConstraint(_)
        | Constraint::ForeignKeyConstraint(_)
        | Constraint::UniqueConstraint(_)
        | Constraint::PrimaryKeyConstraint(_)
        | Constraint::ExcludeConstraint(_) => {
            let message = format!("`{table}` now refuses values that it accepted before");
            found.add(at.find(&BC10, constraint.syntax(), message).on(table));
        }
        _ => {}
    }
}
