//! What is dropped, and what goes with it.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{
    AlterColumnOption, AlterTableAction, AstNode as _, DropBehavior, OptionRestart, Stmt,
};

use crate::found::{At, Found};
use crate::name::{Name, tokens, word};
use crate::parts;
use crate::rule::{LintRule, ToldBy};
use freehold_schema_migrate::plan::HazardKind;

const DATA_LOSS: ToldBy = ToldBy::Hazard(&[HazardKind::DataLoss]);

pub(super) static DS01: LintRule = LintRule::error("DS01", "drop_table", "a table is dropped")
    .why("Its rows are gone, and the release that runs may still use it.")
    .instead("rename it first, and drop it in a later release, when no release uses it")
    .told_by(DATA_LOSS);

pub(super) static DS02: LintRule = LintRule::error("DS02", "drop_column", "a column is dropped")
    .why("Its values are gone, and the release that runs still names it in its queries.")
    .instead("let a release go out first that does not use it, and drop it in the one after that")
    .told_by(DATA_LOSS);

pub(super) static DS03: LintRule = LintRule::error("DS03", "drop_schema", "a schema is dropped")
    .why("Everything that is in it is gone.")
    .instead("drop what is in it by name, and the schema last")
    .told_by(DATA_LOSS);

pub(super) static DS04: LintRule =
    LintRule::error("DS04", "drop_database", "a database is dropped")
        .why("Everything is gone, and no migration can bring it back.")
        .instead("do it by hand");

pub(super) static DS05: LintRule =
    LintRule::error("DS05", "truncate", "a table is emptied")
        .why("Its rows are gone; with `CASCADE` those of every table that references it too, which are named nowhere.")
        .instead("name every table, without `CASCADE`, and allow it here")
        .told_by(DATA_LOSS);

pub(super) static DS07: LintRule = LintRule::warning(
    "DS07",
    "dropped_with_column",
    "a column is dropped that an index or a check has beside others",
)
.why("PostgreSQL drops the whole index or check with the column, without a word: queries become slow, and the other columns are held to nothing.")
.instead("drop them by name, and make them again for the columns that stay");

pub(super) static DS09: LintRule =
    LintRule::error("DS09", "drop_sequence", "a sequence is dropped")
        .why("The last number that it gave is gone.")
        .instead("keep it until no release needs its value")
        .told_by(DATA_LOSS);

pub(super) static DS14: LintRule = LintRule::warning(
    "DS14",
    "sequence_restart",
    "a sequence starts again",
)
.why("It gives numbers that rows have already. An `INSERT` fails at the unique key, or two rows have one number where there is no key.")
.instead("leave it where it is; or set it with `setval` to the highest number of the table")
.told_by(ToldBy::Structs);

pub(super) static DS10: LintRule = LintRule::error(
    "DS10",
    "column_made_anew",
    "a column is dropped and added again under its name",
)
.why("The new one is empty: nothing of the values is kept.")
.instead("add the new one under another name, fill it from the old one, and change over to it in a release")
.told_by(DATA_LOSS);

pub(super) static DS11: LintRule = LintRule::error(
    "DS11",
    "drop_cascade",
    "something is dropped with `CASCADE`",
)
.why("What depends on it goes with it, and is named nowhere: views, foreign keys, defaults, and with a type the columns of that type with their values.")
.instead("drop what depends on it by name, and then the thing without `CASCADE`, which fails where something was missed")
.told_by(DATA_LOSS);

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    if cascades(at) {
        found.add(at.whole(&DS11, "what depends on it goes with it"));
    }
    match at.tree {
        Stmt::DropTable(drop) => {
            for name in drop.table_name_refs() {
                if let Some(table) = at.existing(Some(name.clone())) {
                    let message = format!("the rows of `{table}` are gone");
                    found.add(at.find(&DS01, name.syntax(), message));
                }
            }
        }
        Stmt::AlterSequence(_) => restarted(at, found),
        Stmt::DropSchema(_) => found.add(at.whole(&DS03, "everything in it is gone")),
        Stmt::DropDatabase(_) => found.add(at.whole(&DS04, "everything is gone")),
        Stmt::DropSequence(_) => found.add(at.whole(&DS09, "the last number that it gave is gone")),
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
                    let message = format!("the rows of `{table}` are gone{also}");
                    found.add(at.find(&DS05, name.syntax(), message));
                }
            }
        }
        _ => columns(at, found),
    }
}

fn restarted(at: &At<'_>, found: &mut Found) {
    let mut nodes = at.tree.syntax().descendants();
    let restart = nodes.find_map(OptionRestart::cast);
    let name = parts::object_name(at.tree.syntax()).unwrap_or_default();
    if let Some(restart) = restart.filter(|_| !at.known.has_made(&name)) {
        found.add(at.find(
            &DS14,
            restart.syntax(),
            format!("`{name}` gives numbers a second time"),
        ));
    }
}

/// Whether it is a `DROP .. CASCADE`, or drops a column or a constraint in that way.
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

fn columns(at: &At<'_>, found: &mut Found) {
    let mut dropped = at.transaction.dropped_columns.clone();
    for (table, action) in at.actions() {
        match action {
            AlterTableAction::DropColumn(drop) => {
                let name = drop.column_name_ref().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                let message = format!(
                    "the values of `{name}` are gone, and the release that runs still names it"
                );
                found.add(at.find(&DS02, drop.syntax(), message).on(&table));
                if let Some(with) = goes_with(at, &table, &name) {
                    let message = format!("`{with}` is dropped with `{name}`");
                    found.add(at.find(&DS07, drop.syntax(), message));
                }
                dropped.push((table, name));
            }
            AlterTableAction::AlterColumn(column) => {
                if let Some(AlterColumnOption::Restart(it)) = column.option() {
                    let message = format!("the numbers of `{table}` come a second time");
                    found.add(at.find(&DS14, it.syntax(), message).on(&table));
                }
            }
            AlterTableAction::AddColumn(add) => {
                let name = add.column_name().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                if dropped.contains(&(table.clone(), name.clone())) {
                    let message = format!("`{name}` is empty, and what stood in it is gone");
                    found.add(at.find(&DS10, add.syntax(), message).on(&table));
                }
            }
            _ => {}
        }
    }
}

/// What has the column and another one.
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
