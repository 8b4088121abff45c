//! Changes that no row shows, but that users of the database notice.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{
    self, AlterColumnOption, AlterExtensionAction, AlterTableAction, AstNode as _, CreatePolicy,
    Grant, ReplicaIdentityOption, Revoke, Stmt,
};

use crate::findings::{At, Findings};
use crate::name::{Name, folded, tokens, word};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

pub(super) static BC06: LintRule = LintRule::note(
    "BC06",
    "changed_default",
    "a column gets another default",
)
.why("The running release may leave the column out of an `INSERT`, and then gets the new default.")
.instead("first deploy a release that writes the value itself")
.reported_by(ReportedBy::Structs)
.opt_in();

pub(super) static BC07: LintRule = LintRule::warning(
    "BC07",
    "replica_identity",
    "the replica identity of a table becomes `FULL` or `NOTHING`",
)
.why("With `NOTHING`, updates and deletes of a published table fail. With `FULL`, each of them writes the whole old row to the log, and the subscriber searches for it by all columns.")
.instead("use the primary key, or `REPLICA IDENTITY USING INDEX`");

pub(super) static BC08: LintRule = LintRule::warning(
    "BC08",
    "extension_update",
    "an extension is updated or dropped",
)
.why("The result depends on the server. The extension's own script may lock or rewrite tables, and it needs rights that a migration should not have.")
.instead("update or drop the extension when you maintain the server, outside of the migrations")
.reported_by(ReportedBy::Structs);

pub(super) static BC09: LintRule =
    LintRule::warning("BC09", "rights", "row-level security or rights are changed")
        .why("Other users may now see or change rows, or the running release may see none of them.")
        .instead("ask the people who own this data, and write their answer into an `allow` comment")
        .reported_by(ReportedBy::Hazard(&[HazardKind::RightsChanged]));

pub(super) static BC11: LintRule = LintRule::warning(
    "BC11",
    "triggers_off",
    "triggers are disabled, or a rule is created",
)
.why("While triggers are disabled, they do not maintain the audit trail or `updated_at`. With `ALL` and with `session_replication_role`, PostgreSQL does not check foreign keys either. A rule changes what a statement does, and the statement does not show it.")
.instead("keep the triggers enabled, or enable them in the same file and validate the data that they maintain");

pub(super) static BC12: LintRule = LintRule::warning(
    "BC12",
    "drop_view",
    "a view is dropped and not recreated in the file",
)
.why("The running release may still read the view.")
.instead("drop the view in a later release, when nothing reads it any more")
.reported_by(ReportedBy::Hazard(&[
    HazardKind::BreaksRunningCode,
    HazardKind::DataLoss,
]));

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    replica_role(at, found);
    match at.tree {
        Stmt::CreateRule(_) => {
            found.add(at.whole(&BC11, "statements now have another effect"));
        }
        Stmt::DropView(_) | Stmt::DropMaterializedView(_) if !is_made_again(at) => {
            found.add(at.whole(&BC12, "the running release may still read the view"));
        }
        Stmt::Grant(it) if is_to_everybody(it) => {
            found.add(at.whole(&BC09, "every role of the server now has the right"));
        }
        Stmt::AlterExtension(it) => {
            if let Some(AlterExtensionAction::AlterExtensionUpdate(_)) = it.action() {
                found.add(at.whole(
                    &BC08,
                    "the result depends on the version of the extension on the server",
                ));
            }
        }
        Stmt::DropExtension(_) => {
            found.add(at.whole(&BC08, "the objects of the extension are dropped with it"));
        }
        Stmt::Revoke(it) if !is_of_new(at, it) => {
            found.add(at.whole(&BC09, "the running release may need the right"));
        }
        Stmt::CreatePolicy(it) => policy(at, it, found),
        Stmt::AlterPolicy(it) if at.existing(it.on_table()).is_some() => {
            found.add(at.whole(&BC09, "other users now see the rows"));
        }
        Stmt::DropPolicy(it) => {
            let table = at.existing(it.on_table());
            if table.is_some_and(|table| !at.is_dropped(&table)) {
                found.add(at.whole(&BC09, "other users now see the rows"));
            }
        }
        _ => actions(at, found),
    }
}

/// Whether the file recreates each dropped view.
fn is_made_again(at: &At<'_>) -> bool {
    let made: Vec<_> = at.following().filter_map(made_view).collect();
    let dropped: Vec<_> = match at.tree {
        Stmt::DropView(it) => it.view_refs().collect(),
        Stmt::DropMaterializedView(it) => it.view_refs().collect(),
        _ => Vec::new(),
    };
    let names = dropped.iter().map(|view| Name::of(view.syntax()));
    names
        .into_iter()
        .all(|name| name.is_some_and(|name| made.contains(&name)))
}

