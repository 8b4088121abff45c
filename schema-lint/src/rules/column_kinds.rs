//! Rules for the types and kinds of columns, on new tables too.

use squawk_syntax::ast::{self, AlterTableAction, AstNode as _, CreateTable, Stmt};

use crate::findings::{At, Findings};
use crate::name::{Name, lower};
use crate::parts::{self, Column};
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_core::ir::SqlType;
use freehold_schema_core::model::ScalarType;

pub(super) static CK13: LintRule = LintRule::warning(
    "CK13",
    "no_primary_key",
    "a table is created without a primary key",
)
.why("No statement can identify a single row. Pages are not stable, a batch cannot continue where it stopped, and logical replication refuses updates.")
.instead("add a primary key")
.reported_by(ReportedBy::Structs);

pub(super) static TY01: LintRule = LintRule::note(
    "TY01",
    "small_key",
    "a primary key is an `integer` or `smallint`",
)
.why("The largest value is 2,147,483,647 (`smallint`: 32,767), and deleted rows use up values too. A change to a wider type rewrites the table.")
.instead("`bigint`, or `uuid`")
.reported_by(ReportedBy::Structs);

pub(super) static TY02: LintRule = LintRule::note(
    "TY02",
    "serial",
    "a column is a `serial`",
)
.why("Its sequence has a separate owner and separate rights, and any insert can override its default.")
.instead("`bigint GENERATED ALWAYS AS IDENTITY`")
.reported_by(ReportedBy::Structs)
.opt_in();

pub(super) static TY03: LintRule =
    LintRule::note("TY03", "varchar", "a column is a `varchar` with a length")
        .why("A later change to a shorter length rewrites the table. PostgreSQL validates a check while others write.")
        .instead("`text` with a check on its length")
        .reported_by(ReportedBy::Structs)
        .opt_in();

pub(super) static TY04: LintRule = LintRule::warning("TY04", "char", "a column is a `char(n)`")
    .why("PostgreSQL pads the values with blanks, and ignores the blanks in comparisons and casts.")
    .instead("`text` with a check on its length")
    .reported_by(ReportedBy::Structs);

pub(super) static TY05: LintRule = LintRule::warning(
    "TY05",
    "timestamp",
    "a column is a `timestamp` without a time zone",
)
.why("The value is not a definite point in time: it depends on the time zone of the reader.")
.instead("`timestamptz`")
.reported_by(ReportedBy::Structs);

pub(super) static TY06: LintRule = LintRule::warning(
    "TY06",
    "json",
    "a column is a `json`",
)
.why("PostgreSQL parses the text at each access. The type has no equality, so `DISTINCT` and `UNION` fail, and it cannot be indexed.")
.instead("`jsonb`")
.reported_by(ReportedBy::Structs);

pub(super) static TY08: LintRule = LintRule::error(
    "TY08",
    "frozen_default",
    "a default is the text `'now'` or another word for a point in time",
)
.why(
    "PostgreSQL evaluates the text when the statement runs, and each later row gets the same time.",
)
.instead("`now()` or `current_date`");

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::CreateTable(table) => {
            for column in parts::columns(table) {
                let is_key = column.is_primary_key() || is_key(table, &column);
                kind(at, &column, is_key, found);
            }
            primary_key(at, table, found);
        }
        Stmt::AlterTable(alter) => {
            for action in alter.actions() {
                of_action(at, &action, found);
            }
        }
        _ => {}
    }
}

fn of_action(at: &At<'_>, action: &AlterTableAction, found: &mut Findings) {
    match action {
        AlterTableAction::AddColumn(add) => {
            let column = Column::added(add);
            let is_key = column.is_primary_key();
            kind(at, &column, is_key, found);
        }
        AlterTableAction::AlterColumn(column) => {
            if let Some(ast::AlterColumnOption::SetDefault(set)) = column.option() {
                set.expr().iter().for_each(|value| frozen(at, value, found));
            }
        }
        _ => {}
    }
}

fn is_key(table: &CreateTable, column: &Column) -> bool {
    parts::table_constraints(table).iter().any(|it| {
        matches!(it, ast::Constraint::PrimaryKeyConstraint(_))
            && parts::constraint_columns(it) == [column.name.clone()]
    })
}

