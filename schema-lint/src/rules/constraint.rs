//! Constraints that are added, validated and dropped.

use squawk_syntax::ast::{
    AddConstraint, AlterTableAction, AstNode as _, Constraint, DropConstraint, Stmt,
};

use crate::findings::{At, Find, Findings};
use crate::name::{Name, word};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

const BLOCKING: ReportedBy = ReportedBy::Hazard(&[HazardKind::BlockingLock]);

pub(super) static CK01: LintRule = LintRule::error(
    "CK01",
    "valid_check",
    "a check is added without `NOT VALID`",
)
.why("PostgreSQL reads all rows, and blocks reads and writes during that time.")
.instead("add it with `NOT VALID`, and run `VALIDATE CONSTRAINT` in another migration, which blocks no reads or writes")
.reported_by(BLOCKING);

pub(super) static CK02: LintRule = LintRule::error(
    "CK02",
    "valid_foreign_key",
    "a foreign key is added without `NOT VALID`",
)
.why("PostgreSQL looks up each row in the parent, and blocks writes to both tables. It does not do so for a new column with `REFERENCES` and no default, which has no values.")
.instead("add it with `NOT VALID`, and run `VALIDATE CONSTRAINT` in another migration, which blocks no reads or writes")
.reported_by(BLOCKING);

pub(super) static CK03: LintRule = LintRule::error(
    "CK03",
    "validated_at_once",
    "a constraint is validated in the transaction that adds it",
)
.why("The transaction keeps the lock of the statement that adds the constraint until PostgreSQL has read the rows. `NOT VALID` then has no advantage.")
.instead("validate the constraint in another migration")
.reported_by(BLOCKING);

pub(super) static CK04: LintRule = LintRule::error(
    "CK04",
    "unique",
    "a new unique constraint builds its index",
)
.why("PostgreSQL builds the index, and blocks reads and writes. A unique constraint has no `NOT VALID`.")
.instead("run `CREATE UNIQUE INDEX CONCURRENTLY`, and in another migration `ADD CONSTRAINT .. UNIQUE USING INDEX`")
.reported_by(BLOCKING);

pub(super) static CK05: LintRule = LintRule::error(
    "CK05",
    "primary_key",
    "a new primary key builds its index",
)
.why("PostgreSQL builds the index and reads all rows for nulls, and blocks reads and writes.")
.instead("make the columns `NOT NULL` as in LK04, run `CREATE UNIQUE INDEX CONCURRENTLY`, and in another migration `ADD CONSTRAINT .. PRIMARY KEY USING INDEX`")
.reported_by(BLOCKING);

pub(super) static CK07: LintRule = LintRule::error(
    "CK07",
    "exclusion",
    "an exclusion constraint is added",
)
.why("PostgreSQL builds its index, and blocks reads and writes. It cannot build this index concurrently.")
.instead("create a new table with the constraint, and move the rows to it")
.reported_by(BLOCKING);

pub(super) static CK10: LintRule = LintRule::warning(
    "CK10",
    "drop_constraint",
    "a constraint is dropped",
)
.why("From then on, PostgreSQL accepts rows that violate the constraint, and no statement fails.")
.instead("allow the rule here, with the reason")
.reported_by(ReportedBy::Hazard(&[HazardKind::GuaranteeLost]));

pub(super) static CK11: LintRule = LintRule::error(
    "CK11",
    "not_valid_on_partitioned_table",
    "a foreign key is added to a partitioned table with `NOT VALID`",
)
.why("PostgreSQL refuses it before version 18.")
.instead("add the foreign key to each partition with `NOT VALID`, validate it there, then add it to the table");

pub(super) static CK12: LintRule = LintRule::note(
    "CK12",
    "unnamed_constraint",
    "a constraint is added without a name",
)
.why("PostgreSQL generates a name, and a later migration has to guess it.")
.instead("`ADD CONSTRAINT name ..`")
.opt_in();

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    for (table, action) in at.actions() {
        match action {
            AlterTableAction::AddConstraint(add) => {
                if let Some(constraint) = add.constraint() {
                    added(at, &table, &add, &constraint, found);
                }
            }
            AlterTableAction::DropConstraint(drop) => dropped(at, &table, &drop, found),
            AlterTableAction::ValidateConstraint(it) => {
                let name = it.constraint_name_ref().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                let pair = (table.clone(), name);
                if at.is_in_transaction() && at.transaction.not_valid.contains(&pair) {
                    let message = format!(
                        "this transaction added `{}` and keeps its lock on `{table}` while PostgreSQL reads all rows",
                        pair.1
                    );
                    found.add(at.find(&CK03, it.syntax(), message).on(&table));
                }
            }
            _ => {}
        }
    }
}

