//! Queries in an expression.

use crate::sql::tree::{Node, Output, Select};

/// The query without aliases of its columns, for a query whose columns cannot be named.
pub(super) fn without_aliases(select: Select) -> Select {
    let columns = select.columns.into_iter();
    let output = |output: Output| Output {
        alias: None,
        ..output
    };
    let more = select.more.into_iter();
    Select {
        columns: columns.map(output).collect(),
        more: more
            .map(|(kind, select)| (kind, without_aliases(select)))
            .collect(),
        ..select
    }
}

/// The query without columns, for a query that is only asked whether it has a row. One with an aggregate is kept: it
/// always has a row.
pub(super) fn without_columns(select: Select) -> Select {
    let is_plain = select.group_by.is_empty() && select.having.is_none() && select.more.is_empty();
    let has_calls = select.columns.iter().any(|column| has_call(&column.value));
    if !is_plain || has_calls {
        return without_aliases(select);
    }
    let value = Node::Number("1".to_owned());
    Select {
        distinct: false,
        columns: vec![Output { value, alias: None }],
        order_by: Vec::new(),
        ..select
    }
}

fn has_call(node: &Node) -> bool {
    matches!(node, Node::Call(_)) || node.children().into_iter().any(has_call)
}
