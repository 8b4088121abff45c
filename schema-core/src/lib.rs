//! The core of `freehold`: the schema model, its rules and its DDL printer.
//!
//! Data flows one way: const [`model`] (what the derive emits) → owned [`ir`] → [`ddl`].
//! The [`rules`] read the model, in `schema!` at compile time and in [`SchemaDef::validate`] at run time.
//!
//! Use the crate `freehold`, which gives this out together with the derive macros.

mod macros;
mod message;

#[cfg(feature = "postgres")]
pub mod call;
#[cfg(feature = "cli")]
pub mod cli;
pub mod ddl;
pub mod diff;
#[cfg(feature = "postgres")]
pub mod drift;
#[cfg(feature = "postgres")]
pub mod error;
pub mod expand;
#[cfg(feature = "postgres")]
pub mod inspect;
pub mod ir;
#[cfg(feature = "lint")]
pub mod lint;
pub mod migrate;
pub mod model;
pub mod normal;
pub mod plan;
#[cfg(feature = "postgres")]
pub mod query;
pub mod rules;
#[cfg(any(feature = "lint", all(feature = "migrate", feature = "postgres")))]
mod sarif;
#[cfg(feature = "postgres")]
pub mod scope;
pub mod sql;
#[cfg(feature = "testing")]
pub mod testing;
pub mod types;
#[cfg(feature = "postgres")]
mod wire;

pub use ddl::{DdlFile, Dialect, Postgres};
pub use ir::{Month, PartitionError, Schema, SchemaError};
pub use message::Message;
pub use model::{
    Column, MaterializedView, Routine, SchemaDef, Table, TableDef, TriggerFunction, View,
};
pub use rules::{Rule, Violation};
pub use types::{Domain, Key, Newtype, SqlEnum, SqlValue, TsVector};

#[cfg(feature = "json")]
pub use types::Json;

#[cfg(feature = "postgres")]
pub use call::{Call, Refresh};
#[cfg(feature = "postgres")]
pub use error::Error;
#[cfg(feature = "postgres")]
pub use inspect::inspect;
#[cfg(feature = "postgres")]
pub use scope::{Db, Scope, ScopeKey, Transaction, Unscoped};
#[cfg(feature = "postgres")]
pub use wire::{Cells, ColumnValue, EncodeError, ReadError};

#[cfg(feature = "postgres")]
#[doc(hidden)]
pub use ::sqlx as __sqlx;
#[cfg(feature = "postgres")]
#[doc(hidden)]
pub use types::sqlx_values as __sqlx_values;

/// The form in which schemas are compared, for the tests that ask a server what it prints. Not part of the interface.
#[doc(hidden)]
pub mod __normal {
    use crate::Schema;
    use crate::normal;

    /// The canonical text of an SQL expression.
    pub fn expression(sql: &str) -> String {
        normal::expression(sql)
    }

    /// The canonical text of a condition over the rows of the first table.
    pub fn condition(tables: &[crate::ir::Table], sql: &str) -> String {
        normal::condition(tables, sql)
    }

    /// The schema in its normal form.
    pub fn schema(schema: &Schema) -> Schema {
        normal::schema(schema)
    }
}

/// The crates whose types stand in columns, in the versions that this crate knows.
pub mod reexport {
    #[cfg(feature = "chrono")]
    pub use ::chrono;
    #[cfg(feature = "decimal")]
    pub use ::rust_decimal;
    #[cfg(feature = "json")]
    pub use ::serde_json;
    #[cfg(feature = "uuid")]
    pub use ::uuid;
}
