//! Objects that the running release calls by name, and triggers whose loss causes no error.

use squawk_syntax::ast::{self, AstNode as _, Stmt};
use squawk_syntax::{SyntaxKind, SyntaxNode};

use crate::findings::{At, Findings};
use crate::name::word;
use crate::parts;
use crate::rule::{LintRule, ReportedBy};

pub(super) static BC13: LintRule = LintRule::warning(
    "BC13",
    "drop_trigger",
    "a trigger or a rule is dropped and not recreated in the file",
)
.why("The trigger or the rule no longer maintains its data: an audit trail, `updated_at`, a sum in another table. No statement of the release fails, so you see no error.")
.instead("drop it in the release that replaces it, or allow the rule here with the reason")
.reported_by(ReportedBy::Structs);

pub(super) static BC14: LintRule = LintRule::warning(
    "BC14",
    "drop_function",
    "a function or a procedure is dropped and not recreated in the file",
)
.why("The running release may still call it, and each such call fails.")
.instead("first deploy a release that does not call it, and drop it in the next one")
.reported_by(ReportedBy::Structs);

pub(super) static BC15: LintRule = LintRule::warning(
    "BC15",
    "drop_type",
    "a type or a domain is dropped and not recreated in the file",
)
.why("The running release may still cast to it, and each such query fails.")
.instead("first deploy a release that does not name it, and drop it in the next one")
.reported_by(ReportedBy::Structs);

pub(super) static BC16: LintRule = LintRule::error(
    "BC16",
    "rename_object",
    "a view, a function, a type or a sequence is renamed, or moved to another schema",
)
.why("Each query of the running release that uses the old name fails until the next release is deployed.")
.instead("create a second object with the new name, and drop the old one in a later release")
.reported_by(ReportedBy::Structs);

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::DropTrigger(it) => trigger(at, it.on_relation(), found),
        Stmt::DropRule(it) => trigger(at, it.on_relation(), found),
        Stmt::DropEventTrigger(_) if !is_made_again(at, &names(at.tree)) => {
            found.add(at.whole(&BC13, "the trigger no longer maintains its data"));
        }
        Stmt::DropFunction(_)
        | Stmt::DropProcedure(_)
        | Stmt::DropRoutine(_)
        | Stmt::DropAggregate(_) => dropped(at, &BC14, "call", found),
        Stmt::DropType(_) | Stmt::DropDomain(_) => dropped(at, &BC15, "name", found),
        _ => renamed(at, found),
    }
}

fn trigger(at: &At<'_>, table: Option<ast::OnRelation>, found: &mut Findings) {
    let Some(table) = at.existing(table) else {
        return;
    };
    let names = names(at.tree);
    if !is_made_again(at, &names) && !at.is_dropped(&table) {
        let name = names.first().map_or("", |name| name.as_str());
        let message = format!("`{name}` no longer acts on `{table}`");
        found.add(at.whole(&BC13, message));
    }
}

fn dropped(at: &At<'_>, rule: &'static LintRule, does: &str, found: &mut Findings) {
    let names = names(at.tree);
    let all_made = names.iter().all(|name| at.known.has_made(name));
    if !names.is_empty() && !all_made && !is_made_again(at, &names) {
        let message = format!(
            "the running release may still {does} `{}`",
            names.join("`, `")
        );
        found.add(at.whole(rule, message));
    }
}

/// The names of the objects that a `DROP` drops.
fn names(tree: &Stmt) -> Vec<String> {
    let name = |node: &SyntaxNode| match node.kind() {
        SyntaxKind::TRIGGER_REF
        | SyntaxKind::RULE_REF
        | SyntaxKind::EVENT_TRIGGER_REF
        | SyntaxKind::FUNCTION_NAME_REF
        | SyntaxKind::PROCEDURE_NAME_REF
        | SyntaxKind::ROUTINE_NAME_REF
        | SyntaxKind::TYPE_NAME_REF
        | SyntaxKind::DOMAIN_REF => Some(word(node)),
        SyntaxKind::AGGREGATE => node
            .descendants()
            .find_map(ast::PathRef::cast)
            .map(|path| word(path.syntax())),
        _ => None,
    };
    // The types of parameters are not names of dropped objects.
    let nodes = tree.syntax().descendants();
    nodes.filter_map(|node| name(&node)).collect()
}

/// Whether the file recreates each of the objects.
fn is_made_again(at: &At<'_>, names: &[String]) -> bool {
    let made: Vec<_> = at.following().filter_map(made).collect();
    !names.is_empty() && names.iter().all(|name| made.contains(name))
}

/// The name of the object that a statement creates, which may replace a dropped one.
fn made(tree: &Stmt) -> Option<String> {
    let node = match tree {
        Stmt::CreateTrigger(it) => it.trigger()?.syntax().clone(),
        Stmt::CreateRule(it) => it.rule()?.syntax().clone(),
        Stmt::CreateEventTrigger(it) => it.event_trigger()?.syntax().clone(),
        other => return parts::made(other).map(|name| name.name),
    };
    Some(word(&node))
}

fn renamed(at: &At<'_>, found: &mut Findings) {
    let is_one = matches!(
        at.tree,
        Stmt::AlterView(_)
            | Stmt::AlterMaterializedView(_)
            | Stmt::AlterFunction(_)
            | Stmt::AlterProcedure(_)
            | Stmt::AlterRoutine(_)
            | Stmt::AlterType(_)
            | Stmt::AlterDomain(_)
            | Stmt::AlterSequence(_)
    );
    let mut nodes = at.tree.syntax().descendants().filter(|_| is_one);
    let Some(rename) = nodes.find(is_rename) else {
        return;
    };
    let name = parts::object_name(at.tree.syntax()).unwrap_or_default();
    if !at.known.has_made(&name) && !is_made_again(at, std::slice::from_ref(&name)) {
        let message = format!("the running release still uses the name `{name}`");
        found.add(at.find(&BC16, &rename, message));
    }
}

fn is_rename(node: &SyntaxNode) -> bool {
    matches!(
        node.kind(),
        SyntaxKind::VIEW_RENAME_TO
            | SyntaxKind::FUNCTION_RENAME_TO
            | SyntaxKind::PROCEDURE_RENAME_TO
            | SyntaxKind::ROUTINE_RENAME_TO
            | SyntaxKind::TYPE_RENAME_TO
            | SyntaxKind::DOMAIN_RENAME_TO
            | SyntaxKind::SEQUENCE_RENAME_TO
            | SyntaxKind::RENAME_COLUMN
            | SyntaxKind::RENAME_ATTRIBUTE
            | SyntaxKind::SET_SCHEMA
    )
}
