//! Tokens → [`ast`](crate::ast): what is written, with its spans. No rules, no quoting.

mod allow;
mod column;
mod constraint;
mod derive_input;
mod docs;
mod domain;
mod expr;
mod foreign_key;
mod index;
mod key;
mod meta;
mod partition;
mod parts;
mod policy;
mod routine;
mod schema;
mod search;
mod source;
mod sql_enum;
mod sql_type;
mod table;
mod transition;
mod trigger;
mod typed;
mod value;
mod valued;
mod view;
mod volume;

pub(crate) use domain::domain;
pub(crate) use key::key;
pub(crate) use routine::routine;
pub(crate) use schema::schema;
pub(crate) use sql_enum::sql_enum;
pub(crate) use table::table;
pub(crate) use view::view;
