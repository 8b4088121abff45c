//! What an owner without rows asks: conditions over each column, what is computed with it, and orders by it. PostgreSQL may evaluate
//! these before it asks whose a row is, and then they fail on another owner's.

use super::any_row::AnyRow;
use super::probe::{Probe, Work};
use super::probes::{all, keys, text};
use crate::ir;
use crate::model::{BinaryOp, ScalarKind, ScalarType};
use crate::query::{Join, Meta, Node, Reference, Select, matching, value};

/// The statements over a table, or a view. `tables` are all of the schema.
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
    // What is shared is everybody's own: a condition that fails on a row of it tells nothing.
    for &other in tables.iter().filter(|table| !table.ownership().is_shared()) {
        for key in keys(meta, other) {
            let on = || matching(&Reference::of_key(meta, 0, key), other, 1);
            let join = || all(meta).joined(Join::new(other, false, on()));
            let name = format!(" joined along {:?}", key.columns);
            probes.extend(over(other, 1, &name, join));
        }
        for key in keys(other, meta) {
            let on = || matching(&Reference::of_key(other, 1, key), meta, 0);
            let join = || all(meta).joined(Join::new(other, false, on()));
            let name = format!(" joined to its parent along {:?}", key.columns);
            probes.extend(over(other, 1, &name, join));
            probes.extend(of_children(meta, other, &on));
        }
    }
    probes
}

/// Conditions over the columns of a statement's table number `source`.
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

/// The children of a row that is found by its key, with a condition of their own.
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

fn name_of(meta: &'static Meta, at: usize) -> String {
    let column = meta.columns().get(at);
    column.map_or_else(String::new, |column| format!("`{}`", column.name))
}

/// Conditions over a column, and what they are called.
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

/// A condition that fails on whatever row it is asked of.
fn failing(scalar: ScalarType, column: &dyn Fn() -> Node) -> Option<(&'static str, Node)> {
    match scalar.kind() {
        // `citext` and `char` have patterns of their own.
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
