//! The schema as const data: `#[derive(Table)]` emits it as `&'static` values without allocation.
//!
//! The definitions are built by const functions that take and return the value, so that the derive emits only what a
//! table declares.

mod audit;
mod check;
mod column;
pub mod column_kind;
mod default;
mod deferrable;
mod domain;
mod expr;
mod index;
mod isolation;
mod key;
mod name_index;
mod ownership;
mod partition;
mod policy;
mod reference;
mod role;
mod routine;
mod scalar;
mod schema;
mod search;
mod sequence;
mod sql_enum;
mod sql_type;
mod table;
mod table_name;
mod text;
mod transition;
mod trigger;
mod view;
mod volume;

pub use audit::{ACTOR_SETTING, AuditDef, CALLER_SETTING, REASON_SETTING};
pub use check::CheckDef;
pub use column::{Column, ColumnDef, Identity, Immutable, Role};
pub use default::DefaultDef;
pub use deferrable::Deferrable;
pub use domain::{DomainCheckDef, DomainDef};
pub use expr::{BinaryOp, Expr, RowVersion, UnaryOp};
pub use index::{IndexDef, IndexMethod, IndexPart, Nulls, SortOrder};
pub use isolation::{Isolation, RowSecurityDef};
pub use key::{PrimaryKeyDef, UniqueDef};
pub use name_index::name_index;
pub use ownership::Ownership;
pub use partition::{
    MonthlyPartitionsDef, PartitionBound, PartitionByDef, PartitionDef, PartitionStrategy,
};
pub use policy::{PolicyCommand, PolicyDef};
pub use reference::{Action, ForeignKeyDef, ForeignKeyOf, Reference};
pub use role::{GrantDef, GrantOn, Privilege, PrivilegeDef, RoleDef};
pub use routine::{
    ArgumentDef, Language, Returns, Routine, RoutineDef, RoutineKind, TriggerFunction, Volatility,
    returned_as,
};
pub(crate) use scalar::scalar_types;
pub use scalar::{ByteSize, ScalarKind, ScalarType};
pub use schema::{Clock, SchemaDef, UpdatedAtDef};
pub use search::{SearchDef, SearchPart, Weight};
pub use sequence::{ExtensionDef, SequenceDef};
pub use sql_enum::{EnumDef, LabelDef};
pub use sql_type::SqlType;
pub use table::{Table, TableDef};
pub use table_name::TableName;
pub(crate) use text::{hash, holds_text, same_text};
pub use transition::{Transition, TransitionDef, states_after};
pub use trigger::{TriggerDef, TriggerEvent, TriggerLevel, TriggerTiming};
pub use view::{MaterializedView, View, ViewColumnDef, ViewDef};
pub use volume::{VolumeDef, WidthDef};
