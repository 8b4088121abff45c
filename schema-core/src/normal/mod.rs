//! What means the same becomes `==`: the structs say it in one way, and PostgreSQL, which rewrites what it stores, in another.
//!
//! An expression goes `sql::token` → `sql::tree` → `rules` → `sql::print`.

mod bound;
mod object;
mod operator_class;
mod rights;
mod routine;
mod rules;
#[cfg(test)]
mod schema_tests;
mod sequence;
mod sql_type;
mod table;
#[cfg(test)]
mod tests;
mod view;

use crate::ir::{Expr, Schema, Table};
#[cfg(feature = "postgres")]
use crate::ir::{Policy, QualifiedName};
use crate::sql::token::{self, Token};
use crate::sql::tree::Type;
use crate::sql::{parse, print};
use rules::Tables;

/// The canonical text of an SQL expression: the same for each way in which PostgreSQL prints what it read of it.
///
/// It is for comparing, not for a database: casts that PostgreSQL makes by itself are left out. What cannot be read is kept, token by token.
pub fn expression(sql: &str) -> String {
    expression_of(sql, &Tables::default())
}

/// The same, of an expression over a table among others.
fn expression_of(sql: &str, tables: &Tables<'_>) -> String {
    let Some(tokens) = token::tokens(sql) else {
        return sql.trim_ascii().to_owned();
    };
    let canonical = canonical(&tokens, tables);
    let same = canonical.filter(|text| {
        let tokens = token::tokens(text).unwrap_or_default();
        self::canonical(&tokens, tables).as_ref() == Some(text)
    });
    // What does not come out as it went in would be another text each time.
    same.unwrap_or_else(|| token::joined(&tokens))
}

fn canonical(tokens: &[Token], tables: &Tables<'_>) -> Option<String> {
    let node = rules::canonical(parse::expression(tokens, tables.path)?, tables);
    Some(print::node(&node))
}

/// The canonical text of a literal or an expression in a place that has a type: a default, the bound of a partition.
fn value_of(sql: &str, tables: &Tables<'_>, place: Option<&Type>) -> String {
    let canonical = expression_of(sql, tables);
    match (token::tokens(&canonical).as_deref(), place) {
        (Some([Token::Text(text)]), Some(place)) => print::node(&rules::typed(text.clone(), place)),
        _ => canonical,
    }
}

/// The type that a text names; one that a schema makes stays a text.
pub fn sql_type(sql: &str) -> crate::ir::SqlType {
    let schema = Schema::default();
    object::Normal::of(&schema).sql_type(&crate::ir::SqlType::Sql(sql.to_owned()))
}

/// The schema with everything that can be said in two ways said in one.
///
/// All objects stay in their place, so that one can be found by the position of the other; only the rights are put together anew.
pub fn schema(schema: &Schema) -> Schema {
    object::Normal::of(schema).schema()
}

/// Brings policies to their normal form: those that a schema declares, and those that a database prints.
#[cfg(feature = "postgres")]
pub(crate) struct Policies<'s>(object::Normal<'s>);

#[cfg(feature = "postgres")]
impl<'s> Policies<'s> {
    /// For the tables of the schema, where names of the schemas on `path` are found without these.
    pub(crate) fn new(schema: &'s Schema, path: &'s [String]) -> Self {
        Self(object::Normal::on_path(schema, path))
    }

    /// A policy of the table in its normal form.
    pub(crate) fn normal(&self, table: &QualifiedName, policy: &Policy) -> Policy {
        self.0.policy(policy, table)
    }
}

/// The canonical text of a condition over the rows of the first of some tables, whose columns and their types are known.
pub(crate) fn condition(tables: &[Table], sql: &str) -> String {
    let schema = Schema {
        tables: tables.to_vec(),
        ..Schema::default()
    };
    let own = tables.first().map(|table| &table.name);
    match object::Normal::of(&schema).expr(&Expr::Sql(sql.to_owned()), own) {
        Expr::Sql(sql) => sql,
        _ => sql.to_owned(),
    }
}
