//! Foreign keys, and tables that they need.

use std::collections::{BTreeMap, BTreeSet};

use freehold_schema_core::ddl::POSTGRES;
use freehold_schema_core::ir::{ForeignKey, QualifiedName, ReferentialAction, Schema, Table};
use freehold_schema_core::model::Deferrable;

use super::super::model::is_unique;
use super::text::{columns, name, qualified, sql_type};

/// The foreign keys of a schema.
#[derive(Default)]
pub(super) struct References<'s> {
    /// Those that DBML can hold, each with its table.
    held: Vec<(&'s Table, &'s ForeignKey)>,
    /// Those that it cannot hold.
    refused: Vec<(&'s Table, &'s ForeignKey)>,
}

/// The two ends of a reference, in an order that does not depend on its direction.
type Ends<'s> = BTreeSet<(&'s QualifiedName, BTreeSet<&'s str>)>;

impl<'s> References<'s> {
    /// `@dbml/core` refuses a second reference between the same columns, and one between a column and itself.
    pub(super) fn of(schema: &'s Schema) -> Self {
        let mut references = Self::default();
        let mut seen = BTreeSet::new();
        for table in &schema.tables {
            for key in &table.foreign_keys {
                let ends = ends(table, key);
                let is_held = ends.len() == 2 && seen.insert(ends);
                let list = if is_held {
                    &mut references.held
                } else {
                    &mut references.refused
                };
                list.push((table, key));
            }
        }
        references
    }

    /// The lines `Ref ..`. Before `@dbml/core` 10, an end of a reference cannot be optional.
    pub(super) fn lines(&self, compat: bool) -> Vec<String> {
        let held = self.held.iter();
        held.map(|(table, key)| line(table, key, compat)).collect()
    }

    /// The statements of the table's references of which DBML can hold only a part, or nothing.
    pub(super) fn statements(&self, table: &Table) -> Vec<String> {
        let partly = self.held.iter().filter(|(_, key)| !is_expressible(key));
        let missing = partly.chain(&self.refused);
        missing
            .filter(|(of, _)| of.name == table.name)
            .map(|(_, key)| POSTGRES.add_foreign_key(table, key))
            .collect()
    }

    /// Tables with the referenced columns, for references to tables that are not in the schema. `@dbml/core` refuses a
    /// reference to a table that the text does not define.
    pub(super) fn stubs(&self, schema: &Schema) -> Vec<String> {
        let known: BTreeSet<_> = schema.tables.iter().map(|table| &table.name).collect();
        let mut missing: BTreeMap<&QualifiedName, BTreeMap<&str, String>> = BTreeMap::new();
        for (table, key) in &self.held {
            if !known.contains(&key.target) {
                let types = key.columns.iter().map(|column| type_of(table, column));
                let columns = key.target_columns.iter().map(String::as_str).zip(types);
                missing.entry(&key.target).or_default().extend(columns);
            }
        }
        missing
            .iter()
            .map(|(name, columns)| stub(name, columns))
            .collect()
    }
}

fn ends<'s>(table: &'s Table, key: &'s ForeignKey) -> Ends<'s> {
    let set = |columns: &'s [String]| columns.iter().map(String::as_str).collect();
    Ends::from([
        (&table.name, set(&key.columns)),
        (&key.target, set(&key.target_columns)),
    ])
}

fn line(table: &Table, key: &ForeignKey, compat: bool) -> String {
    format!(
        "Ref {}: {}.{} {} {}.{} [delete: {}, update: {}]",
        name(&key.name),
        qualified(&table.name),
        columns(&key.columns),
        relation(table, key, compat),
        qualified(&key.target),
        columns(&key.target_columns),
        action(&key.on_delete),
        action(&key.on_update),
    )
}

/// The sign between the child and the parent. A `?` is at an end where there may be no row; a parent may always have no
/// child.
fn relation(table: &Table, key: &ForeignKey, compat: bool) -> String {
    let sign = if is_unique(table, &key.columns) {
        "-"
    } else {
        ">"
    };
    if compat {
        return sign.to_owned();
    }
    let mut columns = table.columns.iter();
    let is_optional = columns.any(|column| column.nullable && key.columns.contains(&column.name));
    format!("?{sign}{}", if is_optional { "?" } else { "" })
}

fn action(action: &ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "no action",
        ReferentialAction::Restrict => "restrict",
        ReferentialAction::Cascade => "cascade",
        ReferentialAction::SetNull(_) => "set null",
        ReferentialAction::SetDefault(_) => "set default",
    }
}

/// Whether DBML has words for all of the reference. It has none for deferring, and none for setting only some columns.
fn is_expressible(key: &ForeignKey) -> bool {
    let is_whole = |action: &ReferentialAction| match action {
        ReferentialAction::SetNull(columns) | ReferentialAction::SetDefault(columns) => {
            columns.is_empty()
        }
        _ => true,
    };
    key.deferrable == Deferrable::Never && is_whole(&key.on_delete) && is_whole(&key.on_update)
}

fn type_of(table: &Table, name: &str) -> String {
    let mut columns = table.columns.iter();
    let column = columns.find(|column| column.name == name);
    column.map_or_else(|| "unknown".to_owned(), |column| sql_type(&column.sql_type))
}

fn stub(table: &QualifiedName, columns: &BTreeMap<&str, String>) -> String {
    let columns: String = columns
        .iter()
        .map(|(column, sql_type)| format!("  {} {sql_type}\n", name(column)))
        .collect();
    format!(
        "Table {} {{\n{columns}\n  Note: 'The schema does not have this table, but its tables reference it.'\n}}\n",
        qualified(table)
    )
}
