//! The condition that a row comes after another one in an order. PostgreSQL puts nulls last in an ascending order and
//! first in a descending one.

use crate::model::BinaryOp;
use crate::query::argument::received;
use crate::query::node::{ColumnRef, Node};
use crate::query::order::Order;

/// A column that a list is ordered by, and its value in the cursor.
pub(super) struct Term<'a> {
    pub(super) column: ColumnRef,
    pub(super) order: &'a Order,
    pub(super) nullable: bool,
    pub(super) value: Option<&'a [u8]>,
}

/// The condition that a row comes after the values: `FALSE` if no row can, and `None` without terms.
pub(super) fn behind(terms: &[Term<'_>]) -> Option<Node> {
    let (first, _) = terms.split_first()?;
    let is_plain =
        |term: &Term<'_>| !term.nullable && term.order.descending == first.order.descending;
    if terms.iter().all(is_plain) {
        return Some(row_comparison(terms, first.order.descending));
    }
    let any = alternatives(terms).unwrap_or(Node::Bool(false));
    Some(match at_or_behind(first) {
        // Redundant, but an index over the first column can start at it.
        Some(range) => Node::and(Some(range), any),
        None => any,
    })
}

/// `a > $1 OR a = $1 AND b < $2`
fn alternatives(terms: &[Term<'_>]) -> Option<Node> {
    let mut any: Option<Node> = None;
    for (at, term) in terms.iter().enumerate() {
        let Some(further) = is_behind(term) else {
            continue;
        };
        let equal = terms[..at].iter().map(equals);
        let equal = equal.reduce(|all, next| Node::and(Some(all), next));
        let next = Node::and(equal, further);
        any = Some(match any {
            Some(any) => Node::binary(BinaryOp::Or, any, next),
            None => next,
        });
    }
    any
}

/// `(a, b) > ($1, $2)`: one range of an index.
fn row_comparison(terms: &[Term<'_>], descending: bool) -> Node {
    let columns = terms.iter().map(column).collect();
    let values = terms.iter().map(value).collect();
    Node::binary(
        if descending {
            BinaryOp::Lt
        } else {
            BinaryOp::Gt
        },
        Node::Call("", columns),
        Node::Call("", values),
    )
}

fn column(term: &Term<'_>) -> Node {
    Node::Column(term.column)
}

fn value(term: &Term<'_>) -> Node {
    let bytes = term.value.unwrap_or_default().to_vec();
    let text = term.column.meta.column(term.column.position);
    // A value that was read as text is not in the binary form of the column's type.
    let cast = text
        .filter(|text| text.read_as_text)
        .and_then(|text| text.cast.as_deref());
    match cast {
        Some(cast) => {
            let text = Node::Value(received(bytes), Some("text"));
            Node::Cast(Box::new(text), cast)
        }
        None => Node::Value(received(bytes), None),
    }
}

fn null(term: &Term<'_>, negated: bool) -> Node {
    Node::IsNull {
        operand: Box::new(column(term)),
        negated,
    }
}

fn equals(term: &Term<'_>) -> Node {
    match term.value {
        Some(_) => Node::binary(BinaryOp::Eq, column(term), value(term)),
        None => null(term, false),
    }
}

fn is_behind(term: &Term<'_>) -> Option<Node> {
    match (term.order.descending, term.value) {
        (true, Some(_)) => Some(Node::binary(BinaryOp::Lt, column(term), value(term))),
        (true, None) => Some(null(term, true)),
        (false, None) => None,
        (false, Some(_)) => {
            let greater = Node::binary(BinaryOp::Gt, column(term), value(term));
            Some(if term.nullable {
                Node::binary(BinaryOp::Or, greater, null(term, false))
            } else {
                greater
            })
        }
    }
}

fn at_or_behind(term: &Term<'_>) -> Option<Node> {
    if term.nullable {
        return None;
    }
    let op = if term.order.descending {
        BinaryOp::Le
    } else {
        BinaryOp::Ge
    };
    Some(Node::binary(op, column(term), value(term)))
}
