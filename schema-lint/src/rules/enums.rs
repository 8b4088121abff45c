//! Enums.

use squawk_syntax::ast::{AlterTypeAction, AstNode as _, CreateTypeKind, Literal, Stmt};

use crate::found::{At, Found};
use crate::name::Name;
use crate::rule::{LintRule, ToldBy};

pub(super) static EN01: LintRule = LintRule::note(
    "EN01",
    "enum_value_position",
    "a value is added to an enum without a place",
)
.why("It comes last, and `ORDER BY` and `<` go by the place; it cannot be moved later.")
.instead("`ADD VALUE .. BEFORE` or `AFTER` another one")
.told_by(ToldBy::Structs);

pub(super) static EN02: LintRule = LintRule::error(
    "EN02",
    "enum_value_used_at_once",
    "a value of an enum is used in the transaction that adds it",
)
.why("PostgreSQL refuses it (55P04) until the value is committed, even where the type was made in that transaction.")
.instead("add the value in another migration, or put it into `CREATE TYPE`");

pub(super) static EN03: LintRule = LintRule::error(
    "EN03",
    "enum_catalog",
    "the catalog of enums is written by hand",
)
.why("PostgreSQL does not look at the rows and indexes that hold the value, and they break.")
.instead("make a new type, change the columns over with `USING column::text::new_type`, and drop the old type");

pub(super) static EN04: LintRule = LintRule::note(
    "EN04",
    "enum_type",
    "an enum is made",
)
.why("A value can never be taken away, and moves only with the whole table. Under row-level security its comparisons are no condition of an index.")
.instead("`text` with a check, or a table of the values")
.told_by(ToldBy::Structs)
.opt_in();

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    match at.tree {
        Stmt::AlterType(alter) => {
            if let Some(AlterTypeAction::AddValue(add)) = alter.action()
                && add.value_position().is_none()
            {
                found.add(at.find(&EN01, add.syntax(), "it comes last, and cannot be moved"));
            }
            return;
        }
        Stmt::CreateType(create) => {
            if let Some(CreateTypeKind::EnumType(it)) = create.kind() {
                found.add(at.find(&EN04, it.syntax(), "a value of it can never be taken away"));
            }
        }
        Stmt::CommentOn(_) => return,
        _ => {}
    }
    catalog(at, found);
    used(at, found);
}

fn catalog(at: &At<'_>, found: &mut Found) {
    let table = match at.tree {
        Stmt::Update(it) => it.relation_name().and_then(|it| Name::of(it.syntax())),
        Stmt::Delete(it) => it.relation_name().and_then(|it| Name::of(it.syntax())),
        Stmt::Insert(it) => it.relation_name_ref().and_then(|it| Name::of(it.syntax())),
        _ => None,
    };
    if table.is_some_and(|table| table.name == "pg_enum") {
        found.add(at.whole(
            &EN03,
            "PostgreSQL does not look at the rows that hold the value",
        ));
    }
}

fn used(at: &At<'_>, found: &mut Found) {
    if !at.is_in_transaction() {
        return;
    }
    let literals = at.tree.syntax().descendants().filter_map(Literal::cast);
    for literal in literals {
        let value = literal.string_value().unwrap_or_default();
        if at.transaction.labels.contains(&value) {
            let message = format!(
                "`{value}` is added in this transaction, and cannot be used before it is committed"
            );
            found.add(at.find(&EN02, literal.syntax(), message));
        }
    }
}