fn added(
    at: &At<'_>,
    table: &Name,
    add: &AddConstraint,
    constraint: &Constraint,
    found: &mut Findings,
) {
    if constraint.constraint_name().is_none() {
        found.add(
            at.find(
                &CK12,
                add.syntax(),
                "the constraint has no name, so PostgreSQL generates one",
            )
            .on(table),
        );
    }
    let is_not_valid = parts::is_not_valid(constraint);
    if is_in_each_partition(at, table, constraint) {
        return;
    }
    let of = |rule, message: String| at.find(rule, constraint.syntax(), message).on(table);
    let find = match constraint {
        Constraint::CheckConstraint(_) if !is_not_valid => not_valid(
            at,
            of(
                &CK01,
                format!("PostgreSQL reads all rows of `{table}`, and blocks reads and writes"),
            ),
        ),
        Constraint::ForeignKeyConstraint(_) if is_partitioned(at, table) => {
            if is_not_valid {
                of(
                    &CK11,
                    format!("`{table}` is partitioned: its foreign keys cannot be `NOT VALID`"),
                )
            } else {
                of(
                    &CK02,
                    format!("PostgreSQL looks up all rows of `{table}`, and blocks writes to it"),
                )
                .words(CK11.instead)
            }
        }
        Constraint::ForeignKeyConstraint(_) if !is_not_valid => {
            let message = format!(
                "PostgreSQL looks up all rows of `{table}`, and blocks writes to both tables"
            );
            not_valid(at, of(&CK02, message))
        }
        Constraint::UniqueConstraint(it) if it.using_index().is_none() => of(
            &CK04,
            format!("PostgreSQL builds the index, and blocks reads and writes of `{table}`"),
        ),
        Constraint::PrimaryKeyConstraint(it) if it.using_index().is_none() => of(
            &CK05,
            format!("PostgreSQL builds the index, and blocks reads and writes of `{table}`"),
        ),
        Constraint::ExcludeConstraint(_) => of(
            &CK07,
            format!("PostgreSQL builds the index, and blocks reads and writes of `{table}`"),
        ),
        _ => return,
    };
    found.add(find);
}

/// Adds an edit that appends `NOT VALID`.
fn not_valid(at: &At<'_>, find: Find) -> Find {
    let sql = at
        .source
        .script
        .sql
        .get(find.range.clone())
        .unwrap_or_default();
    let end = find.range.start + sql.trim_end().len();
    find.edit(end..end, " NOT VALID")
}

/// Whether each partition already has the constraint, so that PostgreSQL attaches it without a scan or a build.
fn is_in_each_partition(at: &At<'_>, table: &Name, constraint: &Constraint) -> bool {
    match constraint {
        Constraint::ForeignKeyConstraint(_) if !parts::is_not_valid(constraint) => {
            let name = parts::constraint_name(constraint, table, None);
            at.known.is_referenced_from_each_partition(table, &name)
        }
        Constraint::UniqueConstraint(_) | Constraint::PrimaryKeyConstraint(_) => {
            let columns = parts::constraint_columns(constraint);
            at.known.is_in_each_partition(table, &columns, true)
        }
        _ => false,
    }
}

fn is_partitioned(at: &At<'_>, table: &Name) -> bool {
    let known = at.known.table(table);
    known.is_some_and(|table| table.is_partitioned)
}

fn dropped(at: &At<'_>, table: &Name, drop: &DropConstraint, found: &mut Findings) {
    let name = drop.constraint_name_ref().map(|it| word(it.syntax()));
    let name = name.unwrap_or_default();
    let known = at.known.table(table);
    let check = known.and_then(|table| table.checks.get(&name));
    // Dropping the check is the last step of adding `NOT NULL`: the column keeps the rule.
    if check.is_some_and(|check| check.not_null.is_some()) || is_added_again(at, table, &name) {
        return;
    }
    let message = format!("`{table}` accepts rows that violate `{name}` from now on");
    found.add(at.find(&CK10, drop.syntax(), message).on(table));
}

/// Whether the file adds a constraint of the same name again, with another definition.
fn is_added_again(at: &At<'_>, table: &Name, name: &str) -> bool {
    let same = at.altered().map(|(_, alter)| alter.clone()).into_iter();
    let following = at.following().filter_map(|tree| match tree {
        Stmt::AlterTable(alter) if parts::altered(alter).as_ref() == Some(table) => {
            Some(alter.clone())
        }
        _ => None,
    });
    same.chain(following).any(|alter| {
        alter.actions().any(|action| match action {
            AlterTableAction::AddConstraint(add) => add
                .constraint()
                .is_some_and(|it| parts::constraint_name(&it, table, None) == name),
            _ => false,
        })
    })
}
