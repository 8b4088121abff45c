//! The scope filter: the condition that limits a table to the rows of one owner.
//!
//! It is written for every table of a statement, with the table's alias. Under row-level security it repeats the
//! policies, so that the planner can use an index on the scope column. Without row-level security it is the only thing
//! that keeps owners apart.

use super::meta::Meta;
use super::node::Among;
use super::visibility::Visibility;
use super::writer::Writer;
use crate::ddl;
use crate::model::{ForeignKeyDef, Ownership, TableDef};

/// Writes the scope filter for table number `source`, after `lead`. Returns whether it wrote one: shared tables need
/// none, and neither does work over all owners. Rows of an internal table are reached only by work over all owners.
pub(crate) fn write(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    source: usize,
    lead: &str,
) -> bool {
    let ownership = meta.ownership();
    match (writer.visibility(), ownership) {
        (Visibility::AllOwners, _) | (_, Ownership::Shared) => return false,
        (Visibility::SharedOnly, _) => {
            writer.push(lead);
            writer.push("FALSE");
        }
        (Visibility::Owner(..), _) => {
            writer.push(lead);
            condition(writer, ownership, meta.table_def(), Alias('t', source));
        }
    }
    true
}

/// Writes the scope filter for a table inside another table's scope filter. Returns whether it wrote one.
pub(crate) fn write_parent(writer: &mut Writer<'_>, def: &'static TableDef, alias: usize) -> bool {
    if !writer.has_key() || def.ownership.is_shared() {
        return false;
    }
    writer.push(" AND ");
    condition(writer, def.ownership, Some(def), Alias('p', alias));
    true
}

/// Writes the condition that rows of table number 0 are children of the `parents`, and that these parents can be
/// reached.
///
/// The subquery runs once for all parents; a scope filter on the children would run for each child. Returns whether it
/// wrote the condition: it does so only if the children's owner is found through these parents. It is in the same
/// statement as the children, so that no parent can change its owner in between.
pub(super) fn write_children(
    writer: &mut Writer<'_>,
    meta: &'static Meta,
    parents: &[Among],
) -> bool {
    let (Some(key), [parents], true) = (parent_of(meta), parents, writer.has_key()) else {
        return false;
    };
    let is_one_array = parents.list.one_by_one().is_none();
    if !(is_one_array && parents.operand.is_column(meta, key.columns[0])) {
        return false;
    }
    let parent = (key.target().def)();
    writer.node(&parents.operand);
    writer.within_parent(|writer, number| {
        let alias = Alias('p', number);
        writer.push(" = ANY(ARRAY(SELECT ");
        name(writer, alias, key.target().column);
        writer.push(" FROM ");
        writer.push(&ddl::qualified(&parent.name));
        writer.push(" AS ");
        writer.alias('p', number);
        writer.push(" WHERE ");
        name(writer, alias, key.target().column);
        writer.push(" = ");
        writer.any(parents);
        writer.push(" AND ");
        condition(writer, parent.ownership, Some(parent), alias);
        writer.push("))");
    });
    true
}

