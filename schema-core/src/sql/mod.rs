//! The only code that reads and quotes SQL text.
//!
//! - `lexer` finds the tokens. `literal` decodes a string literal. `parts` groups tokens into words and parentheses.
//! - `token` → `parse` → `tree` → `print`: parses an expression or a query into a tree, and prints it again.
//! - `names`, `rename`, `labels` and `qualified` find the names in SQL, and rename them by the scopes of its queries.
//! - `quote` quotes identifiers and string literals.

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
