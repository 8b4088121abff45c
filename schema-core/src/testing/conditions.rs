//! The statements of an owner without rows: conditions on each column, computations with it, and orders by it.
//! PostgreSQL may evaluate them before it filters by owner, and then they fail on another owner's row.

use super::any_row::AnyRow;
use super::probe::{Probe, Work};
use super::probes::{NESTED, all, children_of, exists, keys, parent_of, text};
use crate::ir;
use crate::model::{BinaryOp, ScalarKind, ScalarType};
use crate::query::{Join, Meta, Node, Reference, Select, Subquery, matching, value};

/// The statements on a table or a view. `tables` are all tables of the schema.
pub(super) fn probes(meta: &'static Meta, tables: &[&'static Meta]) -> Vec<Probe> {
    let mut probes = over(meta, 0, "", || all(meta));
    let columns = 0..meta.columns().len();
    probes.extend(columns.map(|at| {
        let name = format!("select ordered by {}", name_of(meta, at));
        Probe::new(
            name,
            Work::Select(all(meta).ordered(Node::column(meta, 0, at))),
        )
    }));
    // Every owner sees shared rows, so a condition that fails on one of them reveals nothing.
    for &other in tables.iter().filter(|table| !table.ownership().is_shared()) {
        for key in keys(meta, other) {
            let on = || matching(&Reference::of_key(meta, 0, key), other, 1);
            let join = || all(meta).joined(Join::new(other, false, on()));
            let name = format!(" joined along {:?}", key.columns);
            probes.extend(over(other, 1, &name, join));
            let parent = || parent_of(meta, other, key);
            probes.extend(nested(meta, other, "its parent", &parent));
        }
        for key in keys(other, meta) {
            let on = || matching(&Reference::of_key(other, 1, key), meta, 0);
            let join = || all(meta).joined(Join::new(other, false, on()));
            let name = format!(" joined to its parent along {:?}", key.columns);
            probes.extend(over(other, 1, &name, join));
            probes.extend(of_children(meta, other, &on));
            let children = || children_of(meta, other, key);
            probes.extend(nested(meta, other, "its children", &children));
        }
    }
    probes
}

/// Conditions on the columns of table number `source` of a statement.
fn over(
    meta: &'static Meta,
    source: usize,
    how: &str,
    select: impl Fn() -> Select<AnyRow>,
) -> Vec<Probe> {
    let mut probes = Vec::new();
    for (at, sql_type) in meta.types().iter().enumerate() {
        for (condition, node) in conditions(meta, source, at, sql_type) {
            let name = format!("count where {} {condition}{how}", name_of(meta, at));
            probes.push(Probe::new(name, Work::Count(select().only(node))));
        }
    }
    probes
}

/// A row that is found by its key, with its children, and a condition on the children.
fn of_children(parent: &'static Meta, child: &'static Meta, on: &dyn Fn() -> Node) -> Vec<Probe> {
    let mut probes = Vec::new();
    for (at, sql_type) in child.types().iter().enumerate() {
        for (condition, node) in conditions(child, 1, at, sql_type) {
            let name = format!("children where {} {condition}", name_of(child, at));
            let select = all(parent).joined(Join::left(child, on(), Some(node)));
            probes.push(Probe::new(name, Work::Select(select)));
        }
    }
    probes
}

/// Conditions on the columns of a table in a subquery.
fn nested(
    outer: &'static Meta,
    inner: &'static Meta,
    which: &str,
    query: &dyn Fn() -> Subquery,
) -> Vec<Probe> {
    let mut probes = Vec::new();
    for (at, sql_type) in inner.types().iter().enumerate() {
        for (condition, node) in conditions(inner, NESTED.into(), at, sql_type) {
            let name = format!("exists of {which} where {} {condition}", name_of(inner, at));
            let select = all(outer).only(exists(query().only(node), false));
            probes.push(Probe::new(name, Work::Count(select)));
        }
    }
    probes
}

fn name_of(meta: &'static Meta, at: usize) -> String {
    let column = meta.columns().get(at);
    column.map_or_else(String::new, |column| format!("`{}`", column.name))
}

/// Conditions on a column, with their names in a report.
fn conditions(
    meta: &'static Meta,
    source: usize,
    at: usize,
    sql_type: &ir::SqlType,
) -> Vec<(&'static str, Node)> {
    let column = || Node::column(meta, source, at);
    let is_not_null = Node::IsNull {
        operand: Box::new(column()),
        negated: true,
    };
    let failing = match sql_type {
        ir::SqlType::Scalar(scalar) => failing(*scalar, &column),
        _ => None,
    };
    std::iter::once(("is not null", is_not_null))
        .chain(failing)
        .collect()
}

/// A condition that fails on every row for which it is evaluated.
fn failing(scalar: ScalarType, column: &dyn Fn() -> Node) -> Option<(&'static str, Node)> {
    match scalar.kind() {
        // `citext` and `char` have their own pattern operators.
        ScalarKind::Text if matches!(scalar, ScalarType::Text | ScalarType::Varchar(_)) => {
            let no_pattern = text(
                &ir::SqlType::Scalar(ScalarType::Text),
                Some("\\".to_owned()),
            );
            let like = Node::binary(BinaryOp::Like, column(), no_pattern);
            Some(("matches no pattern", like))
        }
        ScalarKind::Number => {
            let zero = Node::binary(BinaryOp::Sub, column(), column());
            let divided = Node::binary(BinaryOp::Div, column(), zero);
            let positive = Node::binary(BinaryOp::Gt, divided, Node::Value(value(0_i32), None));
            Some(("divided by zero is positive", positive))
        }
        ScalarKind::Text
        | ScalarKind::Truth
        | ScalarKind::Bytes
        | ScalarKind::Uuid
        | ScalarKind::Date
        | ScalarKind::Time
        | ScalarKind::Timestamp
        | ScalarKind::Interval
        | ScalarKind::Document
        | ScalarKind::Address
        | ScalarKind::Search => None,
    }
}
