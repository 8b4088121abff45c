//! What changes for those who use the database, though no row does.

use squawk_syntax::ast::{
    AlterColumnOption, AlterExtensionAction, AlterTableAction, AstNode as _, ReplicaIdentityOption,
    Revoke, Stmt,
};

use crate::lint::found::{At, Found};
use crate::lint::name::{Name, folded, tokens};
use crate::lint::rule::{LintRule, ToldBy};
use crate::plan::HazardKind;

pub(super) static BC06: LintRule = LintRule::note(
    "BC06",
    "changed_default",
    "the default of a column is changed",
)
.why("The release that runs may leave the column out, and gets another value from here on.")
.instead("let a release go out first that writes the value itself")
.told_by(ToldBy::Structs)
.opt_in();

pub(super) static BC07: LintRule = LintRule::warning(
    "BC07",
    "replica_identity",
    "the replica identity of a table becomes `FULL` or `NOTHING`",
)
.why("With `NOTHING`, updates and deletes of a published table fail; with `FULL`, each writes the whole old row to the log and is looked up by all columns.")
.instead("use the primary key, or `REPLICA IDENTITY USING INDEX`");

pub(super) static BC08: LintRule = LintRule::warning(
    "BC08",
    "extension_update",
    "an extension is updated or dropped",
)
.why("What it does is another thing on each server, and its own script may lock or rewrite; it needs rights that a migration should not have.")
.instead("do it with the server, outside of the migrations")
.told_by(ToldBy::Structs);

pub(super) static BC09: LintRule = LintRule::warning(
    "BC09",
    "rights",
    "row-level security or rights are changed",
)
.why("Others may see or change rows, or the release that runs sees none of them from here on.")
.instead("let somebody look at it who knows whose rows these are, and allow it here")
.told_by(ToldBy::Hazard(&[HazardKind::RightsChanged]));

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    match at.tree {
        Stmt::AlterExtension(it) => {
            if let Some(AlterExtensionAction::AlterExtensionUpdate(_)) = it.action() {
                found.add(at.whole(&BC08, "what the extension does changes with the server"));
            }
        }
        Stmt::DropExtension(_) => {
            found.add(at.whole(&BC08, "what the extension made goes with it"));
        }
        Stmt::Revoke(it) if !is_of_new(at, it) => {
            found.add(at.whole(&BC09, "what runs may need the right"));
        }
        Stmt::AlterPolicy(it) if at.existing(it.on_table()).is_some() => {
            found.add(at.whole(&BC09, "others see the rows from here on"));
        }
        Stmt::DropPolicy(it) => {
            let table = at.existing(it.on_table());
            if table.is_some_and(|table| !is_dropped(at, &table)) {
                found.add(at.whole(&BC09, "others see the rows from here on"));
            }
        }
        _ => actions(at, found),
    }
}

/// Whether it is about a table or a routine that nobody uses yet.
fn is_of_new(at: &At<'_>, revoke: &Revoke) -> bool {
    let objects = revoke.on_privilege_objects_clause();
    objects.is_some_and(|objects| {
        tokens(objects.syntax()).any(|(_, text)| at.known.has_made(&folded(&text)))
    })
}

/// Whether nobody sees the table any more when the file has run.
fn is_dropped(at: &At<'_>, table: &Name) -> bool {
    at.following().any(|tree| match tree {
        Stmt::DropTable(drop) => {
            let mut names = drop.table_name_refs();
            names.any(|name| Name::of(name.syntax()).as_ref() == Some(table))
        }
        _ => false,
    })
}

fn actions(at: &At<'_>, found: &mut Found) {
    for (table, action) in at.actions() {
        let find = match action {
            AlterTableAction::EnableRls(it) => {
                let message = format!(
                    "without a policy for it, nobody but the owner sees a row of `{table}`"
                );
                at.find(&BC09, it.syntax(), message)
            }
            AlterTableAction::DisableRls(it) => at.find(
                &BC09,
                it.syntax(),
                format!("everybody sees all rows of `{table}`"),
            ),
            AlterTableAction::NoForceRls(it) => at.find(
                &BC09,
                it.syntax(),
                format!("the owner sees all rows of `{table}`"),
            ),
            AlterTableAction::ReplicaIdentity(it) => match it.replica_identity_option() {
                Some(ReplicaIdentityOption::ReplicaIdentityNothing(_)) => at.find(
                    &BC07,
                    it.syntax(),
                    format!("updates of `{table}` fail if it is published"),
                ),
                Some(ReplicaIdentityOption::ReplicaIdentityFull(_)) => at.find(
                    &BC07,
                    it.syntax(),
                    format!("each update of `{table}` writes the old row to the log"),
                ),
                _ => continue,
            },
            AlterTableAction::AlterColumn(column) => match column.option() {
                Some(AlterColumnOption::SetDefault(it)) => at.find(
                    &BC06,
                    it.syntax(),
                    "what runs gets another value from here on",
                ),
                _ => continue,
            },
            _ => continue,
        };
        found.add(find.on(&table));
    }
}
