//! Renamed objects whose old names the running release still uses.

use squawk_syntax::ast::{
    AlterSchemaAction, AlterTableAction, AlterTypeAction, AstNode as _, Stmt,
};

use crate::findings::{At, Findings};
use crate::name::{Name, word};
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

const BREAKS: ReportedBy = ReportedBy::Hazard(&[HazardKind::BreaksRunningCode]);

pub(super) static BC01: LintRule = LintRule::error("BC01", "rename_table", "a table is renamed")
    .why("Each query of the running release on this table fails until the next release is deployed.")
    .instead("create a view with the old name in the same transaction, and drop the view in a later release")
    .reported_by(BREAKS);

pub(super) static BC02: LintRule =
    LintRule::error("BC02", "rename_column", "a column is renamed")
        .why("Each query of the running release that uses the old name fails until the next release is deployed.")
        .instead("add a column with the new name, write both, fill the new one in batches, and drop the old one in a later release")
        .reported_by(BREAKS);

pub(super) static BC03: LintRule = LintRule::error(
    "BC03",
    "rename_schema",
    "a schema is renamed, or a table is moved to another schema",
)
.why("Each query of the running release that uses the old name fails until the next release is deployed.")
.instead("create a view with the old name in the same transaction, and drop the view in a later release")
.reported_by(BREAKS);

pub(super) static BC04: LintRule = LintRule::error(
    "BC04",
    "rename_enum_value",
    "a value of an enum is renamed",
)
.why("The running release writes the old value, which PostgreSQL refuses, and does not know the new one.")
.instead("add the new value, deploy a release that reads both, change the rows, and stop using the old value")
.reported_by(BREAKS);

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::AlterSchema(alter) => {
            if let Some(AlterSchemaAction::SchemaRenameTo(_)) = alter.action() {
                found.add(at.whole(&BC03, "the running release still uses the old name"));
            }
        }
        Stmt::AlterType(alter) => {
            if let Some(AlterTypeAction::RenameValue(rename)) = alter.action() {
                found.add(at.find(
                    &BC04,
                    rename.syntax(),
                    "the running release still writes the old value",
                ));
            }
        }
        _ => tables(at, found),
    }
}

fn tables(at: &At<'_>, found: &mut Findings) {
    for (table, action) in at.actions() {
        match action {
            AlterTableAction::TableRenameTo(it) if !has_view(at, &table) => {
                let message = format!("the running release still uses the name `{table}`");
                found.add(at.find(&BC01, it.syntax(), message).on(&table));
            }
            AlterTableAction::RenameColumn(it) => {
                let column = it.column_name_ref().map(|it| word(it.syntax()));
                let message = format!(
                    "the running release still uses the name `{}`",
                    column.unwrap_or_default()
                );
                found.add(at.find(&BC02, it.syntax(), message).on(&table));
            }
            AlterTableAction::SetSchema(it) if !has_view(at, &table) => {
                let message = format!("the running release still uses the name `{table}`");
                found.add(at.find(&BC03, it.syntax(), message).on(&table));
            }
            _ => {}
        }
    }
}

/// Whether the same transaction creates a view with the old name.
fn has_view(at: &At<'_>, table: &Name) -> bool {
    let until_commit = at
        .following()
        .take_while(|tree| !matches!(tree, Stmt::Commit(_)));
    let mut views = until_commit.filter_map(|tree| match tree {
        Stmt::CreateView(view) => Name::of(view.view()?.syntax()),
        _ => None,
    });
    at.is_in_transaction() && views.any(|view| view == *table)
}
