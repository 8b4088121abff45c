//! The conditions that every statement adds to its own: the scope filter, and that rows are not deleted.

use super::meta::Meta;
use super::node::{LEVEL, Node};
use super::scope_filter;
use super::visibility::Deleted;
use super::writer::Writer;

/// Writes the conditions for table number `source`, each after `AND`, the first after `lead`. Returns whether it wrote
/// any.
pub(crate) fn write(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    source: usize,
    deleted: Deleted,
    lead: &str,
) -> bool {
    let reached = scope_filter::write(writer, meta, source, lead);
    let lead = if reached { " AND " } else { lead };
    let hidden = write_deleted(writer, meta, source, deleted, lead);
    reached || hidden
}

/// Writes that rows of table number `source` are not deleted, or are, after `lead`. Returns whether it wrote a
/// condition.
pub(super) fn write_deleted(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    source: usize,
    deleted: Deleted,
    lead: &str,
) -> bool {
    let Some(position) = meta.deleted_at() else {
        return false;
    };
    let negated = match deleted {
        Deleted::Shown => return false,
        Deleted::Only if source.is_multiple_of(usize::from(LEVEL)) => true,
        Deleted::Hidden | Deleted::Only => false,
    };
    writer.push(lead);
    writer.node(&Node::IsNull {
        operand: Box::new(Node::column(meta, source, position)),
        negated,
    });
    true
}
