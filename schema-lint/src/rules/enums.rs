//! Enums.

use squawk_syntax::ast::{AlterTypeAction, AstNode as _, CreateTypeKind, Literal, Stmt};

use crate::findings::{At, Findings};
use crate::name::Name;
use crate::rule::{LintRule, ReportedBy};

pub(super) static EN01: LintRule = LintRule::note(
    "EN01",
    "enum_value_position",
    "a value is added to an enum without a position",
)
.why("PostgreSQL adds the value at the end. `ORDER BY` and `<` use this order, and the value cannot be moved later.")
.instead("`ADD VALUE .. BEFORE` or `AFTER` another value")
.reported_by(ReportedBy::Structs);

pub(super) static EN02: LintRule = LintRule::error(
    "EN02",
    "enum_value_used_at_once",
    "a value of an enum is used in the transaction that adds it",
)
.why("PostgreSQL refuses the use of the value until it is committed (55P04), even if the same transaction created the type.")
.instead("add the value in another migration, or put it into `CREATE TYPE`");

pub(super) static EN03: LintRule = LintRule::error(
    "EN03",
    "enum_catalog",
    "the catalog of enums is modified directly",
)
.why("PostgreSQL does not check the rows and indexes that contain the value, so they become invalid.")
.instead("create a new type, change the columns with `USING column::text::new_type`, and drop the old type");

pub(super) static EN04: LintRule = LintRule::note(
    "EN04",
    "enum_type",
    "an enum is created",
)
.why("A value can never be removed, and can only be moved with a rewrite of the table. Under row-level security, PostgreSQL cannot use its comparisons as an index condition.")
.instead("use `text` with a check, or a table of the values")
.reported_by(ReportedBy::Structs)
.opt_in();

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::AlterType(alter) => {
            if let Some(AlterTypeAction::AddValue(add)) = alter.action()
                && add.value_position().is_none()
            {
                found.add(at.find(
                    &EN01,
                    add.syntax(),
                    "PostgreSQL adds the value at the end, and it cannot be moved",
                ));
            }
            return;
        }
        Stmt::CreateType(create) => {
            if let Some(CreateTypeKind::EnumType(it)) = create.kind() {
                found.add(at.find(
                    &EN04,
                    it.syntax(),
                    "a value of the enum can never be removed",
                ));
            }
        }
        Stmt::CommentOn(_) => return,
        _ => {}
    }
    catalog(at, found);
    used(at, found);
}

fn catalog(at: &At<'_>, found: &mut Findings) {
    let table = match at.tree {
        Stmt::Update(it) => it.relation_name().and_then(|it| Name::of(it.syntax())),
        Stmt::Delete(it) => it.relation_name().and_then(|it| Name::of(it.syntax())),
        Stmt::Insert(it) => it.relation_name_ref().and_then(|it| Name::of(it.syntax())),
        _ => None,
    };
    if table.is_some_and(|table| table.name == "pg_enum") {
        found.add(at.whole(
            &EN03,
            "PostgreSQL does not check the rows that contain the value",
        ));
    }
}

fn used(at: &At<'_>, found: &mut Findings) {
    if !at.is_in_transaction() {
        return;
    }
    let literals = at.tree.syntax().descendants().filter_map(Literal::cast);
    for literal in literals {
        let value = literal.string_value().unwrap_or_default();
        if at.transaction.labels.contains(&value) {
            let message =
                format!("this transaction adds `{value}`, which cannot be used before the commit");
            found.add(at.find(&EN02, literal.syntax(), message));
        }
    }
}
