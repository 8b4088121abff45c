//! Casts. A cast of a literal only repeats the type of its place. Implicit casts of PostgreSQL are not the user's.

use super::literal;
use crate::sql::tree::{Node, Type};

/// The types to which PostgreSQL implicitly casts columns and calls: to use functions of `text`, and to compare
/// numbers of different types.
const IMPLICIT: &[&str] = &[
    "bigint",
    "bpchar",
    "double precision",
    "inet",
    "integer",
    "numeric",
    "text",
    "varchar",
];

/// The same for elements of arrays.
const IMPLICIT_IN_ARRAYS: &[&str] = &["text", "varchar"];

/// Whether PostgreSQL implicitly casts a column of one type to the other (`pg_cast`, `castcontext = 'i'`), and no
/// other value.
pub(super) fn is_implicit(from: &Type, to: &Type) -> bool {
    let is_plain = !from.array && !to.array && to.modifiers.is_empty();
    let targets: &[&str] = match from.name.as_str() {
        "date" => &["timestamp", "timestamptz"],
        "timestamp" => &["timestamptz"],
        "time" => &["timetz", "interval"],
        _ => &[],
    };
    is_plain && targets.contains(&to.name.as_str())
}

pub(super) fn simplified(operand: Node, target: Type) -> Node {
    if operand.is_literal() {
        return of_literal(operand, target);
    }
    if target.array {
        return of_array(operand, target);
    }
    let is_implicit = target.modifiers.is_empty() && IMPLICIT.contains(&target.name.as_str());
    if is_implicit {
        operand
    } else {
        Node::Cast(operand.boxed(), target)
    }
}

fn of_literal(operand: Node, target: Type) -> Node {
    match operand {
        Node::Text(text) => literal::typed(text, &target),
        Node::Number(_) if !is_number(&target) => Node::Cast(operand.boxed(), target),
        Node::Bool(_) if target.name != "boolean" && target.name != "text" => {
            Node::Cast(operand.boxed(), target)
        }
        other => other,
    }
}

/// Whether a cast of a number to this type can be removed. `text` is one: PostgreSQL adds that cast in a
/// concatenation.
fn is_number(target: &Type) -> bool {
    let name = target.name.as_str();
    !target.array && (IMPLICIT.contains(&name) || matches!(name, "smallint" | "real"))
}

/// A cast of an array casts each of its elements.
fn of_array(operand: Node, target: Type) -> Node {
    let element = Type {
        array: false,
        ..target.clone()
    };
    match operand {
        Node::Array(elements) => {
            let cast = |inner| match inner {
                Node::Array(_) => of_array(inner, target.clone()),
                inner => simplified(inner, element.clone()),
            };
            Node::Array(elements.into_iter().map(cast).collect())
        }
        operand
            if IMPLICIT_IN_ARRAYS.contains(&target.name.as_str())
                && target.modifiers.is_empty() =>
        {
            operand
        }
        operand => Node::Cast(operand.boxed(), target),
    }
}
