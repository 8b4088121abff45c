//! The owned schema. The wanted one is built from the const model ([`Schema::from_def`]); an inspected one will be of the
//! same type. The only place where default names are made.

mod build;
mod constraint;
mod duplicates;
mod error;
mod expr;
mod index;
mod names;
mod partition;
mod schema;
mod sql_type;
mod table;

pub use constraint::{Check, ForeignKey, PrimaryKey, ReferentialAction, Unique};
pub use error::SchemaError;
pub use expr::{Expr, RowOwner};
pub use index::{Index, IndexPart};
pub use names::{MAX_IDENTIFIER_BYTES, QualifiedName};
pub use partition::{Partition, PartitionBound, PartitionBy};
pub use schema::{EnumType, Schema, TriggerFunction};
pub use sql_type::SqlType;
pub use table::{Column, Table, Trigger};
