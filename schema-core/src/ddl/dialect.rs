use std::borrow::Cow;

use crate::ir::{Body, SqlType};
use crate::model::BinaryOp;
use crate::sql::quote::Quoting;

/// A database for which SQL is written. [`Postgres`](super::Postgres) is the first.
///
/// The trait is sealed. SQL that differs between databases is added to the traits below, one for each concern.
pub trait Dialect: Names + Types + Expressions + Statements + Sync {}

impl<D: Names + Types + Expressions + Statements + Sync> Dialect for D {}

pub(super) mod sealed {
    /// Prevents dialects outside of this crate.
    pub trait Sealed {}
}

/// How a dialect writes names.
pub trait Names: sealed::Sealed {
    /// How the dialect quotes names, and the words that it reserves.
    fn quoting(&self) -> Quoting;
}

/// How a dialect writes types.
pub trait Types: sealed::Sealed {
    /// The name of a type.
    fn type_name(&self, sql_type: &SqlType) -> Cow<'static, str>;

    /// The name of an auto-incrementing type for a column of `sql_type`, such as `bigserial`.
    fn serial_name(&self, sql_type: &SqlType) -> Cow<'static, str>;
}

/// How a dialect writes the parts of expressions.
pub trait Expressions: sealed::Sealed {
    /// An operator between two operands.
    fn operator(&self, op: BinaryOp) -> &'static str;

    /// Appends a parameter to `out`; `number` counts from 1.
    fn placeholder(&self, number: usize, out: &mut String);

    /// The value of a setting, cast to a type. The database reads it once for a statement and not once for each row.
    fn setting(&self, name: &str, sql_type: &SqlType) -> String;

    /// The condition that a search document matches the query `text`.
    fn search(&self, document: &str, text: &str) -> String;

    /// The condition that a search document of a language matches the query `text`.
    fn search_in(&self, language: &str, document: &str, text: &str) -> String;

    /// A text as part of a search document, with the letter of its weight.
    fn document(&self, language: &str, text: &str, weight: &str) -> String;
}

/// The statements and parts of statements that differ between dialects.
pub trait Statements: sealed::Sealed {
    /// The source of a function's body.
    fn routine_body(&self, body: &Body) -> String;

    /// The end of `CREATE FUNCTION`: the body as a quoted text.
    fn quoted_body(&self, body: &str) -> String;

    /// A `CREATE` or `GRANT` statement that does nothing if its object already exists.
    fn unless_exists(&self, statement: &str) -> String;

    /// A statement that runs only if the table, by its name in SQL, has no rows.
    fn if_empty(&self, table: &str, statement: &str) -> String;

    /// Drops the sequence that a column owns. `table` is a name in SQL.
    fn drop_owned_sequence(&self, table: &str, column: &str) -> String;

    /// Renames the sequence that a column owns. `table` is a name in SQL.
    fn rename_owned_sequence(&self, table: &str, column: &str, to: &str) -> String;

    /// Renames the constraints that partitions inherit from their table and that still have the name `from`. `table` is
    /// a name in SQL.
    fn rename_in_partitions(&self, table: &str, from: &str, to: &str) -> String;

    /// Continues the sequence of a column after its largest value. `table` and `quoted_column` are names in SQL;
    /// `column` is not quoted.
    fn continue_sequence(&self, table: &str, column: &str, quoted_column: &str) -> String;

    /// Applies a change to every row of a table in batches of `rows` rows, each committed alone.
    ///
    /// `change` is an `UPDATE` that ends with a condition; `table` and the columns of its `key` are names in SQL. The
    /// statement cannot run in a transaction.
    fn in_batches(&self, table: &str, key: &[String], change: &str, rows: u32) -> String;
}
