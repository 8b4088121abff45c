//! Tree → canonical tree: what PostgreSQL adds, leaves out or turns around when it stores an expression.

mod cast;
mod interval;
mod literal;
mod names;
mod query;
mod time;

pub(super) use literal::typed;
pub(super) use names::Tables;

use super::tree::{Call, Node, Type};

/// The canonical tree of an expression over the rows of a table.
pub(super) fn canonical(node: Node, tables: &Tables<'_>) -> Node {
    simplified(names::resolved(node, tables))
}

/// From the leaves up.
fn simplified(node: Node) -> Node {
    match node.map(&mut simplified) {
        Node::Cast(operand, target) => cast::simplified(*operand, target),
        Node::Prefix(operator, operand) => prefix(operator, *operand),
        Node::Infix(operator, left, right) => infix(operator, *left, *right),
        Node::IsDistinct(left, right) => {
            let (left, right) = (literal::operand(*left), literal::operand(*right));
            Node::IsDistinct(left.boxed(), right.boxed())
        }
        Node::Quantified {
            left,
            operator,
            all,
            right,
        } => Node::Quantified {
            left,
            operator,
            all,
            right: elements(*right).boxed(),
        },
        Node::Call(call) => function(*call),
        Node::Case {
            operand,
            branches,
            otherwise,
        } => Node::Case {
            operand,
            branches,
            otherwise: otherwise.filter(|otherwise| **otherwise != Node::Null),
        },
        Node::Array(elements) if elements.is_empty() => Node::Text("{}".to_owned()),
        Node::Query(select) => Node::Query(Box::new(query::without_aliases(*select))),
        Node::ArrayOf(select) => Node::ArrayOf(Box::new(query::without_aliases(*select))),
        Node::Exists(select) => Node::Exists(Box::new(query::without_columns(*select))),
        other => other,
    }
}

fn prefix(operator: String, operand: Node) -> Node {
    match (operator.as_str(), operand) {
        ("-", Node::Number(number)) => Node::Number(match number.strip_prefix('-') {
            Some(positive) => positive.to_owned(),
            None => format!("-{number}"),
        }),
        ("+", Node::Number(number)) => Node::Number(number),
        (_, operand) => Node::Prefix(operator, operand.boxed()),
    }
}

fn infix(operator: String, left: Node, right: Node) -> Node {
    match (operator.as_str(), left, right) {
        ("=", Node::Row(left), Node::Row(right)) if left.len() == right.len() => {
            Node::and(pairs("=", left, right))
        }
        ("<>", Node::Row(left), Node::Row(right)) if left.len() == right.len() => {
            Node::or(pairs("<>", left, right))
        }
        ("=" | "<>" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%", left, right) => {
            Node::infix(literal::operand(left), &operator, literal::operand(right))
        }
        (_, left, right) => Node::infix(left, &operator, right),
    }
}

fn pairs(operator: &str, left: Vec<Node>, right: Vec<Node>) -> Vec<Node> {
    let pairs = left.into_iter().zip(right);
    pairs
        .map(|(left, right)| infix(operator.to_owned(), left, right))
        .collect()
}

/// The array that `ANY` looks in, also where it is written as one text.
fn elements(array: Node) -> Node {
    match array {
        Node::Array(elements) => Node::Array(elements.into_iter().map(literal::operand).collect()),
        Node::Text(text) => match literal::array(&text) {
            Some(elements) => Node::Array(elements.into_iter().map(literal::operand).collect()),
            None => Node::Text(text),
        },
        other => other,
    }
}

fn function(mut call: Call) -> Node {
    if let [name] = call.name.as_slice() {
        match (name.as_str(), call.arguments.as_slice()) {
            ("transaction_timestamp", []) => return Node::call("now", Vec::new()),
            ("nextval" | "currval", [_]) => {
                for argument in &mut call.arguments {
                    argument.value = sequence(&argument.value);
                }
            }
            _ => {}
        }
    }
    Node::Call(Box::new(call))
}

/// The name of a sequence in a text, as a cast to `regclass` reads it.
fn sequence(name: &Node) -> Node {
    let regclass = Type {
        name: "regclass".to_owned(),
        modifiers: Vec::new(),
        array: false,
    };
    cast::simplified(name.clone(), regclass)
}
