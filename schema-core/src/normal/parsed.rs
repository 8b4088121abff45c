//! Reads SQL into the expression tree of the schema.

use crate::ir::Expr;
use crate::model::{BinaryOp, UnaryOp};
use crate::sql::tree::{Call, Node, Test, Type};

/// The expression that a tree of SQL means; `None` if the schema's expressions cannot express it.
pub(super) fn expr(node: Node) -> Option<Expr> {
    match node {
        Node::Text(text) => Some(Expr::Text(text)),
        Node::Number(text) => Some(Expr::Number(text)),
        Node::Bool(value) => Some(Expr::Bool(value)),
        Node::Null => Some(Expr::Null),
        Node::Keyword(word) => Some(Expr::Keyword(word)),
        Node::Name(name) => Some(Expr::Column(only(name)?)),
        Node::Call(call) => called(*call),
        Node::Prefix(operator, operand) if operator == "-" => unary(UnaryOp::Minus, *operand),
        Node::Not(operand) => unary(UnaryOp::Not, *operand),
        Node::And(operands) => joined(BinaryOp::And, operands),
        Node::Or(operands) => joined(BinaryOp::Or, operands),
        Node::Infix(operator, left, right) => infix(&operator, *left, *right),
        Node::Is {
            operand,
            test: Test::Null,
            negated,
        } => Some(Expr::IsNull {
            operand: boxed(*operand)?,
            negated,
        }),
        Node::IsDistinct(left, right) => Some(Expr::IsDistinct(boxed(*left)?, boxed(*right)?)),
        Node::Quantified {
            left,
            operator,
            all,
            right,
        } => one_of(*left, &operator, all, *right),
        Node::Cast(operand, sql_type) => Some(Expr::Cast(boxed(*operand)?, type_name(sql_type)?)),
        _ => None,
    }
}

fn boxed(node: Node) -> Option<Box<Expr>> {
    expr(node).map(Box::new)
}

/// The name, if it has no qualifier.
fn only(name: Vec<String>) -> Option<String> {
    <[String; 1]>::try_from(name).ok().map(|[name]| name)
}

fn unary(op: UnaryOp, operand: Node) -> Option<Expr> {
    Some(Expr::Unary(op, boxed(operand)?))
}

fn joined(op: BinaryOp, operands: Vec<Node>) -> Option<Expr> {
    let mut operands = operands.into_iter();
    let first = expr(operands.next()?);
    operands.fold(first, |left, right| {
        Some(Expr::Binary(op, Box::new(left?), boxed(right)?))
    })
}

fn called(call: Call) -> Option<Expr> {
    let is_plain = !call.distinct && call.order_by.is_empty() && call.filter.is_none();
    let arguments = call.arguments.into_iter();
    let arguments = arguments.map(|argument| match argument.prefix {
        None => expr(argument.value),
        Some(_) => None,
    });
    let arguments = arguments.collect::<Option<_>>()?;
    is_plain.then_some(Expr::Call(only(call.name)?, arguments))
}

fn infix(operator: &str, left: Node, right: Node) -> Option<Expr> {
    let (op, is_negated) = match operator {
        "=" => (BinaryOp::Eq, false),
        "<>" => (BinaryOp::Ne, false),
        "<" => (BinaryOp::Lt, false),
        "<=" => (BinaryOp::Le, false),
        ">" => (BinaryOp::Gt, false),
        ">=" => (BinaryOp::Ge, false),
        "~~" => (BinaryOp::Like, false),
        "!~~" => (BinaryOp::Like, true),
        "~~*" => (BinaryOp::ILike, false),
        "!~~*" => (BinaryOp::ILike, true),
        "~" => (BinaryOp::Matches, false),
        "!~" => (BinaryOp::Matches, true),
        "~*" => (BinaryOp::MatchesIgnoreCase, false),
        "!~*" => (BinaryOp::MatchesIgnoreCase, true),
        "@>" => (BinaryOp::Contains, false),
        "<@" => (BinaryOp::ContainedBy, false),
        "&&" => (BinaryOp::Overlaps, false),
        "||" => (BinaryOp::Concat, false),
        "+" => (BinaryOp::Add, false),
        "-" => (BinaryOp::Sub, false),
        "*" => (BinaryOp::Mul, false),
        "/" => (BinaryOp::Div, false),
        "%" => (BinaryOp::Rem, false),
        _ => return None,
    };
    let found = Expr::Binary(op, boxed(left)?, boxed(right)?);
    Some(if is_negated {
        Expr::Unary(UnaryOp::Not, Box::new(found))
    } else {
        found
    })
}

/// `left = ANY (ARRAY[..])` is `IN`, and `left <> ALL (ARRAY[..])` is `NOT IN`.
fn one_of(left: Node, operator: &str, all: bool, right: Node) -> Option<Expr> {
    let negated = match (operator, all) {
        ("=", false) => false,
        ("<>", true) => true,
        _ => return None,
    };
    let Node::Array(elements) = right else {
        return None;
    };
    Some(Expr::In {
        operand: boxed(left)?,
        list: elements.into_iter().map(expr).collect::<Option<_>>()?,
        negated,
    })
}

fn type_name(sql_type: Type) -> Option<String> {
    (sql_type.modifiers.is_empty() && !sql_type.array).then_some(sql_type.name)
}

#[cfg(test)]
mod tests {
    use super::super::parsed;

    #[test]
    fn conditions_become_expressions() {
        for sql in [
            "a > 0 AND b <= 10 OR NOT c",
            "a IN ('x', 'y')",
            "a NOT IN (1, 2)",
            "a BETWEEN 1 AND 5",
            "a IS NOT NULL",
            "length(trim(title)) > 0",
            "email ~* '^.+@.+$'",
            "a LIKE 'x%'",
            "due >= DATE '2020-01-01'",
            "a IS DISTINCT FROM b",
            "\"Größe\" = -1",
        ] {
            assert!(parsed(sql).is_some(), "{sql}");
        }
    }

    #[test]
    fn what_cannot_be_expressed_is_not_guessed() {
        for sql in [
            "a IS TRUE",
            "EXISTS (SELECT 1)",
            "CASE WHEN a THEN b END",
            "t.a > 0",
            "a >",
        ] {
            assert_eq!(parsed(sql), None, "{sql}");
        }
    }
}
