use std::borrow::Cow;

use crate::ir::{Body, SqlType};
use crate::model::BinaryOp;
use crate::sql::quote::Quoting;

/// A database for which SQL is written. [`Postgres`](super::Postgres) is the first.
///
/// It is sealed: what a new form of SQL asks of each database is added to the traits below it, one for each concern.
pub trait Dialect: Names + Types + Expressions + Statements + Sync {}

impl<D: Names + Types + Expressions + Statements + Sync> Dialect for D {}

pub(super) mod sealed {
    /// Nothing outside of this crate is a dialect.
    pub trait Sealed {}
}

/// What a dialect says of names.
pub trait Names: sealed::Sealed {
    /// Which words it reserves.
    fn quoting(&self) -> Quoting;
}

/// What a dialect says of types.
pub trait Types: sealed::Sealed {
    /// The name of a type.
    fn type_name(&self, sql_type: &SqlType) -> Cow<'static, str>;

    /// The name of a type whose values the database counts up, for a column of `sql_type`.
    fn serial_name(&self, sql_type: &SqlType) -> Cow<'static, str>;
}

/// How a dialect writes what an expression is made of.
pub trait Expressions: sealed::Sealed {
    /// An operator between two operands.
    fn operator(&self, op: BinaryOp) -> &'static str;

    /// Writes a parameter by its number, from 1.
    fn placeholder(&self, number: usize, out: &mut String);

    /// The value of a setting, as a type: read once for a statement, not once for a row.
    fn setting(&self, name: &str, sql_type: &SqlType) -> String;

    /// Whether a document holds what a text looks for.
    fn search(&self, document: &str, text: &str) -> String;

    /// Whether a document of a language holds what a text looks for.
    fn search_in(&self, language: &str, document: &str, text: &str) -> String;

    /// A text as part of a document, with the letter of its weight.
    fn document(&self, language: &str, text: &str, weight: &str) -> String;
}

/// The statements and parts of statements that each dialect writes in its own way.
pub trait Statements: sealed::Sealed {
    /// The body of a function.
    fn routine_body(&self, body: &Body) -> String;

    /// What `CREATE FUNCTION` ends with: the body, as a text.
    fn quoted_body(&self, body: &str) -> String;

    /// A statement that does nothing where what it makes is there already.
    fn unless_exists(&self, statement: &str) -> String;

    /// A statement that is run only where the table, by its name in SQL, has no rows.
    fn if_empty(&self, table: &str, statement: &str) -> String;

    /// Drops the sequence that a column owns; the table by its name in SQL.
    fn drop_owned_sequence(&self, table: &str, column: &str) -> String;

    /// Gives the sequence that a column owns another name; the table by its name in SQL.
    fn rename_owned_sequence(&self, table: &str, column: &str, to: &str) -> String;

    /// Gives the constraints that partitions have of their table's another name, where they have its name; the table by its name in SQL.
    fn rename_in_partitions(&self, table: &str, from: &str, to: &str) -> String;

    /// Lets the sequence of a column go on after the largest value that is there; the table and the column by their names in SQL, and the
    /// column as it is.
    fn continue_sequence(&self, table: &str, column: &str, quoted_column: &str) -> String;

    /// Makes a change, which is an `UPDATE` that ends with a condition, for every row of a table, in batches of so many rows that are
    /// committed one by one. The table and the columns of its key by their names in SQL. It cannot run in a transaction.
    fn in_batches(&self, table: &str, key: &[String], change: &str, rows: u32) -> String;
}
