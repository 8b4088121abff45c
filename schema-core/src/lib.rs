//! The core of `freehold`: the schema model, its rules, its DDL printer and, with the feature `postgres`, typed
//! queries.
//!
//! Data flows one way: const [`model`], which the derives emit → owned [`ir`] → [`ddl`]. The [`rules`] check the model:
//! in `schema!` at compile time, and in [`SchemaDef::validate`] at run time.
//!
//! With the feature `postgres`, `query` builds statements, `scope` runs them for an owner, and `error` has their
//! errors.
//!
//! Use the crate `freehold`, which re-exports this crate together with the derive macros. The modules [`sql`],
//! [`normal`] and `catalog` are for Freehold's tools (`freehold-schema-migrate` and the crates that depend on it) and
//! change without notice.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod macros;
mod message;

#[cfg(feature = "postgres")]
pub mod call;
#[cfg(feature = "postgres")]
pub mod catalog;
pub mod ddl;
#[cfg(feature = "postgres")]
pub mod error;
pub mod ir;
pub mod model;
pub mod normal;
#[cfg(feature = "postgres")]
pub mod query;
pub mod rules;
#[cfg(feature = "postgres")]
pub mod scope;
#[cfg(feature = "seed")]
pub mod seed;
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
pub use scope::{Db, Scope, ScopeKey, Transaction, Unscoped};
#[cfg(feature = "postgres")]
pub use wire::{ColumnValue, EncodeError, ReadError, RowReader};

#[cfg(feature = "postgres")]
#[doc(hidden)]
pub use ::sqlx as __sqlx;
#[cfg(feature = "postgres")]
#[doc(hidden)]
pub use types::sqlx_values as __sqlx_values;

/// The normal form in which schemas are compared, for tests that compare it with a server's output. Not public API.
#[doc(hidden)]
pub mod __normal {
    use crate::Schema;
    use crate::normal;

    /// The normal form of an SQL expression, as text.
    pub fn expression(sql: &str) -> String {
        normal::expression(sql)
    }

    /// The normal form of a condition over the rows of the first table, as text.
    pub fn condition(tables: &[crate::ir::Table], sql: &str) -> String {
        normal::condition(tables, sql)
    }

    /// The schema in its normal form.
    pub fn schema(schema: &Schema) -> Schema {
        normal::schema(schema)
    }
}

/// The crates whose types can be columns, in the versions that this crate uses.
pub mod reexport {
    #[cfg(feature = "chrono")]
    pub use ::chrono;
    #[cfg(feature = "decimal")]
    pub use ::rust_decimal;
    #[cfg(feature = "json")]
    pub use ::serde_json;
    #[cfg(feature = "postgres")]
    pub use ::sqlx;
    #[cfg(feature = "uuid")]
    pub use ::uuid;
}
