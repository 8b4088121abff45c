//! Indexes.

use squawk_syntax::ast::{AstNode as _, CreateIndex, DropIndex, ReindexTarget, Stmt};

use crate::catalog::index_columns;
use crate::findings::{At, Findings};
use crate::name::Name;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

const BLOCKING: ReportedBy = ReportedBy::Hazard(&[HazardKind::BlockingLock]);

pub(super) static IX01: LintRule = LintRule::error(
    "IX01",
    "create_index",
    "an index is built without `CONCURRENTLY`",
)
.why("`CREATE INDEX` takes a `SHARE` lock: writes to the table wait until the index is built.")
.instead("`CREATE INDEX CONCURRENTLY`, alone in a file that begins with `-- no-transaction`")
.reported_by(BLOCKING);

pub(super) static IX02: LintRule = LintRule::warning(
    "IX02",
    "drop_index",
    "an index is dropped without `CONCURRENTLY`",
)
.why("`DROP INDEX` takes an `ACCESS EXCLUSIVE` lock on the table: it waits for every reader, and all other queries wait behind it.")
.instead("`DROP INDEX CONCURRENTLY`, alone in a file that begins with `-- no-transaction`")
.reported_by(BLOCKING);

pub(super) static IX04: LintRule = LintRule::error(
    "IX04",
    "reindex",
    "an index is rebuilt without `CONCURRENTLY`",
)
.why("Writes to the table wait until the index is built, and so do reads that would use the index.")
.instead("`REINDEX INDEX CONCURRENTLY`, alone in a file that begins with `-- no-transaction`")
.reported_by(BLOCKING);

pub(super) static IX05: LintRule = LintRule::error(
    "IX05",
    "index_of_partitioned_table",
    "an index is built on a partitioned table",
)
.why("PostgreSQL builds the index on one partition after the other, and blocks writes to all of them. `CONCURRENTLY` is not possible on a partitioned table.")
.instead("run `CREATE INDEX CONCURRENTLY` on each partition; `CREATE INDEX` on the table then adopts these indexes")
.reported_by(BLOCKING);

pub(super) static IX06: LintRule = LintRule::note(
    "IX06",
    "wide_index",
    "an index that is not unique has more than three columns",
)
.why("Such an index is large, each write has to update it, and the later columns rarely help a query.")
.instead("index only the most selective columns")
.reported_by(ReportedBy::Structs)
.opt_in();

pub(super) static IX10: LintRule = LintRule::error(
    "IX10",
    "concurrently_if_not_exists",
    "`CREATE INDEX CONCURRENTLY IF NOT EXISTS`",
)
.why("A failed build leaves an invalid index with the name. The next run finds the name and reports success, but no query ever uses that index.")
.instead("leave out `IF NOT EXISTS`; Freehold's runner drops an invalid index and rebuilds it");

pub(super) static IX12: LintRule = LintRule::warning(
    "IX12",
    "unnamed_index",
    "an index that is built with `CONCURRENTLY` has no name",
)
.why("A failed build leaves an invalid index with a name that PostgreSQL chose. The next run builds a second index.")
.instead("give the index a name");

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::CreateIndex(index) => {
            create(at, index, found);
            shape(at, index, found);
        }
        Stmt::DropIndex(drop) if drop.concurrently_token().is_none() => dropped(at, drop, found),
        Stmt::Reindex(reindex)
            if !reindex.is_concurrently() && !is_of_new(at, reindex.reindex_target()) =>
        {
            found.add(at.whole(&IX04, "writes wait until the index is rebuilt"));
        }
        _ => {}
    }
}

fn create(at: &At<'_>, index: &CreateIndex, found: &mut Findings) {
    let Some(table) = at.existing(index.table_relation_name()) else {
        return;
    };
    let known = at.known.table(&table);
    let only = index.table_relation_name().and_then(|it| it.only_token());
    if known.is_some_and(|table| table.is_partitioned) {
        let columns = index_columns(index);
        if only.is_none() && !at.known.is_in_each_partition(&table, &columns, false) {
            let message =
                format!("writes to every partition of `{table}` wait until the index is built");
            found.add(at.whole(&IX05, message).on(&table));
        }
    } else if index.concurrently_token().is_none() && only.is_none() {
        let message = format!("writes to `{table}` wait until the index is built");
        found.add(at.whole(&IX01, message).on(&table));
    }
}

fn shape(at: &At<'_>, index: &CreateIndex, found: &mut Findings) {
    if index.concurrently_token().is_some() {
        if let Some(exists) = index.if_not_exists() {
            let mut range = at.in_file(exists.syntax());
            let message = "the statement accepts an invalid index of a failed build";
            let find = at.find(&IX10, exists.syntax(), message);
            // The edit also removes the blank after it.
            range.end += 1;
            found.add(find.edit(range, ""));
        }
        if index.index().is_none() {
            found.add(at.whole(
                &IX12,
                "a failed build leaves an index with a name that PostgreSQL chose",
            ));
        }
    }
    let items = index
        .partition_item_list()
        .map(|list| list.partition_items());
    let count = items.map_or(0, Iterator::count);
    if count > 3 && index.unique_token().is_none() {
        found.add(at.whole(&IX06, format!("the index has {count} columns")));
    }
}

fn dropped(at: &At<'_>, drop: &DropIndex, found: &mut Findings) {
    for name in drop.index_refs() {
        let Some(name) = Name::of(name.syntax()) else {
            continue;
        };
        let table = at.known.index(&name).map(|index| &index.table);
        let known = table.and_then(|table| at.known.table(table));
        if known.is_some_and(|table| table.is_new || table.is_partitioned) {
            continue;
        }
        let find = at.whole(
            &IX02,
            match table {
                Some(table) => {
                    format!("other queries of `{table}` wait while this statement waits for its readers")
                }
                None => format!(
                    "other queries of the table of `{name}` wait while this statement waits for its readers"
                ),
            },
        );
        found.add(find);
    }
}

fn is_of_new(at: &At<'_>, target: Option<ReindexTarget>) -> bool {
    let table = match target {
        Some(ReindexTarget::ReindexTargetTable(it)) => {
            it.table_name_ref().and_then(|it| Name::of(it.syntax()))
        }
        Some(ReindexTarget::ReindexTargetIndex(it)) => {
            let index = it.index_ref().and_then(|it| Name::of(it.syntax()));
            let index = index.and_then(|index| at.known.index(&index));
            index.map(|index| index.table.clone())
        }
        _ => None,
    };
    table.is_some_and(|table| at.known.is_new(&table))
}
