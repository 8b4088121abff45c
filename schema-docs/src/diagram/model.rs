//! What every diagram draws: tables as boxes, foreign keys as lines.

use std::collections::HashMap;

use freehold_schema_core::ddl::{Postgres, Types as _};
use freehold_schema_core::ir::{
    Column, ForeignKey, QualifiedName, ReferentialAction, Schema, SqlType, Table,
};

use crate::condition::leaves_out_only_nulls;

/// Tables and the references between them, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// The tables.
    pub entities: Vec<Entity>,
    /// The references between them.
    pub references: Vec<Reference>,
}

/// A table in a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The name as in SQL, without quotes: `audit.log`.
    pub name: String,
    /// What the table is for.
    pub comment: Option<String>,
    /// The table whose rows own these rows, if references to it are not drawn.
    pub owner: Option<String>,
    /// The columns, in order.
    pub columns: Vec<EntityColumn>,
}

/// A column in a diagram.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // They are independent facts.
pub struct EntityColumn {
    /// The name, without quotes.
    pub name: String,
    /// The type as PostgreSQL writes it: `numeric(10,2)`.
    pub sql_type: String,
    /// Whether it is part of the primary key.
    pub is_primary: bool,
    /// Whether it is part of a foreign key.
    pub is_foreign: bool,
    /// Whether no two rows have the same value in it.
    pub is_unique: bool,
    /// Whether it may be null.
    pub is_nullable: bool,
    /// What it holds.
    pub comment: Option<String>,
    /// The labels of its enum type, in order; empty for other types.
    pub labels: Vec<String>,
}

/// A foreign key between two tables of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The constraint's name.
    pub name: String,
    /// The index of the table that references, among the entities.
    pub from: usize,
    /// The columns that reference, in order.
    pub columns: Vec<String>,
    /// The index of the referenced table, among the entities.
    pub to: usize,
    /// The referenced columns, in the same order.
    pub target_columns: Vec<String>,
    /// Whether a row may reference nothing. It may if any of its columns is nullable (`MATCH SIMPLE`).
    pub is_optional: bool,
    /// Whether at most one row references each row.
    pub is_unique: bool,
    /// Whether the columns are part of the primary key of the table that references.
    pub is_identifying: bool,
    /// What a delete of the referenced row does, as in SQL: `CASCADE`.
    pub on_delete: &'static str,
}

/// Which tables and columns a diagram draws.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The tables; `None` is all.
    pub tables: Option<Vec<QualifiedName>>,
    /// Whether to draw only the columns of primary and foreign keys.
    pub keys_only: bool,
    /// The table that owns the rows of others. References to it are left out; [`Entity::owner`] names it instead.
    pub owner: Option<QualifiedName>,
}

impl Diagram {
    /// The selected tables of a schema and the references between them.
    pub fn of(schema: &Schema, selection: &Selection) -> Self {
        let mut tables: Vec<&Table> = schema
            .tables
            .iter()
            .filter(|table| selection.has(table))
            .collect();
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        let indexes: HashMap<&QualifiedName, usize> = tables
            .iter()
            .enumerate()
            .map(|(index, table)| (&table.name, index))
            .collect();
        let references = tables.iter().enumerate().flat_map(|(from, table)| {
            let indexes = &indexes;
            table
                .foreign_keys
                .iter()
                .filter(|key| !selection.hides(table, key))
                .filter_map(move |key| {
                    Some(reference(table, from, key, *indexes.get(&key.target)?))
                })
        });
        Self {
            references: references.collect(),
            entities: tables
                .iter()
                .map(|table| entity(schema, table, selection))
                .collect(),
        }
    }
}

impl Selection {
    fn has(&self, table: &Table) -> bool {
        self.tables
            .as_ref()
            .is_none_or(|tables| tables.contains(&table.name))
    }

    /// Whether the reference is to the owner table and is left out.
    fn hides(&self, table: &Table, key: &ForeignKey) -> bool {
        self.owner
            .as_ref()
            .is_some_and(|owner| key.target == *owner && table.name != *owner)
    }
}

fn entity(schema: &Schema, table: &Table, selection: &Selection) -> Entity {
    let is_owned = table
        .foreign_keys
        .iter()
        .any(|key| selection.hides(table, key));
    let owner = selection.owner.as_ref().filter(|_| is_owned);
    let columns = table
        .columns
        .iter()
        .map(|column| entity_column(schema, table, column));
    Entity {
        name: table.name.to_string(),
        comment: table.comment.clone(),
        owner: owner.map(ToString::to_string),
        columns: columns
            .filter(|column| !selection.keys_only || column.is_primary || column.is_foreign)
            .collect(),
    }
}

fn entity_column(schema: &Schema, table: &Table, column: &Column) -> EntityColumn {
    let name = &column.name;
    EntityColumn {
        name: name.clone(),
        sql_type: Postgres.type_name(&column.sql_type).into_owned(),
        is_primary: primary_key(table).contains(name),
        is_foreign: table
            .foreign_keys
            .iter()
            .any(|key| key.columns.contains(name)),
        is_unique: is_unique(table, std::slice::from_ref(name)),
        is_nullable: column.nullable,
        comment: column.comment.clone(),
        labels: labels(schema, &column.sql_type),
    }
}

/// The labels of an enum type of the database; empty for other types.
fn labels(schema: &Schema, sql_type: &SqlType) -> Vec<String> {
    let SqlType::Enum(name) = sql_type.element() else {
        return Vec::new();
    };
    let named = schema.enums.iter().find(|sql_enum| sql_enum.name == *name);
    named.map_or_else(Vec::new, |sql_enum| sql_enum.labels.clone())
}

fn reference(table: &Table, from: usize, key: &ForeignKey, to: usize) -> Reference {
    let is_nullable = |name: &String| {
        table
            .columns
            .iter()
            .any(|column| column.name == *name && column.nullable)
    };
    Reference {
        name: key.name.clone(),
        from,
        columns: key.columns.clone(),
        to,
        target_columns: key.target_columns.clone(),
        is_optional: key.columns.iter().any(is_nullable),
        is_unique: is_unique(table, &key.columns),
        is_identifying: key
            .columns
            .iter()
            .all(|name| primary_key(table).contains(name)),
        on_delete: action(&key.on_delete),
    }
}

fn primary_key(table: &Table) -> &[String] {
    table.primary_key.as_ref().map_or(&[], |key| &key.columns)
}

/// Whether no two rows have the same values in the columns, none of them null: a key or a unique index over some of them
/// has every such row.
pub(crate) fn is_unique(table: &Table, columns: &[String]) -> bool {
    let within = |key: &[String]| !key.is_empty() && key.iter().all(|name| columns.contains(name));
    let index_columns = |index: &freehold_schema_core::ir::Index| -> Option<Vec<String>> {
        use freehold_schema_core::ir::Expr;
        let names = index.parts.iter().map(|part| match &part.value {
            Expr::Column(name) => Some(name.clone()),
            _ => None,
        });
        names.collect()
    };
    let of_index = |index: &freehold_schema_core::ir::Index| {
        let filter = index.filter.as_ref();
        index.unique
            && filter.is_none_or(|filter| leaves_out_only_nulls(filter, columns))
            && index_columns(index).is_some_and(|names| within(&names))
    };
    within(primary_key(table))
        || table.uniques.iter().any(|unique| within(&unique.columns))
        || table.indexes.iter().any(of_index)
}

pub(crate) fn action(action: &ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull(_) => "SET NULL",
        ReferentialAction::SetDefault(_) => "SET DEFAULT",
    }
}