/// The view that a statement creates.
fn made_view(tree: &Stmt) -> Option<Name> {
    let view = match tree {
        Stmt::CreateView(it) => it.view(),
        Stmt::CreateMaterializedView(it) => it.view(),
        _ => None,
    };
    Name::of(view?.syntax())
}

/// Reports a policy that is added to an existing table, unless the file also enables row-level security.
fn policy(at: &At<'_>, policy: &CreatePolicy, found: &mut Findings) {
    let Some(table) = at.existing(policy.on_table()) else {
        return;
    };
    let mut trees = at.source.trees();
    let is_switched_on = trees.any(|tree| match tree {
        Stmt::AlterTable(alter) if parts::altered(alter).as_ref() == Some(&table) => alter
            .actions()
            .any(|action| matches!(action, AlterTableAction::EnableRls(_))),
        _ => false,
    });
    if !is_switched_on {
        let message = format!("other users now see or change rows of `{table}`");
        found.add(at.whole(&BC09, message));
    }
}

/// Reports `session_replication_role`: with `replica`, only replica and always triggers fire.
fn replica_role(at: &At<'_>, found: &mut Findings) {
    const NAME: &str = "session_replication_role";
    let mut nodes = at.tree.syntax().descendants();
    let node = nodes.find(|node| setting(node).is_some_and(|name| name == NAME));
    let is_back = |node: &SyntaxNode| {
        let mut words = ["origin", "'origin'", "default"].iter();
        words.any(|word| parts::has_word(node, word)) || matches!(at.tree, Stmt::CommentOn(_))
    };
    if let Some(node) = node.filter(|node| !is_back(node)) {
        found.add(at.find(
            &BC11,
            &node,
            "from now on no trigger fires, and PostgreSQL checks no foreign key",
        ));
    }
}

/// The name of the setting that a node sets, or the text of a literal, which may be the name of a setting.
fn setting(node: &SyntaxNode) -> Option<String> {
    let parameter = if let Some(set) = ast::SetConfig::cast(node.clone()) {
        set.config_parameter_ref()
    } else if let Some(set) = ast::SetConfigParam::cast(node.clone()) {
        set.config_parameter_ref()
    } else {
        return ast::Literal::cast(node.clone())?.string_value();
    };
    parameter.map(|it| word(it.syntax()))
}

/// Whether it is `GRANT .. TO PUBLIC`.
fn is_to_everybody(grant: &Grant) -> bool {
    let roles = grant.role_ref_list();
    roles.is_some_and(|roles| {
        tokens(roles.syntax()).any(|(_, text)| text.eq_ignore_ascii_case("public"))
    })
}

/// Whether the `REVOKE` names an object that a pending file created, which no session uses yet.
fn is_of_new(at: &At<'_>, revoke: &Revoke) -> bool {
    let objects = revoke.on_privilege_objects_clause();
    objects.is_some_and(|objects| {
        tokens(objects.syntax()).any(|(_, text)| at.known.has_made(&folded(&text)))
    })
}

fn actions(at: &At<'_>, found: &mut Findings) {
    for (table, action) in at.actions() {
        let find = match action {
            AlterTableAction::EnableRls(it) => {
                let message = format!("without a policy, only the owner sees rows of `{table}`");
                at.find(&BC09, it.syntax(), message)
            }
            AlterTableAction::ForceRls(it) => {
                let message = format!("without a policy, the owner sees no rows of `{table}`");
                at.find(&BC09, it.syntax(), message)
            }
            AlterTableAction::DisableRls(it) => at.find(
                &BC09,
                it.syntax(),
                format!("every role that may read `{table}` sees all of its rows"),
            ),
            AlterTableAction::NoForceRls(it) => at.find(
                &BC09,
                it.syntax(),
                format!("the owner sees all rows of `{table}`"),
            ),
            AlterTableAction::DisableTrigger(it) => at.find(
                &BC11,
                it.syntax(),
                format!("the triggers of `{table}` no longer fire"),
            ),
            AlterTableAction::EnableReplicaTrigger(it) => at.find(
                &BC11,
                it.syntax(),
                format!("the trigger of `{table}` fires only on replicas"),
            ),
            AlterTableAction::ReplicaIdentity(it) => match it.replica_identity_option() {
                Some(ReplicaIdentityOption::ReplicaIdentityNothing(_)) => at.find(
                    &BC07,
                    it.syntax(),
                    format!("updates of `{table}` fail if the table is published"),
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
                    "the running release now gets another value",
                ),
                _ => continue,
            },
            _ => continue,
        };
        found.add(find.on(&table));
    }
}
