//! Tokens → [`ast`](crate::ast): what is written, with its place. No rules, no quoting.

mod column;
mod constraint;
mod derive_input;
mod docs;
mod expr;
mod foreign_key;
mod index;
mod key;
mod meta;
mod partition;
mod parts;
mod policy;
mod schema;
mod search;
mod sql_enum;
mod sql_type;
mod table;
mod transition;
mod trigger;
mod value;
mod valued;

pub(crate) use key::key;
pub(crate) use schema::schema;
pub(crate) use sql_enum::sql_enum;
pub(crate) use table::table;
