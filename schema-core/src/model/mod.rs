//! The schema as const data: what `#[derive(Table)]` emits, `&'static` and without allocation.
//!
//! The definitions are built by const functions that take and give back the value, so that the derive emits no more than
//! what a table says.

mod check;
mod column;
mod expr;
mod index;
mod key;
mod name_index;
mod ownership;
mod partition;
mod reference;
mod schema;
mod sql_enum;
mod sql_type;
mod table;

pub use check::CheckDef;
pub use column::{Column, ColumnDef, DefaultDef, Identity, Role};
pub use expr::{BinaryOp, Expr, UnaryOp};
pub use index::{IndexDef, IndexMethod, IndexPart, Nulls, SortOrder};
pub use key::{PrimaryKeyDef, UniqueDef};
pub use name_index::name_index;
pub use ownership::Ownership;
pub use partition::{PartitionBound, PartitionByDef, PartitionDef, PartitionStrategy};
pub use reference::{Action, Deferrable, ForeignKeyDef, ForeignKeyOf, Reference};
pub use schema::{Clock, SchemaDef, UpdatedAtDef};
pub use sql_enum::{EnumDef, LabelDef};
pub use sql_type::{ScalarType, SqlType};
pub use table::{Table, TableDef, TableName};
pub(crate) use table::{hash, holds_text, same_text};
