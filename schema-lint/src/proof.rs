//! What a check requires of single columns, and whether that implies the bounds of a partition.

use std::cmp::Ordering;

use squawk_syntax::ast::{self, AstNode as _, BinOp, Constraint, Expr, PartitionType};

use super::catalog::Table;
use super::name::{lower, word};

/// A comparison of a column with a value that every row of the table satisfies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    column: String,
    is: Is,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Is {
    AtLeast(String),
    Above(String),
    AtMost(String),
    Below(String),
    OneOf(Vec<String>),
    NotNull,
}

/// The comparisons that a check joins with `AND`. Other parts of the check are ignored.
pub(super) fn conditions(constraint: &Constraint) -> Vec<Condition> {
    let mut conditions = Vec::new();
    if let Constraint::CheckConstraint(check) = constraint
        && let Some(expr) = check.expr()
    {
        read(&expr, &mut conditions);
    }
    conditions
}

fn read(expr: &Expr, conditions: &mut Vec<Condition>) {
    match expr {
        Expr::ParenExpr(it) => it.expr().iter().for_each(|expr| read(expr, conditions)),
        Expr::BinExpr(it) => {
            let (Some(left), Some(right)) = (it.lhs(), it.rhs()) else {
                return;
            };
            if let Some(BinOp::And(_)) = it.op() {
                read(&left, conditions);
                read(&right, conditions);
            } else if let Some(op) = it.op() {
                conditions.extend(comparison(&left, &op, &right));
            }
        }
        _ => {}
    }
}

fn comparison(left: &Expr, op: &BinOp, right: &Expr) -> Option<Condition> {
    let is_turned = column(left).is_none();
    let (name, other) = if is_turned {
        (right, left)
    } else {
        (left, right)
    };
    let is = match (op, is_turned) {
        (BinOp::Gteq(_), false) | (BinOp::Lteq(_), true) => Is::AtLeast(value(other)),
        (BinOp::RAngle(_), false) | (BinOp::LAngle(_), true) => Is::Above(value(other)),
        (BinOp::Lteq(_), false) | (BinOp::Gteq(_), true) => Is::AtMost(value(other)),
        (BinOp::LAngle(_), false) | (BinOp::RAngle(_), true) => Is::Below(value(other)),
        (BinOp::Eq(_), _) => Is::OneOf(vec![value(other)]),
        (BinOp::In(_), false) => Is::OneOf(list(other)),
        (BinOp::IsNot(_), false) if lower(other.syntax()) == "null" => Is::NotNull,
        _ => return None,
    };
    Some(Condition {
        column: column(name)?,
        is,
    })
}

fn column(expr: &Expr) -> Option<String> {
    match expr {
        Expr::NameRef(name) => Some(word(name.syntax())),
        Expr::ParenExpr(it) => column(&it.expr()?),
        _ => None,
    }
}

fn list(expr: &Expr) -> Vec<String> {
    let items = expr.syntax().children().filter_map(Expr::cast);
    items.map(|item| value(&item)).collect()
}

/// The text of a value without its cast: `'2024-01-01'::date` and `DATE '2024-01-01'` give `2024-01-01`.
fn value(expr: &Expr) -> String {
    let mut nodes = expr.syntax().descendants().filter_map(ast::Literal::cast);
    let text = match (nodes.next(), nodes.next()) {
        (Some(literal), None) => literal.string_value(),
        _ => None,
    };
    text.unwrap_or_else(|| lower(expr.syntax()))
}

/// Whether the validated checks of a table imply the bounds of a partition.
///
/// `None` if this function cannot compare the bounds: hash or default partitions, several columns, or a null in a list.
pub(super) fn is_proven(table: &Table, column: &str, bounds: &PartitionType) -> Option<bool> {
    let wanted = match bounds {
        PartitionType::PartitionForValuesFrom(it) => {
            let from = single(it.from()?.exprs())?;
            let to = single(it.to()?.exprs())?;
            let from = (from != "minvalue").then_some(Is::AtLeast(from));
            let to = (to != "maxvalue").then_some(Is::Below(to));
            from.into_iter().chain(to).collect()
        }
        PartitionType::PartitionForValuesIn(it) => {
            let values: Vec<_> = it.exprs().map(|expr| value(&expr)).collect();
            if values.iter().any(|value| value == "null") {
                return None;
            }
            vec![Is::OneOf(values)]
        }
        _ => return None,
    };
    let checks = table.checks.values().filter(|check| check.is_valid);
    let conditions = checks.flat_map(|check| &check.conditions);
    let of_column: Vec<_> = conditions.filter(|it| it.column == column).collect();
    let is_null = |table: &Table| {
        let is_known = table.columns.contains_key(column);
        is_known && !table.not_null.contains(column)
    };
    let has = |wanted: &Is| of_column.iter().any(|it| implies(&it.is, wanted));
    Some(wanted.iter().all(has) && (has(&Is::NotNull) || !is_null(table)))
}

fn single(mut values: ast::AstChildren<Expr>) -> Option<String> {
    let first = values.next()?;
    values.next().is_none().then(|| value(&first))
}

fn implies(is: &Is, wanted: &Is) -> bool {
    let less = |left: &str, right: &str| compare(left, right) == Some(Ordering::Less);
    let not_less =
        |left: &str, right: &str| compare(left, right).is_some_and(|order| order != Ordering::Less);
    match (is, wanted) {
        (Is::AtLeast(is) | Is::Above(is), Is::AtLeast(wanted)) => not_less(is, wanted),
        (Is::OneOf(is), Is::AtLeast(wanted)) => is.iter().all(|value| not_less(value, wanted)),
        (Is::Below(is), Is::Below(wanted)) => not_less(wanted, is),
        (Is::AtMost(is), Is::Below(wanted)) => less(is, wanted),
        (Is::OneOf(is), Is::Below(wanted)) => is.iter().all(|value| less(value, wanted)),
        (Is::OneOf(is), Is::OneOf(wanted)) => is.iter().all(|value| wanted.contains(value)),
        (is, wanted) => is == wanted,
    }
}

/// The order of two integers, or of two dates in the same format. Other values are compared only for equality.
fn compare(left: &str, right: &str) -> Option<Ordering> {
    if let (Ok(left), Ok(right)) = (left.parse::<i128>(), right.parse::<i128>()) {
        return Some(left.cmp(&right));
    }
    let form = |text: &str| -> Vec<_> {
        let chars = text.chars();
        chars
            .map(|it| if it.is_ascii_digit() { '0' } else { it })
            .collect()
    };
    let is_date = form(left).starts_with(&form("0000-00-00")) && form(left) == form(right);
    (is_date || left == right).then(|| left.cmp(right))
}
