//! The reasons why a column cannot stay for the older release, or cannot have two names.

use crate::diff::{Change, Object};
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::{Column, Schema, SqlType, Table};
use freehold_schema_core::sql::mentions;

const KEY: &str = "it is part of the primary key";
const PARTITION: &str = "it is part of the partition key";
pub(super) const RECREATED: &str = "its table is recreated";
const COUNTED: &str = "the database generates its values";
pub(super) const OTHER_TYPE: &str = "its type changes too; change the type in a separate release";
const TAKEN: &str = "another column has one of the names";
const SOURCE: &str = "a column that it is computed from changes too";
const REFERENCED: &str = "a foreign key references it";
const POLICY: &str = "a row-level security policy uses it";

/// The reason why a dropped column cannot stay.
pub(super) fn from_staying(table: &Table, name: &str) -> Option<&'static str> {
    let in_key = table.primary_key.as_ref();
    if in_key.is_some_and(|key| key.columns.iter().any(|column| column == name)) {
        return Some(KEY);
    }
    let by = table.partition_by.as_ref();
    by.is_some_and(|by| by.columns.iter().any(|column| column == name))
        .then_some(PARTITION)
}

/// The reason why a generated column cannot stay: all columns that it uses must stay the same.
pub(super) fn from_being_computed(
    (old, new): (&Table, &Table),
    column: &Column,
    printer: Printer<'_>,
) -> Option<&'static str> {
    let generated = printer.expr(column.generated.as_ref()?);
    let stays = |source: &Column| {
        let mut own = new.columns.iter();
        own.any(|own| own.name == source.name && own.sql_type == source.sql_type)
    };
    let mut sources = old
        .columns
        .iter()
        .filter(|source| mentions(&generated, &source.name));
    sources.any(|source| !stays(source)).then_some(SOURCE)
}

/// Whether the column's type changes under its name, so that the old default may not fit it.
pub(super) fn is_of_another_type(changes: &[Change], column: &Column) -> bool {
    let (SqlType::Enum(name) | SqlType::Domain(name)) = column.sql_type.element() else {
        return false;
    };
    changes.iter().any(|change| match change {
        Change::Replace {
            old: Object::Domain(old),
            new: Object::Domain(new),
        } => new.name == *name && old.base != new.base,
        Change::Labels { old, new } => {
            let mut labels = old.labels.iter();
            new.name == *name && !labels.all(|label| new.labels.contains(label))
        }
        _ => false,
    })
}

/// A column in its schema and table.
#[derive(Clone, Copy)]
pub(super) struct ColumnPlace<'a> {
    pub(super) schema: &'a Schema,
    pub(super) table: &'a Table,
    pub(super) column: &'a Column,
}

/// The reason why a renamed column cannot have both names.
pub(super) fn from_two_names(
    old: ColumnPlace<'_>,
    new: ColumnPlace<'_>,
    printer: Printer<'_>,
) -> Option<&'static str> {
    let sides = [old, new];
    let staying = sides
        .iter()
        .find_map(|side| from_staying(side.table, &side.column.name));
    if staying.is_some() {
        return staying;
    }
    let type_name = |side: ColumnPlace<'_>| {
        printer
            .dialect
            .type_name(&side.column.sql_type)
            .into_owned()
    };
    let has = |side: ColumnPlace<'_>, name: &str| {
        let mut columns = side.table.columns.iter();
        columns.any(|column| column.name == name)
    };
    let copy = old
        .schema
        .expansion
        .copy_of(&old.table.name, &old.column.name);
    let is_taken = copy.is_none() && has(old, &new.column.name);
    let reasons = [
        (TAKEN, is_taken || has(new, &old.column.name)),
        (COUNTED, sides.iter().any(is_given_its_values)),
        (OTHER_TYPE, type_name(old) != type_name(new)),
        (REFERENCED, sides.iter().any(is_referenced)),
        (POLICY, sides.iter().any(|side| is_in_policy(side, printer))),
    ];
    reasons
        .into_iter()
        .find_map(|(reason, is_so)| is_so.then_some(reason))
}

fn is_given_its_values(side: &ColumnPlace<'_>) -> bool {
    let column = side.column;
    column.serial || column.identity.is_some() || column.generated.is_some()
}

fn is_referenced(side: &ColumnPlace<'_>) -> bool {
    let tables = side.schema.tables.iter();
    let mut keys = tables.flat_map(|table| &table.foreign_keys);
    keys.any(|key| key.target == side.table.name && key.target_columns.contains(&side.column.name))
}

/// Whether a policy uses the column. A policy of any table may read this table.
fn is_in_policy(side: &ColumnPlace<'_>, printer: Printer<'_>) -> bool {
    let tables = side.schema.tables.iter();
    let mut policies =
        tables.flat_map(|table| table.policies.iter().map(move |policy| (table, policy)));
    policies.any(|(table, policy)| {
        let exprs = policy.using.iter().chain(&policy.with_check);
        let is_own = table.name == side.table.name;
        let mut sql = exprs.map(|expr| printer.expr(expr));
        sql.any(|sql| {
            let in_reach = is_own || mentions(&sql, &side.table.name.name);
            in_reach && mentions(&sql, &side.column.name)
        })
    })
}
