//! Dropped objects, and what is dropped with them.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{
    AlterColumnOption, AlterTableAction, AstNode as _, DropBehavior, OptionRestart, Stmt,
};

use crate::findings::{At, Findings};
use crate::name::{Name, tokens, word};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

const DATA_LOSS: ReportedBy = ReportedBy::Hazard(&[HazardKind::DataLoss]);

pub(super) static DS01: LintRule = LintRule::error("DS01", "drop_table", "a table is dropped")
    .why("Its rows are lost, and the running release may still use the table.")
    .instead("rename the table first, and drop it later, when no running release uses it")
    .reported_by(DATA_LOSS);

pub(super) static DS02: LintRule = LintRule::error("DS02", "drop_column", "a column is dropped")
    .why("Its values are lost, and the queries of the running release still name the column.")
    .instead("first deploy a release that does not use it, and drop it in the next one")
    .reported_by(DATA_LOSS);

pub(super) static DS03: LintRule = LintRule::error("DS03", "drop_schema", "a schema is dropped")
    .why("Everything in it is lost.")
    .instead("drop the objects in it by name, and the schema last")
    .reported_by(DATA_LOSS);

pub(super) static DS04: LintRule =
    LintRule::error("DS04", "drop_database", "a database is dropped")
        .why("Everything is lost, and no migration can restore it.")
        .instead("drop the database by hand");

pub(super) static DS05: LintRule =
    LintRule::error("DS05", "truncate", "a table is truncated")
        .why("Its rows are lost. With `CASCADE`, the rows of every table that references it are lost too, and the statement does not name these tables.")
        .instead("name every table, without `CASCADE`, and allow the rule here")
        .reported_by(DATA_LOSS);

pub(super) static DS07: LintRule = LintRule::warning(
    "DS07",
    "dropped_with_column",
    "a dropped column is part of an index or a check over several columns",
)
.why("PostgreSQL silently drops the whole index or check with the column. Queries become slow, and no check applies to the other columns.")
.instead("drop them by name, and recreate them for the remaining columns");

pub(super) static DS09: LintRule =
    LintRule::error("DS09", "drop_sequence", "a sequence is dropped")
        .why("Its last number is lost.")
        .instead("keep the sequence until no release needs its value")
        .reported_by(DATA_LOSS);

pub(super) static DS14: LintRule = LintRule::warning(
    "DS14",
    "sequence_restart",
    "a sequence is restarted",
)
.why("The sequence generates numbers that rows already have. An `INSERT` then violates the unique key or, without a unique key, two rows have the same number.")
.instead("do not restart it; or set it with `setval` to the highest number in the table")
.reported_by(ReportedBy::Structs);

pub(super) static DS10: LintRule = LintRule::error(
    "DS10",
    "recreated_column",
    "a column is dropped and added again with the same name",
)
.why("The new column is empty: the old values are lost.")
.instead(
    "add the new column with another name, fill it from the old one, and switch to it in a release",
)
.reported_by(DATA_LOSS);

pub(super) static DS11: LintRule = LintRule::error(
    "DS11",
    "drop_cascade",
    "an object is dropped with `CASCADE`",
)
.why("PostgreSQL also drops all dependent objects, and the statement does not name them: views, foreign keys, defaults, and for a type the columns of that type with their values.")
.instead("drop the dependent objects by name, and then the object without `CASCADE`, which fails if you missed one")
.reported_by(DATA_LOSS);

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    if cascades(at) {
        found.add(at.whole(&DS11, "all dependent objects are dropped too"));
    }
    match at.tree {
        Stmt::DropTable(drop) => {
            for name in drop.table_name_refs() {
                if let Some(table) = at.existing(Some(name.clone())) {
                    let message = format!("the rows of `{table}` are lost");
                    found.add(at.find(&DS01, name.syntax(), message));
                }
            }
        }
        Stmt::AlterSequence(_) => restarted(at, found),
        Stmt::DropSchema(_) => found.add(at.whole(&DS03, "everything in it is lost")),
        Stmt::DropDatabase(_) => found.add(at.whole(&DS04, "everything is lost")),
        Stmt::DropSequence(_) => found.add(at.whole(&DS09, "its last number is lost")),
        Stmt::Truncate(truncate) => {
            let tables = truncate
                .table_list()
                .map(|list| list.table_relation_names());
            let cascade = matches!(truncate.drop_behavior(), Some(DropBehavior::Cascade(_)));
            for name in tables.into_iter().flatten() {
                if let Some(table) = at.existing(Some(name.clone())) {
                    let also = if cascade {
                        ", and of every table that references it"
                    } else {
                        ""
                    };
                    let message = format!("the rows of `{table}` are lost{also}");
                    found.add(at.find(&DS05, name.syntax(), message));
                }
            }
        }
        _ => columns(at, found),
    }
}

