//! Columns that are added to an existing table.

use squawk_syntax::ast::{
    AlterColumnOption, AlterTableAction, AstNode as _, Constraint, GeneratedAs, GeneratedKind,
};

use super::constraint::{CK02, CK04, CK05};
use crate::findings::{At, Findings};
use crate::name::{Name, word};
use crate::parts::{self, Column};
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

const REWRITE: ReportedBy = ReportedBy::Hazard(&[HazardKind::TableRewrite]);

pub(super) static LK01: LintRule = LintRule::error(
    "LK01",
    "volatile_default",
    "a new column has a default with a different value for each row",
)
.why("PostgreSQL rewrites the whole table and its indexes to store the values, and blocks reads and writes during that time. It stores a constant or `now()` only once, without a rewrite.")
.instead("add the column without the default, set the default, and fill the existing rows in batches")
.reported_by(REWRITE);

pub(super) static LK02: LintRule = LintRule::error(
    "LK02",
    "required_column",
    "a new column is `NOT NULL` and has no default",
)
.why("The statement fails if the table has a row, since the row has no value for the column.")
.instead(
    "give the column a constant default, or add it nullable, fill it and make it `NOT NULL` as in LK04",
)
.reported_by(ReportedBy::Hazard(&[HazardKind::FailsOnRows]));

pub(super) static LK03: LintRule = LintRule::error(
    "LK03",
    "added_serial",
    "a new column is a `serial` or an identity column",
)
.why("Each row gets its own number, so PostgreSQL rewrites the table and its indexes, and blocks reads and writes.")
.instead("add the column nullable, create a sequence, set its `nextval` as the default, and fill the existing rows in batches")
.reported_by(REWRITE);

pub(super) static LK05: LintRule = LintRule::error(
    "LK05",
    "added_stored_column",
    "a stored generated column is added or gets another expression",
)
.why("PostgreSQL computes and stores the value of each row. It rewrites the table and its indexes, and blocks reads and writes.")
.instead("add a plain column, set it by a trigger, and fill the existing rows in batches")
.reported_by(REWRITE);

pub(super) static LK17: LintRule = LintRule::warning(
    "LK17",
    "check_of_added_column",
    "a new column has a check",
)
.why("PostgreSQL reads all rows for the check and blocks reads and writes, even if the new column is null in every row.")
.instead("add the column, then the check with `NOT VALID`, and validate it in another transaction")
.reported_by(ReportedBy::Hazard(&[HazardKind::BlockingLock]));

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    for (table, action) in at.actions() {
        if let AlterTableAction::AlterColumn(column) = &action
            && let Some(AlterColumnOption::SetExpression(set)) = column.option()
        {
            let name = column.column_name_ref().map(|it| word(it.syntax()));
            let name = name.unwrap_or_default();
            let message =
                format!("PostgreSQL computes `{name}` for each row and rewrites `{table}`");
            found.add(at.find(&LK05, set.syntax(), message).on(&table));
        }
        if let AlterTableAction::AddColumn(add) = action {
            let column = Column::added(&add);
            values(at, &table, &column, found);
            if column.is_not_null()
                && column.default().is_none()
                && !column.is_serial()
                && !column.is_generated()
            {
                let message = format!(
                    "`{}` is `NOT NULL`, but the existing rows of `{table}` have no value for it",
                    column.name
                );
                found.add(at.find(&LK02, add.syntax(), message).on(&table));
            }
            for constraint in &column.constraints {
                of_constraint(at, &table, &column, constraint, found);
            }
        }
    }
}

fn values(at: &At<'_>, table: &Name, column: &Column, found: &mut Findings) {
    let name = &column.name;
    if let Some(default) = column.default().filter(parts::is_volatile) {
        let value = default.syntax().text();
        let message = format!(
            "`{value}` gives each row a different `{name}`, so PostgreSQL rewrites `{table}`"
        );
        found.add(at.find(&LK01, default.syntax(), message).on(table));
    }
    if let Some(serial) = column.sql_type.as_ref().filter(|_| column.is_serial()) {
        let message = format!("each row gets its own `{name}`, so PostgreSQL rewrites `{table}`");
        found.add(at.find(&LK03, serial.syntax(), message).on(table));
    }
}

fn of_constraint(
    at: &At<'_>,
    table: &Name,
    column: &Column,
    constraint: &Constraint,
    found: &mut Findings,
) {
    let name = &column.name;
    let (rule, message) = match constraint {
        Constraint::GeneratedConstraint(it) => match it.generated_as() {
            Some(GeneratedAs::GeneratedIdentity(_)) => (
                &LK03,
                format!("each row gets its own `{name}`, so PostgreSQL rewrites `{table}`"),
            ),
            Some(GeneratedAs::GeneratedStored(stored))
                if !matches!(stored.generated_kind(), Some(GeneratedKind::Virtual(_))) =>
            {
                (
                    &LK05,
                    format!("PostgreSQL computes `{name}` for each row and rewrites `{table}`"),
                )
            }
            _ => return,
        },
        Constraint::CheckConstraint(_) => (
            &LK17,
            format!("PostgreSQL reads all rows of `{table}` for the check of `{name}`"),
        ),
        // Without a default the column is null, so PostgreSQL looks nothing up in the parent.
        Constraint::ReferencesConstraint(_) if column.default().is_some() => (
            &CK02,
            format!(
                "PostgreSQL looks up each row of `{table}` in the table that `{name}` references"
            ),
        ),
        Constraint::UniqueConstraint(_) => (
            &CK04,
            format!(
                "PostgreSQL builds the index of `{name}` and blocks reads and writes of `{table}`"
            ),
        ),
        Constraint::PrimaryKeyConstraint(_) => (
            &CK05,
            format!(
                "PostgreSQL builds the index of `{name}` and blocks reads and writes of `{table}`"
            ),
        ),
        _ => return,
    };
    found.add(at.find(rule, constraint.syntax(), message).on(table));
}
