//! SQL as text: the one place that reads and quotes it.
//!
//! - `lexer` finds the tokens; `literal` decodes a text; `parts` gives words and parentheses.
//! - `token` → `parse` → `tree` → `print`: an expression or a query as a tree, and as text again.
//! - `names`, `rename`, `labels` and `qualified` find what SQL names, and change it by its scopes.
//! - `quote` writes identifiers and texts.

mod escape;
mod keywords;
pub mod labels;
pub mod lexer;
pub mod literal;
pub(crate) mod name;
mod names;
pub(crate) mod number;
pub(crate) mod parse;
pub mod parts;
pub(crate) mod print;
mod qualified;
pub mod quote;
mod rename;
mod scopes;
pub(crate) mod token;
pub(crate) mod tree;
mod walk;

pub use names::{
    called, calls, casts_to_array, ends_in_comment, first_word, has_text, listed_texts, mentions,
    search_path, texts,
};
pub(crate) use qualified::without_table;
pub use rename::{ColumnRename, OtherTable, TableRename};
pub use scopes::Target;
