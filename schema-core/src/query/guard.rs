//! Conditions that a row could make fail, by a division by zero or a pattern that is none.
//!
//! PostgreSQL may ask a condition of a row before it asks whose the row is, and then an error would tell that somebody else has it.
//! So such a condition is asked only of rows that are reached: `CASE WHEN <reached> THEN <condition> ELSE FALSE END`. Other
//! conditions are left as they are, since no index serves a `CASE`.

use super::node::Node;
use super::reach;
use super::relation::Meta;
use super::select::condition;
use super::writer::Writer;

/// A table of a statement.
#[derive(Clone, Copy)]
pub(super) struct Guarded {
    pub(super) meta: &'static Meta,
    /// Whether it may have no row, since it was joined from the left.
    pub(super) may_be_absent: bool,
}

impl Guarded {
    pub(super) fn new(meta: &'static Meta) -> Self {
        Self {
            meta,
            may_be_absent: false,
        }
    }
}

/// Writes a condition over the tables, which are counted from 0.
pub(super) fn write(writer: &mut Writer<'_>, tables: &[Guarded], own: &Node) {
    for (at, conjunct) in own.conjuncts().into_iter().enumerate() {
        if at > 0 {
            writer.push(" AND ");
        }
        write_conjunct(writer, tables, conjunct);
    }
}

fn write_conjunct(writer: &mut Writer<'_>, tables: &[Guarded], conjunct: &Node) {
    let is_asked = |(source, table): &(usize, &Guarded)| {
        conjunct.names(*source) && !table.meta.ownership().is_shared()
    };
    let asked: Vec<_> = tables.iter().enumerate().filter(is_asked).collect();
    if !writer.has_key() || asked.is_empty() || !conjunct.may_fail() {
        return condition(writer, conjunct, true);
    }
    writer.push("CASE WHEN ");
    for (at, (source, table)) in asked.into_iter().enumerate() {
        if at > 0 {
            writer.push(" AND ");
        }
        write_reached(writer, table, source);
    }
    writer.push(" THEN ");
    writer.node(conjunct);
    writer.push(" ELSE FALSE END");
}

fn write_reached(writer: &mut Writer<'_>, table: &Guarded, source: usize) {
    let key = table.meta.key().first().copied().unwrap_or_default();
    if table.may_be_absent {
        writer.push("(");
        writer.node(&Node::IsNull {
            operand: Box::new(Node::column(table.meta, source, key)),
            negated: false,
        });
        writer.push(" OR ");
    }
    reach::write(writer, table.meta, source, "");
    if table.may_be_absent {
        writer.push(")");
    }
}
