use std::borrow::Cow;

use crate::ir::{SqlType, TriggerFunction};
use crate::model::BinaryOp;

/// What differs from one database to the next. [`Postgres`](super::Postgres) is the first.
pub trait Dialect {
    /// Whether an identifier of this word has to be quoted.
    fn is_reserved(&self, word: &str) -> bool;

    /// A text literal.
    fn text(&self, text: &str) -> String;

    /// The name of a type.
    fn type_name(&self, sql_type: &SqlType) -> Cow<'static, str>;

    /// The name of a type whose values the database counts up, for a column of `sql_type`.
    fn serial_name(&self, sql_type: &SqlType) -> Cow<'static, str>;

    /// An operator between two operands.
    fn operator(&self, op: BinaryOp) -> &'static str;

    /// The statement that makes a trigger function; `body` is what it does with the row.
    fn create_trigger_function(&self, function: &TriggerFunction, name: &str, body: &str)
    -> String;
}
