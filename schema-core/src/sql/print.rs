//! Prints a tree as text. An operand that is itself an operation gets parentheses, whatever its operator.

use super::quote::POSTGRES;
use super::token::{literal, name};
use super::tree::{Argument, Call, Node, Order, Output, Select, Source, Subscript, Test, Type};

/// The canonical text of a node.
pub(crate) fn node(node: &Node) -> String {
    match node {
        Node::Text(text) => literal(text),
        Node::Number(text) | Node::Verbatim(text) => text.clone(),
        Node::Keyword(text) => text.to_ascii_uppercase(),
        Node::Bool(value) => value.to_string(),
        Node::Null => "NULL".to_owned(),
        Node::Name(names) => path(names),
        Node::Star(names) if names.is_empty() => "*".to_owned(),
        Node::Star(names) => format!("{}.*", path(names)),
        Node::Call(made) => call(made),
        Node::Prefix(operator, inner) => format!("{operator} {}", operand(inner)),
        Node::Infix(operator, left, right) => {
            format!("{} {operator} {}", operand(left), operand(right))
        }
        Node::And(operands) => joined(operands, " AND "),
        Node::Or(operands) => joined(operands, " OR "),
        Node::Not(inner) => format!("NOT {}", operand(inner)),
        Node::Is {
            operand: inner,
            test,
            negated,
        } => format!("{} IS {}{}", operand(inner), not(*negated), word(*test)),
        Node::IsDistinct(left, right) => {
            format!("{} IS DISTINCT FROM {}", operand(left), operand(right))
        }
        Node::Quantified {
            left,
            operator,
            all,
            right,
        } => quantified(left, operator, *all, right),
        Node::Case {
            operand,
            branches,
            otherwise,
        } => case(operand.as_deref(), branches, otherwise.as_deref()),
        Node::Array(elements) => format!("ARRAY[{}]", list(elements)),
        Node::Row(elements) => format!("ROW({})", list(elements)),
        Node::Subscript(array, within) => format!("{}[{}]", operand(array), subscript(within)),
        Node::Field(row, field) => format!("({}).{}", self::node(row), name(field)),
        Node::Cast(inner, target) => format!("{}::{}", operand(inner), type_name(target)),
        Node::Collate(inner, collation) => {
            format!("{} COLLATE {}", operand(inner), path(collation))
        }
        Node::Query(inner) => format!("({})", select(inner)),
        Node::Exists(inner) => format!("EXISTS ({})", select(inner)),
        Node::ArrayOf(inner) => format!("ARRAY({})", select(inner)),
    }
}

/// A type, as a column declares it.
pub(crate) fn type_name(target: &Type) -> String {
    let modifiers = match target.modifiers.as_slice() {
        [] => String::new(),
        modifiers => format!("({})", modifiers.join(", ")),
    };
    let array = if target.array { "[]" } else { "" };
    format!("{}{modifiers}{array}", target.name)
}

fn operand(inner: &Node) -> String {
    let text = node(inner);
    if is_atom(inner) {
        text
    } else {
        format!("({text})")
    }
}

fn is_atom(node: &Node) -> bool {
    match node {
        Node::Number(text) => !text.starts_with('-'),
        Node::Text(_)
        | Node::Verbatim(_)
        | Node::Keyword(_)
        | Node::Bool(_)
        | Node::Null
        | Node::Name(_)
        | Node::Call(_)
        | Node::Array(_)
        | Node::Row(_)
        | Node::Query(_)
        | Node::Case { .. }
        | Node::Exists(_)
        | Node::ArrayOf(_) => true,
        _ => false,
    }
}

fn joined(operands: &[Node], word: &str) -> String {
    let operands: Vec<_> = operands.iter().map(operand).collect();
    operands.join(word)
}

fn list(nodes: &[Node]) -> String {
    let nodes: Vec<_> = nodes.iter().map(node).collect();
    nodes.join(", ")
}

fn path(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|part| name(part)).collect();
    names.join(".")
}

fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}

fn word(test: Test) -> &'static str {
    match test {
        Test::Null => "NULL",
        Test::True => "TRUE",
        Test::False => "FALSE",
        Test::Unknown => "UNKNOWN",
    }
}

fn quantified(left: &Node, operator: &str, all: bool, right: &Node) -> String {
    let word = if all { "ALL" } else { "ANY" };
    let right = match right {
        Node::Query(inner) => select(inner),
        other => node(other),
    };
    format!("{} {operator} {word} ({right})", operand(left))
}

fn case(operand: Option<&Node>, branches: &[(Node, Node)], otherwise: Option<&Node>) -> String {
    let operand = operand.map(|inner| format!(" {}", node(inner)));
    let branches = branches
        .iter()
        .map(|(when, then)| format!(" WHEN {} THEN {}", node(when), node(then)));
    let branches: String = branches.collect();
    let otherwise = otherwise.map(|inner| format!(" ELSE {}", node(inner)));
    format!(
        "CASE{}{branches}{} END",
        operand.unwrap_or_default(),
        otherwise.unwrap_or_default()
    )
}

