//! Constraints that are added, validated and dropped.

use squawk_syntax::ast::{
    AddConstraint, AlterTableAction, AstNode as _, Constraint, DropConstraint, Stmt,
};

use crate::found::{At, Find, Found};
use crate::name::{Name, word};
use crate::parts;
use crate::rule::{LintRule, ToldBy};
use freehold_schema_migrate::plan::HazardKind;

const BLOCKING: ToldBy = ToldBy::Hazard(&[HazardKind::BlockingLock]);

pub(super) static CK01: LintRule = LintRule::error(
    "CK01",
    "valid_check",
    "a check is added without `NOT VALID`",
)
.why("All rows are read while everybody waits.")
.instead("add it with `NOT VALID`, and `VALIDATE CONSTRAINT` in another migration, beside which everybody goes on")
.told_by(BLOCKING);

pub(super) static CK02: LintRule = LintRule::error(
    "CK02",
    "valid_foreign_key",
    "a foreign key is added without `NOT VALID`",
)
.why("Each row is looked up in the parent while writes to both tables wait. A column that is added with `REFERENCES` and no default is not looked up: it has no values.")
.instead("add it with `NOT VALID`, and `VALIDATE CONSTRAINT` in another migration, beside which everybody goes on")
.told_by(BLOCKING);

pub(super) static CK03: LintRule = LintRule::error(
    "CK03",
    "validated_at_once",
    "a constraint is validated in the transaction that adds it",
)
.why("The lock of the statement that adds it is held until the rows have been read, so that `NOT VALID` has won nothing.")
.instead("validate it in another migration")
.told_by(BLOCKING);

pub(super) static CK04: LintRule = LintRule::error(
    "CK04",
    "unique",
    "a unique constraint is added that builds its index",
)
.why("The index is built while everybody waits. There is no `NOT VALID` for it.")
.instead("`CREATE UNIQUE INDEX CONCURRENTLY`, and in another migration `ADD CONSTRAINT .. UNIQUE USING INDEX`")
.told_by(BLOCKING);

pub(super) static CK05: LintRule = LintRule::error(
    "CK05",
    "primary_key",
    "a primary key is added that builds its index",
)
.why("The index is built, and nulls are looked for in all rows, while everybody waits.")
.instead("make the columns `NOT NULL` as LK04 says, `CREATE UNIQUE INDEX CONCURRENTLY`, and in another migration `ADD CONSTRAINT .. PRIMARY KEY USING INDEX`")
.told_by(BLOCKING);

pub(super) static CK07: LintRule = LintRule::error(
    "CK07",
    "exclusion",
    "an exclusion constraint is added",
)
.why("Its index is built while everybody waits, and there is no way to build it beside them.")
.instead("make a new table with the constraint, and move the rows over")
.told_by(BLOCKING);

pub(super) static CK10: LintRule =
    LintRule::warning("CK10", "drop_constraint", "a constraint is dropped")
        .why("Rows that break the constraint come in from then on, and no statement fails.")
        .instead("allow it here, with the reason")
        .told_by(ToldBy::Hazard(&[HazardKind::GuaranteeLost]));

pub(super) static CK11: LintRule = LintRule::error(
    "CK11",
    "not_valid_on_partitioned_table",
    "a foreign key is added to a partitioned table with `NOT VALID`",
)
.why("PostgreSQL refuses it before version 18.")
.instead("add it to each partition with `NOT VALID`, validate those, then add it to the table");

pub(super) static CK12: LintRule = LintRule::note(
    "CK12",
    "unnamed_constraint",
    "a constraint is added without a name",
)
.why("PostgreSQL makes one up, which a later migration has to guess.")
.instead("`ADD CONSTRAINT name ..`")
.opt_in();

pub(super) fn check(at: &At<'_>, found: &mut Found) {
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
                        "`{}` was added in this transaction, whose lock on `{table}` is held while all rows are read",
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
    found: &mut Found,
) {
    if constraint.constraint_name().is_none() {
        found.add(
            at.find(
                &CK12,
                add.syntax(),
                "it has no name, and PostgreSQL makes one",
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
                format!("all rows of `{table}` are read while everybody waits"),
            ),
        ),
        Constraint::ForeignKeyConstraint(_) if is_partitioned(at, table) => {
            if is_not_valid {
                of(
                    &CK11,
                    format!("`{table}` is partitioned: it takes no `NOT VALID`"),
                )
            } else {
                of(
                    &CK02,
                    format!("all rows of `{table}` are looked up while its writers wait"),
                )
                .words(CK11.instead)
            }
        }
        Constraint::ForeignKeyConstraint(_) if !is_not_valid => {
            let message =
                format!("all rows of `{table}` are looked up while writers of both tables wait");
            not_valid(at, of(&CK02, message))
        }
        Constraint::UniqueConstraint(it) if it.using_index().is_none() => of(
            &CK04,
            format!("its index is built while everybody waits for `{table}`"),
        ),
        Constraint::PrimaryKeyConstraint(it) if it.using_index().is_none() => of(
            &CK05,
            format!("its index is built while everybody waits for `{table}`"),
        ),
        Constraint::ExcludeConstraint(_) => of(
            &CK07,
            format!("its index is built while everybody waits for `{table}`"),
        ),
        _ => return,
    };
    found.add(find);
}

/// With the words that are missing.
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

/// Whether the table takes what its partitions have as it is.
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

fn dropped(at: &At<'_>, table: &Name, drop: &DropConstraint, found: &mut Found) {
    let name = drop.constraint_name_ref().map(|it| word(it.syntax()));
    let name = name.unwrap_or_default();
    let known = at.known.table(table);
    let check = known.and_then(|table| table.checks.get(&name));
    // The last step on the way to `NOT NULL` loses nothing.
    if check.is_some_and(|check| check.not_null.is_some()) || is_added_again(at, table, &name) {
        return;
    }
    let message = format!("nothing holds the rows of `{table}` to `{name}` any more");
    found.add(at.find(&CK10, drop.syntax(), message).on(table));
}

/// Whether a constraint of the name comes again, with another text.
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
