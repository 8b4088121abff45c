//! SQL as text: its tokens, the names in it, and what a rename makes of it.

mod escape;
pub(crate) mod lexer;
pub(crate) mod literal;
mod names;
mod qualified;
mod rename;
mod scopes;

pub(crate) use names::{called, calls, casts_to_array, mentions, name_of};
pub(crate) use qualified::without_table;
pub(crate) use rename::{ColumnRename, OtherTable, TableRename};
pub(crate) use scopes::Target;