fn restarted(at: &At<'_>, found: &mut Findings) {
    let mut nodes = at.tree.syntax().descendants();
    let restart = nodes.find_map(OptionRestart::cast);
    let name = parts::object_name(at.tree.syntax()).unwrap_or_default();
    if let Some(restart) = restart.filter(|_| !at.known.has_made(&name)) {
        found.add(at.find(
            &DS14,
            restart.syntax(),
            format!("`{name}` generates the same numbers again"),
        ));
    }
}

/// Whether the statement is `DROP .. CASCADE`, or drops a column or a constraint with `CASCADE`.
fn cascades(at: &At<'_>) -> bool {
    let is_drop = tokens(at.tree.syntax())
        .next()
        .is_some_and(|(_, text)| text.eq_ignore_ascii_case("drop"));
    let behavior = |node: &SyntaxNode| {
        let mut all = node.descendants().filter_map(DropBehavior::cast);
        all.any(|behavior| matches!(behavior, DropBehavior::Cascade(_)))
    };
    let dropped = at
        .actions()
        .into_iter()
        .filter_map(|(_, action)| match action {
            AlterTableAction::DropColumn(it) => Some(it.syntax().clone()),
            AlterTableAction::DropConstraint(it) => Some(it.syntax().clone()),
            _ => None,
        });
    (is_drop && behavior(at.tree.syntax())) || dropped.into_iter().any(|node| behavior(&node))
}

fn columns(at: &At<'_>, found: &mut Findings) {
    let mut dropped = at.transaction.dropped_columns.clone();
    for (table, action) in at.actions() {
        match action {
            AlterTableAction::DropColumn(drop) => {
                let name = drop.column_name_ref().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                let message = format!(
                    "the values of `{name}` are lost, and the running release still names it"
                );
                found.add(at.find(&DS02, drop.syntax(), message).on(&table));
                if let Some(with) = goes_with(at, &table, &name) {
                    let message = format!("PostgreSQL also drops `{with}` with `{name}`");
                    found.add(at.find(&DS07, drop.syntax(), message));
                }
                dropped.push((table, name));
            }
            AlterTableAction::AlterColumn(column) => {
                if let Some(AlterColumnOption::Restart(it)) = column.option() {
                    let message =
                        format!("the sequences of `{table}` generate the same numbers again");
                    found.add(at.find(&DS14, it.syntax(), message).on(&table));
                }
            }
            AlterTableAction::AddColumn(add) => {
                let name = add.column_name().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                if dropped.contains(&(table.clone(), name.clone())) {
                    let message = format!("`{name}` is empty, and its old values are lost");
                    found.add(at.find(&DS10, add.syntax(), message).on(&table));
                }
            }
            _ => {}
        }
    }
}

/// A multi-column index or check that is dropped with the column.
fn goes_with(at: &At<'_>, table: &Name, column: &str) -> Option<String> {
    let has = |columns: &[String]| {
        let mut others = columns.iter().filter(|it| *it != column);
        columns.iter().any(|it| it == column) && others.next().is_some()
    };
    let mut indexes = at.known.indexes_of(table);
    let index = indexes.find(|(_, index)| has(&index.columns));
    index.map(|(name, _)| name.to_string()).or_else(|| {
        let mut checks = at.known.table(table)?.checks.iter();
        let check = checks.find(|(_, check)| has(&check.columns));
        check.map(|(name, _)| name.clone())
    })
}