fn kind(at: &At<'_>, column: &Column, is_key: bool, found: &mut Findings) {
    let name = &column.name;
    if let Some(default) = column.default() {
        frozen(at, &default, found);
    }
    let Some(ty) = &column.sql_type else { return };
    if column.is_serial() {
        found.add(at.find(&TY02, ty.syntax(), format!("`{name}` has its own sequence")));
        if is_key && !lower(ty.syntax()).starts_with("big") && lower(ty.syntax()) != "serial8" {
            found.add(at.find(
                &TY01,
                ty.syntax(),
                format!("`{name}` runs out of values after 2,147,483,647 rows"),
            ));
        }
        return;
    }
    let SqlType::Scalar(scalar) = parts::sql_type(ty) else {
        return;
    };
    let range = at.in_file(ty.syntax());
    let find = match scalar {
        ScalarType::Integer if is_key => at.find(
            &TY01,
            ty.syntax(),
            format!("`{name}` runs out of values after 2,147,483,647 rows"),
        ),
        ScalarType::SmallInt if is_key => at.find(
            &TY01,
            ty.syntax(),
            format!("`{name}` runs out of values after 32,767 rows"),
        ),
        ScalarType::Varchar(Some(length)) => at.find(
            &TY03,
            ty.syntax(),
            format!("PostgreSQL rewrites the table if `{name}` later gets a length below {length}"),
        ),
        ScalarType::Char(_) => at.find(
            &TY04,
            ty.syntax(),
            format!("PostgreSQL pads `{name}` with blanks"),
        ),
        ScalarType::Timestamp => at
            .find(
                &TY05,
                ty.syntax(),
                format!("`{name}` is not a definite point in time"),
            )
            .edit(range, "timestamptz"),
        ScalarType::Json => at
            .find(
                &TY06,
                ty.syntax(),
                format!("`{name}` has no equality and cannot be indexed"),
            )
            .edit(range, "jsonb"),
        _ => return,
    };
    found.add(find);
}

fn frozen(at: &At<'_>, default: &ast::Expr, found: &mut Findings) {
    const WORDS: [(&str, &str); 4] = [
        ("now", "now()"),
        ("today", "current_date"),
        ("tomorrow", "current_date + 1"),
        ("yesterday", "current_date - 1"),
    ];
    // A literal, or the cast of a literal.
    let mut literals = default
        .syntax()
        .descendants()
        .filter_map(ast::Literal::cast);
    let text = literals.next().and_then(|it| it.string_value());
    let is_call = default
        .syntax()
        .descendants()
        .any(|it| ast::CallExpr::can_cast(it.kind()));
    let text = text.unwrap_or_default().trim().to_ascii_lowercase();
    let word = WORDS.iter().find(|(word, _)| *word == text);
    if let Some((word, instead)) = word.filter(|_| !is_call) {
        let message = format!("`'{word}'` becomes the time of this statement in every later row");
        let find = at.find(&TY08, default.syntax(), message);
        let range = find.range.clone();
        found.add(find.edit(range, *instead));
    }
}

fn primary_key(at: &At<'_>, table: &CreateTable, found: &mut Findings) {
    let is_other = table.partition_of().is_some()
        || table.inherits().is_some()
        || table.of_type().is_some()
        || table
            .persistence()
            .is_some_and(|it| matches!(it, ast::Persistence::Temp(_)))
        || parts::has_word(table.syntax(), "like");
    let Some(name) = table.table_name().and_then(|it| Name::of(it.syntax())) else {
        return;
    };
    let is = |it: &ast::Constraint| matches!(it, ast::Constraint::PrimaryKeyConstraint(_));
    let has = parts::columns(table).iter().any(Column::is_primary_key)
        || parts::table_constraints(table).iter().any(is);
    let later = at.following().any(|tree| match tree {
        Stmt::AlterTable(alter) if parts::altered(alter).as_ref() == Some(&name) => {
            parts::has_word(alter.syntax(), "primary")
        }
        _ => false,
    });
    if !is_other && !has && !later {
        found.add(at.whole(
            &CK13,
            format!("no statement can identify a single row of `{name}`"),
        ));
    }
}
