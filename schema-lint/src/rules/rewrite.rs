//! Statements that rewrite a whole table.

use squawk_syntax::ast::{AlterTableAction, AstNode as _, Stmt};

use crate::findings::{At, Findings};
use crate::name::lower;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

const REWRITE: ReportedBy = ReportedBy::Hazard(&[HazardKind::TableRewrite]);

pub(super) static LK07: LintRule =
    LintRule::error("LK07", "set_logged", "a table becomes logged or unlogged")
        .why("PostgreSQL rewrites the table and its indexes, and blocks reads and writes.")
        .instead("run the statement when no query uses the table, and allow the rule here")
        .reported_by(REWRITE);

pub(super) static LK08: LintRule = LintRule::error(
    "LK08",
    "set_access_method",
    "a table gets another access method",
)
.why("PostgreSQL rewrites the table and its indexes, and blocks reads and writes.")
.instead("run the statement when no query uses the table, and allow the rule here")
.reported_by(REWRITE);

pub(super) static LK09: LintRule = LintRule::error(
    "LK09",
    "vacuum_full",
    "`VACUUM FULL` or `CLUSTER`",
)
.why("PostgreSQL rewrites the table, and blocks reads and writes.")
.instead("use a tool that compacts a table without blocking reads and writes, such as `pg_repack`")
.reported_by(REWRITE);

pub(super) static IX13: LintRule = LintRule::warning(
    "IX13",
    "autovacuum_off",
    "autovacuum is turned off for a table",
)
.why("The table and its indexes grow without limit. PostgreSQL vacuums the table anyway before its transaction ids run out, possibly at the worst time.")
.instead("give the table a lower `autovacuum_vacuum_scale_factor`");

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    for (table, action) in at.actions() {
        let message = format!("PostgreSQL rewrites `{table}`");
        match action {
            AlterTableAction::SetLogged(it) => {
                found.add(at.find(&LK07, it.syntax(), message).on(&table));
            }
            AlterTableAction::SetUnlogged(it) => {
                found.add(at.find(&LK07, it.syntax(), message).on(&table));
            }
            AlterTableAction::SetAccessMethod(it) => {
                found.add(at.find(&LK08, it.syntax(), message).on(&table));
            }
            _ => {}
        }
    }
    match at.tree {
        Stmt::Vacuum(it) if it.is_full() => {
            found.add(at.whole(
                &LK09,
                "PostgreSQL rewrites the table, and blocks reads and writes",
            ));
        }
        Stmt::Cluster(it)
            if it.table_name_ref().is_none() || at.existing(it.table_name_ref()).is_some() =>
        {
            found.add(at.whole(
                &LK09,
                "PostgreSQL rewrites the table, and blocks reads and writes",
            ));
        }
        _ => {}
    }
    autovacuum(at, found);
}

fn autovacuum(at: &At<'_>, found: &mut Findings) {
    const OFF: [&str; 4] = ["false", "off", "0", "no"];
    if !matches!(at.tree, Stmt::AlterTable(_) | Stmt::CreateTable(_)) {
        return;
    }
    let text = lower(at.tree.syntax());
    let Some((_, value)) = text.split_once("autovacuum_enabled = ") else {
        return;
    };
    let value = value.split([' ', ',', ')']).next().unwrap_or_default();
    if OFF.contains(&value.trim_matches('\'')) {
        found.add(at.whole(&IX13, "autovacuum no longer runs on the table"));
    }
}
