//! The statements that read a table by its keys and indexes.
//!
//! `schema-core/src/query` writes the statements that run. A test compares the texts with them.

use freehold_schema_core::ir::QualifiedName;
use freehold_schema_core::model::{ForeignKeyDef, Ownership, TableDef};

use crate::facts::{Finder, TableFacts};
use crate::sql;

/// A statement of Freehold on a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryDoc {
    /// The call in Rust: `Order::by_status(status)`.
    pub rust: String,
    /// The SQL that it runs.
    pub sql: String,
}

/// The statements of `get` and of the finders. An internal table has them without an owner.
pub(super) fn queries(facts: &TableFacts) -> Vec<QueryDoc> {
    let key = facts.def.primary_key.columns.iter().copied();
    let key: Vec<_> = key.filter(|name| Some(*name) != facts.scope()).collect();
    let is_own_row = facts.is_owner() && facts.def.primary_key.columns.len() == 1;
    let get = (!is_own_row).then(|| QueryDoc {
        rust: call(facts, "get", &fields(facts.def, &key)),
        sql: select(facts, &key),
    });
    let finders = facts.finders.iter().map(|finder| find(facts, finder));
    get.into_iter().chain(finders).collect()
}

fn find(facts: &TableFacts, finder: &Finder) -> QueryDoc {
    QueryDoc {
        rust: call(facts, &finder.name(), &finder.fields),
        sql: select(facts, &finder.columns),
    }
}

/// `Order::by_status(status)`
fn call(facts: &TableFacts, method: &str, arguments: &[&str]) -> String {
    let (_, name) = facts.path();
    format!("{name}::{method}({})", arguments.join(", "))
}

fn fields(def: &TableDef, columns: &[&'static str]) -> Vec<&'static str> {
    let field = |name: &&'static str| {
        let column = def.column(name);
        column.and_then(|column| column.field).unwrap_or(name)
    };
    columns.iter().map(field).collect()
}

fn select(facts: &TableFacts, columns: &[&str]) -> String {
    let def = facts.def;
    let list = def.columns.iter().map(|column| of(&row(), column.name));
    let list: Vec<_> = list.collect();
    let owner = condition(def, def.ownership, &row());
    let first = usize::from(owner.is_some()) + 1;
    let hidden = facts
        .deleted_at
        .map(|name| format!("{} IS NULL", of(&row(), name)));
    let compared = columns.iter().enumerate();
    let compared =
        compared.map(|(index, name)| format!("{} = ${}", of(&row(), name), first + index));
    let conditions: Vec<_> = owner.into_iter().chain(hidden).chain(compared).collect();
    format!(
        "SELECT {} FROM {} AS t0 WHERE {}",
        list.join(", "),
        sql::printer().qualified(&(&def.name).into()),
        conditions.join(" AND ")
    )
}

/// The alias of the table that is read.
fn row() -> String {
    "t0".to_owned()
}

fn of(alias: &str, column: &str) -> String {
    format!("{alias}.{}", sql::printer().identifier(column))
}

/// The condition that limits the rows to those of the owner in `$1`.
fn condition(def: &TableDef, ownership: Ownership, alias: &str) -> Option<String> {
    match ownership {
        Ownership::Owner => {
            let key = def.primary_key.columns.first()?;
            Some(format!("{} = $1", of(alias, key)))
        }
        Ownership::Scope(column) => Some(format!("{} = $1", of(alias, column))),
        Ownership::Through(column) => through(def, column, alias),
        Ownership::Shared | Ownership::Internal => None,
    }
}

/// `EXISTS (SELECT 1 FROM orders AS p0 WHERE p0.id = t0.order_id AND ..)`
fn through(def: &TableDef, column: &str, alias: &str) -> Option<String> {
    let mut keys = def.foreign_keys.iter();
    let key: &ForeignKeyDef = keys.find(|key| key.columns == [column])?;
    let parent = (key.target().def)();
    let next = next(alias);
    let name: QualifiedName = (&parent.name).into();
    let owner = condition(parent, parent.ownership, &next)?;
    Some(format!(
        "EXISTS (SELECT 1 FROM {} AS {next} WHERE {} = {} AND {owner})",
        sql::printer().qualified(&name),
        of(&next, key.target().column),
        of(alias, column),
    ))
}

/// The alias of the parent of a table: `p0` of `t0`, `p1` of `p0`.
fn next(alias: &str) -> String {
    let number = alias
        .strip_prefix('p')
        .and_then(|number| number.parse::<u32>().ok());
    format!("p{}", number.map_or(0, |number| number + 1))
}
