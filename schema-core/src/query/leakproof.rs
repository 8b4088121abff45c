//! Guards for expressions that can fail on some rows: a division by zero, an invalid pattern, or a column that a view
//! computes.
//!
//! PostgreSQL may evaluate such an expression on a row before it checks the row's owner. The error would then reveal
//! that another owner has this row. So Freehold evaluates these expressions only on rows that the statement may reach:
//! `CASE WHEN <reached> THEN <condition> ELSE FALSE END`. Other expressions are written without the guard, because no
//! index can serve a `CASE`.

use super::meta::Meta;
use super::node::Node;
use super::scope_filter;
use super::writer::{self, Writer};

/// A table of a statement.
#[derive(Clone, Copy)]
pub(crate) struct GuardedTable {
    pub(super) meta: &'static Meta,
    /// Whether it may have no row, because a left join added it.
    pub(super) may_be_absent: bool,
}

impl GuardedTable {
    pub(super) fn new(meta: &'static Meta) -> Self {
        Self {
            meta,
            may_be_absent: false,
        }
    }
}

/// Writes a condition over the statement's tables, each part with a guard where it can fail.
pub(super) fn condition(writer: &mut Writer<'_>, own: &Node) {
    let mut lead = "";
    own.each_conjunct(&mut |conjunct| {
        writer.push(lead);
        lead = " AND ";
        write_conjunct(writer, conjunct);
    });
}

fn write_conjunct(writer: &mut Writer<'_>, conjunct: &Node) {
    let to_check = to_check(writer, &[conjunct]);
    if to_check.is_empty() {
        writer::condition(writer, conjunct, true);
    } else {
        write(writer, &to_check, " ELSE FALSE", |writer| {
            writer.node(conjunct);
        });
    }
}

/// Writes a value that rows are ordered by, grouped by or aggregated over.
pub(super) fn value(writer: &mut Writer<'_>, own: &Node) {
    let to_check = to_check(writer, &[own]);
    if to_check.is_empty() {
        writer.node(own);
    } else {
        write(writer, &to_check, "", |writer| writer.node(own));
    }
}

/// Writes a condition that evaluates the `expressions`, with a guard if one of them can fail.
pub(super) fn condition_over(
    writer: &mut Writer<'_>,
    expressions: &[&Node],
    condition: impl FnOnce(&mut Writer<'_>),
) {
    let to_check = to_check(writer, expressions);
    if to_check.is_empty() {
        condition(writer);
    } else {
        write(writer, &to_check, " ELSE FALSE", condition);
    }
}

/// The tables whose owner has to be checked first: those that are named by an expression that can fail.
fn to_check(writer: &Writer<'_>, expressions: &[&Node]) -> Vec<(usize, GuardedTable)> {
    let Some(enforcement) = writer.enforcement() else {
        return Vec::new();
    };
    let may_fail: Vec<_> = expressions
        .iter()
        .filter(|expression| expression.may_fail(enforcement))
        .collect();
    if may_fail.is_empty() {
        return Vec::new();
    }
    let tables = writer.tables();
    tables
        .filter(|(_, table)| !table.meta.ownership().is_shared())
        .filter(|(source, _)| may_fail.iter().any(|own| own.names(*source)))
        .collect()
}

/// `CASE WHEN <reached> THEN .. END`
fn write(
    writer: &mut Writer<'_>,
    to_check: &[(usize, GuardedTable)],
    otherwise: &str,
    own: impl FnOnce(&mut Writer<'_>),
) {
    for (at, (source, table)) in to_check.iter().enumerate() {
        writer.push(if at == 0 { "CASE WHEN " } else { " AND " });
        write_reached(writer, *table, *source);
    }
    writer.push(" THEN ");
    own(writer);
    writer.push(otherwise);
    writer.push(" END");
}

fn write_reached(writer: &mut Writer<'_>, table: GuardedTable, source: usize) {
    let key = table.meta.key().first().copied().unwrap_or_default();
    if table.may_be_absent {
        writer.push("(");
        writer.node(&Node::IsNull {
            operand: Box::new(Node::column(table.meta, source, key)),
            negated: false,
        });
        writer.push(" OR ");
    }
    scope_filter::write(writer, table.meta, source, "");
    if table.may_be_absent {
        writer.push(")");
    }
}
