//! Rewrites a tree to its canonical tree: removes what PostgreSQL adds, omits or reorders when it stores an
//! expression.

mod cast;
mod interval;
mod literal;
mod names;
mod query;
mod time;

pub(super) use literal::typed;
pub(super) use names::Tables;

use crate::sql::tree::{Call, Node, Type};

/// The canonical tree of an expression on the rows of a table.
pub(super) fn canonical(node: Node, tables: &Tables<'_>) -> Node {
    simplified(names::resolved(node, tables), tables)
}

/// Simplifies a tree from its leaves up.
fn simplified(node: Node, tables: &Tables<'_>) -> Node {
    // In a query, a name may be a column of another table.
    let is_query = matches!(node, Node::Query(_) | Node::Exists(_) | Node::ArrayOf(_));
    let inner = Tables {
        types: tables.types.filter(|_| !is_query),
        ..*tables
    };
    match node.map(&mut |node| simplified(node, &inner)) {
        Node::Cast(operand, target) => match inner.type_of(&operand) {
            Some(own) if cast::is_implicit(&own, &target) => *operand,
            _ => cast::simplified(*operand, target),
        },
        Node::Prefix(operator, operand) => prefix(operator, *operand),
        Node::Infix(operator, left, right) => infix(&operator, *left, *right, &inner),
        Node::IsDistinct(left, right) => distinct(*left, *right, &inner),
        Node::Quantified {
            left,
            operator,
            all,
            right,
        } => {
            let place = inner.type_of(&left);
            Node::Quantified {
                left,
                operator,
                all,
                right: elements(*right, place.as_ref()).boxed(),
            }
        }
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

fn infix(operator: &str, left: Node, right: Node, tables: &Tables<'_>) -> Node {
    match (operator, left, right) {
        ("=", Node::Row(left), Node::Row(right)) if left.len() == right.len() => {
            Node::and(pairs(left, right, |left, right| {
                infix("=", left, right, tables)
            }))
        }
        ("<>", Node::Row(left), Node::Row(right)) if left.len() == right.len() => {
            Node::or(pairs(left, right, |left, right| {
                infix("<>", left, right, tables)
            }))
        }
        ("=" | "<>" | "<" | "<=" | ">" | ">=", left, right) => {
            let (left, right) = compared(left, right, tables);
            Node::infix(left, operator, right)
        }
        ("+" | "-" | "*" | "/" | "%", left, right) => {
            let (left, right) = (literal::operand(left, None), literal::operand(right, None));
            Node::infix(left, operator, right)
        }
        (_, left, right) => Node::infix(left, operator, right),
    }
}

fn distinct(left: Node, right: Node, tables: &Tables<'_>) -> Node {
    match (left, right) {
        (Node::Row(left), Node::Row(right)) if left.len() == right.len() => {
            Node::or(pairs(left, right, |left, right| {
                distinct(left, right, tables)
            }))
        }
        (left, right) => {
            let (left, right) = compared(left, right, tables);
            Node::IsDistinct(left.boxed(), right.boxed())
        }
    }
}

/// Two operands of one type: a literal gets the type of the column that it is compared with.
fn compared(left: Node, right: Node, tables: &Tables<'_>) -> (Node, Node) {
    let (of_left, of_right) = (tables.type_of(&left), tables.type_of(&right));
    let left = literal::operand(left, of_right.as_ref());
    (left, literal::operand(right, of_left.as_ref()))
}

fn pairs(left: Vec<Node>, right: Vec<Node>, pair: impl Fn(Node, Node) -> Node) -> Vec<Node> {
    let pairs = left.into_iter().zip(right);
    pairs.map(|(left, right)| pair(left, right)).collect()
}

/// The array that `ANY` searches, also if it is written as one literal.
fn elements(array: Node, place: Option<&Type>) -> Node {
    let each = |elements: Vec<Node>| {
        let elements = elements.into_iter();
        Node::Array(
            elements
                .map(|element| literal::operand(element, place))
                .collect(),
        )
    };
    match array {
        Node::Array(elements) => each(elements),
        Node::Text(text) => match literal::array(&text) {
            Some(elements) => each(elements),
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

/// The name of a sequence in a literal, as a cast to `regclass` reads it.
fn sequence(name: &Node) -> Node {
    let regclass = Type {
        name: "regclass".to_owned(),
        modifiers: Vec::new(),
        array: false,
    };
    cast::simplified(name.clone(), regclass)
}
