//! The syntax tree of an item and its attributes, with the span of each word.

mod column;
mod constraint;
mod domain;
mod expr;
mod index;
mod key;
mod partition;
mod policy;
mod routine;
mod schema;
mod search;
mod sql_enum;
mod table;
mod text;
mod transition;
mod trigger;
mod view;
mod volume;

pub(crate) use column::{Column, Identity, Role, RoleKind, SqlType, SqlTypeArguments};
pub(crate) use constraint::{Action, Check, Deferrable, ForeignKey, PrimaryKey, Target, Unique};
pub(crate) use domain::Domain;
pub(crate) use expr::{Expr, RowVersion, Valued};
pub(crate) use index::{Index, IndexPart};
pub(crate) use key::Key;
pub(crate) use partition::{MonthlyPartitions, Months, Partition, PartitionBound, PartitionBy};
pub(crate) use policy::Policy;
pub(crate) use routine::{Language, Output, Returns, Routine, RoutineKind, SecurityDefiner, Typed};
pub(crate) use schema::{
    Audit, DatabaseRole, Extension, Grant, GrantOn, Isolation, Names, Number, Privilege,
    RowSecurity, Schema, Sequence, UpdatedAt,
};
pub(crate) use search::{Search, SearchPart};
pub(crate) use sql_enum::{Label, OtherVariant, SqlEnum};
pub(crate) use table::{Ownership, Table};
pub(crate) use text::{Source, Text, unraw};
pub(crate) use transition::{Step, Transitions};
pub(crate) use trigger::{Event, Trigger};
pub(crate) use view::{Switch, View};
pub(crate) use volume::{Volume, Width};
