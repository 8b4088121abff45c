//! Columns that become required, or are no more.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{
    AlterColumn, AlterColumnOption, AlterTableAction, AstNode as _, Constraint, Stmt,
};

use crate::found::{At, Found};
use crate::name::{Name, word};
use crate::parts;
use crate::rule::{LintRule, ToldBy};
use freehold_schema_migrate::plan::HazardKind;

pub(super) static LK04: LintRule = LintRule::warning(
    "LK04",
    "set_not_null",
    "a column is made `NOT NULL`, and no validated check says that it is",
)
.why("All rows are read while everybody waits. PostgreSQL takes a validated `CHECK (column IS NOT NULL)` as the proof, and nothing else: `CHECK (column > 0)` is none.")
.instead("add `CHECK (column IS NOT NULL) NOT VALID`, validate it in another transaction, then set `NOT NULL` and drop the check")
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

pub(super) static BC17: LintRule = LintRule::warning(
    "BC17",
    "drop_default",
    "a column loses its default, its identity or its expression",
)
.why("The release that runs leaves the column out of its `INSERT`, and so gets a null from here on. Where the column is `NOT NULL`, the `INSERT` fails.")
.instead("let a release go out first that writes the value itself, and allow it here")
.told_by(ToldBy::Structs);

pub(super) static BC10: LintRule = LintRule::note(
    "BC10",
    "stricter_column",
    "a rule is added that the release that runs may not keep to",
)
.why("From then on what the release writes may be refused: a null, a value that the check does not take, a key that has no row, a value that is there already.")
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
            let message = format!(
                "`{name}` may be null from here on, and the release that runs does not expect it"
            );
            found.add(at.find(&BC05, it.syntax(), message).on(table));
        }
        _ => {}
    }
}

fn lost(at: &At<'_>, table: &Name, (column, node): (&str, &SyntaxNode), found: &mut Found) {
    let message = format!("an `INSERT` that leaves `{column}` out gets a null, or fails");
    found.add(at.find(&BC17, node, message).on(table));
}

/// Whether the file gives the column a default behind this.
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

fn of_constraint(at: &At<'_>, table: &Name, constraint: &Constraint, found: &mut Found) {
    match constraint {
        Constraint::NotNullConstraint(it) if !parts::is_not_valid(constraint) => {
            let name = it.column_name_ref().map(|it| word(it.syntax()));
            let name = name.unwrap_or_default();
            let message = format!("all rows of `{table}` are read for a null in `{name}`");
            found.add(at.find(&LK04, it.syntax(), message).on(table));
        }
        // The step on the way to `NOT NULL` is one as well.
        Constraint::CheckConstraint(_)
        | Constraint::ForeignKeyConstraint(_)
        | Constraint::UniqueConstraint(_)
        | Constraint::PrimaryKeyConstraint(_)
        | Constraint::ExcludeConstraint(_) => {
            let message = format!("`{table}` refuses more from here on");
            found.add(at.find(&BC10, constraint.syntax(), message).on(table));
        }
        _ => {}
    }
}
