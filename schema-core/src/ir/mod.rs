//! The owned schema. The wanted one is built from the const model ([`Schema::from_def`]); an inspected one is of the
//! same type. The only place where default names are made.

mod build;
mod constraint;
mod cycles;
mod dependencies;
mod domain;
mod duplicate_routines;
mod duplicate_types;
mod duplicates;
mod error;
mod expansion;
mod expr;
mod exprs;
mod index;
mod monthly;
mod names;
mod partition;
mod policy;
mod role;
mod routine;
mod schema;
mod sequence;
mod sql_type;
mod table;
mod trigger;
mod view;

pub use constraint::{Check, ForeignKey, PrimaryKey, ReferentialAction, Unique};
pub(crate) use dependencies::{Object, lexer, ordered};
pub use domain::Domain;
pub use error::SchemaError;
pub use expansion::{ColumnCopy, Expansion, LeavingColumn};
pub use expr::{Expr, RowOwner};
pub use index::{Index, IndexPart};
pub use monthly::{Month, MonthlyPartitions, PartitionError};
pub use names::{MAX_IDENTIFIER_BYTES, QualifiedName};
pub(crate) use names::{cut, sequence_name};
pub use partition::{Partition, PartitionBound, PartitionBy};
pub use policy::{Policy, RowSecurity};
pub use role::{FutureKind, Grant, GrantObject, Role};
pub use routine::{Argument, Body, FirstStates, RecordChange, Refusal, Returns, Routine};
pub use schema::{EnumType, RenamedLabel, Schema};
pub use sequence::{Extension, Sequence};
pub use sql_type::SqlType;
pub use table::{Column, Table};
pub use trigger::{Trigger, TriggerEvent};
pub use view::{Query, View};