fn subscript(subscript: &Subscript) -> String {
    let bound = |bound: &Option<Box<Node>>| bound.as_deref().map_or_else(String::new, operand);
    match subscript {
        Subscript::Index(index) => node(index),
        Subscript::Slice(from, to) => format!("{}:{}", bound(from), bound(to)),
    }
}

fn call(call: &Call) -> String {
    let distinct = if call.distinct { "DISTINCT " } else { "" };
    let arguments: Vec<_> = call.arguments.iter().map(argument).collect();
    let filter = call
        .filter
        .as_ref()
        .map(|filter| format!(" FILTER (WHERE {})", node(filter)));
    format!(
        "{}({distinct}{}{}){}",
        function_name(&call.name),
        arguments.join(", "),
        order_by(&call.order_by),
        filter.unwrap_or_default()
    )
}

/// The name of a function. A keyword needs no quotes there, except a keyword that begins something else.
fn function_name(names: &[String]) -> String {
    match names {
        [only]
            if !matches!(
                only.as_str(),
                "array" | "case" | "cast" | "exists" | "not" | "row"
            ) =>
        {
            POSTGRES.function(only)
        }
        _ => path(names),
    }
}

fn argument(argument: &Argument) -> String {
    let value = node(&argument.value);
    match argument.prefix.as_deref() {
        Some("variadic") => format!("VARIADIC {value}"),
        Some(prefix) => format!("{prefix} {value}"),
        None => value,
    }
}

fn order_by(orders: &[Order]) -> String {
    let orders: Vec<_> = orders.iter().map(order).collect();
    clause("ORDER BY", &orders)
}

fn order(order: &Order) -> String {
    let descending = if order.descending { " DESC" } else { "" };
    let nulls = match order.nulls_first {
        Some(true) => " NULLS FIRST",
        Some(false) => " NULLS LAST",
        None => "",
    };
    format!("{}{descending}{nulls}", node(&order.value))
}

fn clause(words: &str, items: &[String]) -> String {
    if items.is_empty() {
        String::new()
    } else {
        format!(" {words} {}", items.join(", "))
    }
}

fn select(select: &Select) -> String {
    let distinct = if select.distinct { "DISTINCT " } else { "" };
    let columns: Vec<_> = select.columns.iter().map(output).collect();
    let sources: Vec<_> = select.from.iter().map(source).collect();
    let groups: Vec<_> = select.group_by.iter().map(node).collect();
    let one = |words, inner: &Option<Node>| {
        let items: Vec<_> = inner.iter().map(node).collect();
        clause(words, &items)
    };
    let more = select.more.iter();
    let more = more.map(|(kind, more)| format!(" {kind} {}", self::select(more)));
    let between = if columns.is_empty() { "" } else { " " };
    [
        format!("SELECT{between}{distinct}{}", columns.join(", ")),
        clause("FROM", &sources),
        one("WHERE", &select.filter),
        clause("GROUP BY", &groups),
        one("HAVING", &select.having),
        more.collect(),
        order_by(&select.order_by),
        one("LIMIT", &select.limit),
        one("OFFSET", &select.offset),
    ]
    .concat()
}

fn output(output: &Output) -> String {
    let alias = output
        .alias
        .as_deref()
        .map(|alias| format!(" AS {}", name(alias)));
    format!("{}{}", node(&output.value), alias.unwrap_or_default())
}

fn source(source: &Source) -> String {
    match source {
        Source::Table { name, alias } => format!("{}{}", path(name), called(alias.as_deref(), &[])),
        Source::Made {
            lateral,
            value,
            alias,
            columns,
        } => {
            let lateral = if *lateral { "LATERAL " } else { "" };
            format!(
                "{lateral}{}{}",
                node(value),
                called(alias.as_deref(), columns)
            )
        }
        Source::Join {
            left,
            kind,
            right,
            on,
            using,
        } => join(left, kind, right, on.as_ref(), using),
    }
}

fn join(left: &Source, kind: &str, right: &Source, on: Option<&Node>, using: &[String]) -> String {
    let right = match right {
        Source::Join { .. } => format!("({})", source(right)),
        _ => source(right),
    };
    let on = on.map(|on| format!(" ON {}", operand(on)));
    let using = match using {
        [] => String::new(),
        columns => {
            let columns: Vec<_> = columns.iter().map(|column| name(column)).collect();
            format!(" USING ({})", columns.join(", "))
        }
    };
    let kind = kind.to_ascii_uppercase();
    format!(
        "{} {kind} {right}{}{using}",
        source(left),
        on.unwrap_or_default()
    )
}

fn called(alias: Option<&str>, columns: &[String]) -> String {
    let Some(alias) = alias else {
        return String::new();
    };
    let columns = match columns {
        [] => String::new(),
        columns => {
            let columns: Vec<_> = columns.iter().map(|column| name(column)).collect();
            format!("({})", columns.join(", "))
        }
    };
    format!(" AS {}{columns}", name(alias))
}
