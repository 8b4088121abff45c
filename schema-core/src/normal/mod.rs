//! The canonical form, in which SQL and schemas that mean the same are `==`. The structs write an expression in one
//! way, and PostgreSQL, which rewrites what it stores, in another.
//!
//! An expression goes through `sql::token` → `sql::tree` → `rules` → `sql::print`.

mod bound;
mod object;
mod operator_class;
mod parsed;
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

/// The canonical text of an SQL expression. It is the same for every form in which PostgreSQL prints the expression.
///
/// Use it to compare, not to run: casts that PostgreSQL adds implicitly are removed. SQL that cannot be parsed is
/// returned as its tokens.
pub fn expression(sql: &str) -> String {
    expression_of(sql, &Tables::default())
}

/// The same for an expression on the rows of a table.
fn expression_of(sql: &str, tables: &Tables<'_>) -> String {
    let Some(tokens) = token::tokens(sql) else {
        return sql.trim_ascii().to_owned();
    };
    let canonical = canonical(&tokens, tables);
    let same = canonical.filter(|text| {
        let tokens = token::tokens(text).unwrap_or_default();
        self::canonical(&tokens, tables).as_ref() == Some(text)
    });
    // Use the canonical text only if it is its own canonical text. Otherwise each call would return another text.
    same.unwrap_or_else(|| token::joined(&tokens))
}

fn canonical(tokens: &[Token], tables: &Tables<'_>) -> Option<String> {
    let node = rules::canonical(parse::expression(tokens, tables.path)?, tables);
    Some(print::node(&node))
}

/// The canonical text of a literal or an expression whose place has a type, such as a default or the bound of a
/// partition.
fn value_of(sql: &str, tables: &Tables<'_>, place: Option<&Type>) -> String {
    let canonical = expression_of(sql, tables);
    match (token::tokens(&canonical).as_deref(), place) {
        (Some([Token::Text(text)]), Some(place)) => print::node(&rules::typed(text.clone(), place)),
        _ => canonical,
    }
}

/// The type that an SQL text names. Enums and domains stay text, because no schema is known here.
pub fn sql_type(sql: &str) -> crate::ir::SqlType {
    let schema = Schema::default();
    object::Normal::of(&schema).sql_type(&crate::ir::SqlType::Sql(sql.to_owned()))
}

/// The expression tree of an SQL expression; `None` if it cannot be parsed, or if [`Expr`] has no form for it.
///
/// The tree means the same as the text, but need not be printed as the same text.
pub fn parsed(sql: &str) -> Option<Expr> {
    let tokens = token::tokens(sql)?;
    parsed::expr(parse::expression(&tokens, &[])?)
}

/// The canonical form of a schema, in which two schemas that mean the same are equal.
///
/// Each object keeps its position, so you can find it in the other schema by its index. Only grants are regrouped.
pub fn schema(schema: &Schema) -> Schema {
    object::Normal::of(schema).schema()
}

/// Converts policies to their canonical form, both declared policies and those that a database prints.
#[cfg(feature = "postgres")]
pub(crate) struct Policies<'s>(object::Normal<'s>);

#[cfg(feature = "postgres")]
impl<'s> Policies<'s> {
    /// For the tables of `schema`. Names of the schemas in `path` need no qualifier.
    pub(crate) fn new(schema: &'s Schema, path: &'s [String]) -> Self {
        Self(object::Normal::on_path(schema, path))
    }

    /// The canonical form of a policy of the table.
    pub(crate) fn normal(&self, table: &QualifiedName, policy: &Policy) -> Policy {
        self.0.policy(policy, table)
    }
}

/// The canonical text of a condition on the rows of the first table. The columns of all tables, and their types, are
/// known.
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
