//! What several of the writing statements share.

use crate::error::Error;
use crate::model::{Ownership, Role};
use crate::query::executor::Executor;
use crate::query::leakproof;
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::row_filter;
use crate::query::visibility::{Deleted, Visibility};
use crate::query::writer::{Writer, Written, list};

/// Writes a value for a column, with the column's cast. Returns its place in the text.
pub(super) fn write_value(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    position: usize,
    node: &Node,
) -> Written {
    let column = Node::column(meta, 0, position).as_column();
    writer.noting(|writer| {
        writer.values_of(column, |writer| match node {
            Node::Value(argument, _) => {
                let cast = meta
                    .column(position)
                    .and_then(|column| column.cast.as_deref());
                writer.argument(&**argument, cast);
            }
            node => writer.operand(node),
        });
    })
}

/// The statement that sets a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Insert,
    Update,
}

/// Refuses a statement that sets the column that holds the owner. The types refuse it already; this also refuses a
/// `Column` that was made by hand.
pub(super) fn refuse_owner(meta: &'static Meta, set: &[usize], by: In) -> Result<(), Error> {
    let through = match meta.ownership() {
        Ownership::Through(column) if by == In::Update => meta.position(column),
        _ => None,
    };
    let fixed = stamped(meta).into_iter().chain(through);
    if fixed.into_iter().any(|position| set.contains(&position)) {
        return Err(Error::Statement(
            "the statement sets the column that holds the row's owner; run it in the scope of that owner instead",
        ));
    }
    Ok(())
}

/// Refuses to add rows to an internal table for an owner. The types refuse it already; this covers statements without
/// types.
pub(super) fn refuse_internal(
    meta: &'static Meta,
    visibility: Visibility<'_>,
) -> Result<(), Error> {
    match visibility {
        Visibility::Owner(..) | Visibility::SharedOnly if meta.ownership().is_internal() => {
            Err(Error::Statement(
                "the table is `internal`, and a scope cannot add rows to it; run the statement with `db.unscoped(\"why\")`",
            ))
        }
        Visibility::Owner(..) | Visibility::SharedOnly | Visibility::AllOwners => Ok(()),
    }
}

/// `INSERT INTO tasks AS t0 (user_id, title)`
pub(super) fn write_into(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    stamp: Option<usize>,
    positions: impl Iterator<Item = usize>,
) {
    writer.push("INSERT INTO ");
    writer.push(meta.name());
    writer.push(" AS t0");
    let positions: Vec<_> = stamp.into_iter().chain(positions).collect();
    if positions.is_empty() {
        return;
    }
    list(writer, " (", positions.into_iter(), |writer, position| {
        if let Some(column) = meta.column(position) {
            writer.push(&column.name);
        }
    });
    writer.push(")");
}

/// What a statement returns of each row that it writes.
#[derive(Clone, Copy)]
pub(super) enum Returned<'n> {
    Nothing,
    Row,
    Columns(&'n [Node]),
}

/// Writes what is returned of each row.
pub(super) fn write_returned(writer: &mut Writer<'_>, meta: &'static Meta, returned: Returned<'_>) {
    match returned {
        Returned::Nothing => {}
        Returned::Row => write_returning(writer, meta),
        Returned::Columns(columns) => {
            list(writer, " RETURNING ", columns.iter(), write_as_read);
        }
    }
}

/// Writes an expression that is read. A column that is read as text is cast to it.
pub(super) fn write_as_read(writer: &mut Writer<'_>, node: &Node) {
    writer.node(node);
    write_cast_to_read(writer, node);
}

/// Writes the cast of a column that is read as text.
pub(super) fn write_cast_to_read(writer: &mut Writer<'_>, node: &Node) {
    if let Node::Column(column) = node {
        let text = column.meta.column(column.position);
        if text.is_some_and(|text| text.read_as_text) {
            writer.push("::text");
        }
    }
}

/// ` RETURNING t0.id, ..`
pub(super) fn write_returning(writer: &mut Writer<'_>, meta: &'static Meta) {
    writer.push(" RETURNING ");
    writer.push(meta.select_list());
}

/// The column that is set to the owner's key.
pub(super) fn stamped(meta: &'static Meta) -> Option<usize> {
    match meta.ownership() {
        Ownership::Scope(column) => meta.position(column),
        Ownership::Owner => meta.key().first().copied(),
        Ownership::Through(_) | Ownership::Shared | Ownership::Internal => None,
    }
}

/// Writes `title = $2`. Returns the place of the value in the text.
pub(super) fn write_assignment(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    position: usize,
    node: &Node,
) -> Written {
    if let Some(column) = meta.column(position) {
        writer.push(&column.name);
    }
    writer.push(" = ");
    write_value(writer, meta, position, node)
}

/// Sets the `updated_at` column that the application maintains to `DEFAULT`, which is the schema's clock.
pub(super) fn write_updated_at(writer: &mut Writer<'_>, meta: &'static Meta) {
    let mut columns = meta.column_defs().iter();
    let by_application = |role| role == Some(Role::UpdatedAtByApplication);
    if let Some(at) = columns.position(|column| by_application(column.role)) {
        writer.push(", ");
        writer.push(&meta.columns()[at].name);
        writer.push(" = DEFAULT");
    }
}

/// Refuses a key without its scope over all owners: within a scope it identifies one row, but each owner may have such
/// a row.
pub(super) fn refuse_several<E: Executor>(
    meta: &'static Meta,
    is_by_key: bool,
    executor: &E,
) -> Result<(), Error> {
    let is_scoped = match (meta.ownership(), meta.table_def()) {
        (Ownership::Scope(scope), Some(def)) => def.primary_key.columns.contains(&scope),
        _ => false,
    };
    if is_by_key && is_scoped && matches!(executor.visibility(), Visibility::AllOwners) {
        return Err(Error::Statement(
            "the owner is part of the key, so each owner may have a row with it; name the owner in `update_where(..)`, `delete_where(..)` or `purge_where(..)`, or run the statement in the scope of the owner",
        ));
    }
    Ok(())
}

/// ` WHERE ..`: the scope filter, the condition on deleted rows, and the statement's own condition.
pub(super) fn write_where(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    deleted: Deleted,
    own: &Node,
) {
    let filtered = row_filter::write(writer, meta, 0, deleted, " WHERE ");
    writer.push(if filtered { " AND " } else { " WHERE " });
    leakproof::condition(writer, own);
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::model::{ColumnDef, PrimaryKeyDef, TableDef, TableName};
    use crate::query::value;
    use crate::query::visibility::Enforcement;

    static SESSIONS: TableDef = TableDef::new(
        TableName::new(None, "sessions"),
        Ownership::Internal,
        &[ColumnDef::new::<i32>("id")],
        PrimaryKeyDef::new(&["id"]),
    );

    #[test]
    fn an_internal_row_is_added_only_over_all_owners() {
        let meta = Box::leak(Box::new(Meta::table(&SESSIONS)));
        let key = value(7_i32);
        assert!(
            refuse_internal(meta, Visibility::Owner(&*key, Enforcement::ByPredicates)).is_err(),
            "by an owner"
        );
        assert!(
            refuse_internal(meta, Visibility::SharedOnly).is_err(),
            "without an owner"
        );
        assert!(
            refuse_internal(meta, Visibility::AllOwners).is_ok(),
            "over all owners"
        );
    }
}