/// The foreign key through which the owner of a table's rows is found.
fn parent_of(meta: &'static Meta) -> Option<&'static ForeignKeyDef> {
    match meta.ownership() {
        Ownership::Through(column) => single_column_key(meta.table_def()?, column),
        Ownership::Owner | Ownership::Scope(_) | Ownership::Shared | Ownership::Internal => None,
    }
}

#[derive(Clone, Copy)]
struct Alias(char, usize);

fn condition(
    writer: &mut Writer<'_>,
    ownership: Ownership,
    def: Option<&'static TableDef>,
    alias: Alias,
) {
    match (ownership, def) {
        (Ownership::Scope(column), _) => is_key(writer, alias, column),
        (Ownership::Owner, Some(def)) if !def.primary_key.columns.is_empty() => {
            is_key(writer, alias, def.primary_key.columns[0]);
        }
        (Ownership::Through(column), Some(def)) => through(writer, def, column, alias),
        // No column leads to an owner, so no owner reaches the rows.
        (Ownership::Owner | Ownership::Through(_) | Ownership::Shared | Ownership::Internal, _) => {
            writer.push("FALSE");
        }
    }
}

fn is_key(writer: &mut Writer<'_>, alias: Alias, column: &str) {
    name(writer, alias, column);
    writer.push(" = ");
    writer.key();
}

/// `EXISTS (SELECT 1 FROM orders AS p0 WHERE p0.id = t0.order_id AND ..)`
fn through(writer: &mut Writer<'_>, def: &'static TableDef, column: &str, alias: Alias) {
    let Some(key) = single_column_key(def, column) else {
        return writer.push("FALSE");
    };
    let parent = (key.target().def)();
    writer.within_parent(|writer, number| {
        writer.push("EXISTS (SELECT 1 FROM ");
        writer.push(&ddl::qualified(&parent.name));
        writer.push(" AS ");
        writer.alias('p', number);
        writer.push(" WHERE ");
        name(writer, Alias('p', number), key.target().column);
        writer.push(" = ");
        name(writer, alias, column);
        writer.push(" AND ");
        condition(writer, parent.ownership, Some(parent), Alias('p', number));
        writer.push(")");
    });
}

fn name(writer: &mut Writer<'_>, alias: Alias, column: &str) {
    writer.alias(alias.0, alias.1);
    writer.push(".");
    writer.push(&ddl::identifier(column));
}

/// The name of the Rust type of the key of the rows' owners. `None` if no column leads to an owner.
pub(super) fn owner_key_type(meta: &'static Meta) -> Option<&'static str> {
    let column = match meta.ownership() {
        Ownership::Owner => meta.key().first().copied(),
        Ownership::Scope(column) => meta.position(column),
        Ownership::Through(_) => return parent_key_type((parent_of(meta)?.target().def)()),
        Ownership::Shared | Ownership::Internal => None,
    };
    meta.rust_type(column?)
}

fn parent_key_type(def: &'static TableDef) -> Option<&'static str> {
    let column = match def.ownership {
        Ownership::Owner => *def.primary_key.columns.first()?,
        Ownership::Scope(column) => column,
        Ownership::Through(column) => {
            return parent_key_type((single_column_key(def, column)?.target().def)());
        }
        Ownership::Shared | Ownership::Internal => return None,
    };
    def.column(column).map(|column| (column.rust_type)())
}

/// The foreign key over exactly this column.
pub(crate) fn single_column_key(
    def: &'static TableDef,
    column: &str,
) -> Option<&'static ForeignKeyDef> {
    def.foreign_keys
        .iter()
        .find(|key| key.columns == [column] && !key.references.is_empty())
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::model::{ColumnDef, PrimaryKeyDef, TableName};
    use crate::query::value;
    use crate::query::visibility::Enforcement;

    static SESSIONS: TableDef = TableDef::new(
        TableName::new(None, "sessions"),
        Ownership::Internal,
        &[ColumnDef::new::<i32>("id")],
        PrimaryKeyDef::new(&["id"]),
    );

    fn condition_for(visibility: Visibility<'_>) -> String {
        let meta = Box::leak(Box::new(Meta::table(&SESSIONS)));
        let mut writer = Writer::new(visibility);
        write(&mut writer, meta, 0, " WHERE ");
        writer
            .finish()
            .map_or_else(|error| error.to_string(), |(text, _)| text)
    }

    /// The types refuse it already; the SQL refuses it too.
    #[test]
    fn an_internal_row_is_reached_only_over_all_owners() {
        let key = value(7_i32);
        assert_eq!(
            condition_for(Visibility::Owner(&*key, Enforcement::ByPredicates)),
            " WHERE FALSE"
        );
        assert_eq!(condition_for(Visibility::SharedOnly), " WHERE FALSE");
        assert_eq!(condition_for(Visibility::AllOwners), "");
    }
}
