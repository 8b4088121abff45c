//! Typed statements over the tables of a schema.
//!
//! Closures over a table's columns build a statement. It is printed in a dialect with every value bound, and a
//! [`Scope`](crate::Scope) or another executor runs it. Statements begin at a table: see [`Queries`] and
//! [`TableQueries`].
//!
//! A statement does not know its owner until it is run. Then each table in it, under each of its aliases, gets the
//! scope filter (`scope_filter`): the condition that limits it to the rows that the executor may reach.
//!
//! `scripts/layers.txt` holds the order of the files: values and tables, expressions over them, the writer of SQL, the
//! executors, and above these the statements, each in its own file in `statement`.

mod access;
mod aggregate;
mod argument;
mod assignment;
mod autoref;
mod column_text;
mod debug;
mod entry;
mod executor;
mod explain;
mod expr;
mod join_key;
mod leakproof;
mod meta;
mod nested;
mod new_values;
mod node;
mod operand;
mod order;
mod owner;
mod related;
mod relation;
mod row_filter;
mod scope_filter;
mod sources;
mod statement;
mod subquery;
mod text_cache;
mod visibility;
mod writer;

pub use access::{CanDelete, CanInsert, CanRead, CanUpdate};
pub use aggregate::count;
pub use assignment::{Assign, Assigned, Assignment, Assignments};
pub use entry::{Queries, TableQueries};
pub use executor::{Executor, Running};
pub(crate) use executor::{Kind, OnRow, Statement, Tables, sealed};
pub use expr::{Condition, Expr};
pub use join_key::{JoinKey, JoinKeyClosure};
pub use meta::Meta;
pub use operand::{Base, Operand};
pub use order::{Order, OrderTerms};
pub use owner::{AddedUnscoped, InScopeOf, OwnedIn, Shared};
pub use related::{Related, RelatedRows};
pub use relation::{ColumnsOf, Relation};
pub use sources::{Outer, Source, Sources};
pub use statement::delete::{Delete, Restore};
pub use statement::insert::{Insert, NewRow};
pub use statement::insert_many::{InsertMany, OneOfMany};
pub use statement::join::JoinWith;
pub use statement::keyed::{FindOne, KeyValues, Keyed, find, find_one};
pub use statement::load::{Children, FindWithChildren, Load, Parent, WithChildren};
pub use statement::page::{Cursor, Page, Paged};
pub use statement::project::{Group, Grouped, Projected, Projection};
pub use statement::raw::{FromRow, Sql};
pub use statement::returning::Returning;
pub use statement::select::Select;
pub use statement::update::{Many, One, Update};
pub use statement::update_many::UpdateMany;
pub use statement::upsert::{ConflictColumns, OnConflict, Upsert};
pub use statement::upsert_many::{OnConflictOfMany, UpsertMany};
pub use subquery::OneColumn;
pub use visibility::{Enforcement, Visibility};

pub use crate::error::cursor::CursorError;

pub(crate) use argument::scope_key;
pub(crate) use column_text::argument_type;
#[cfg(feature = "testing")]
pub(crate) use column_text::without_length;
#[cfg(feature = "testing")]
pub(crate) use join_key::{Reference, matching};
#[cfg(any(feature = "seed", feature = "testing"))]
pub(crate) use node::Node;
#[cfg(feature = "seed")]
pub(crate) use node::excluded;
#[cfg(feature = "seed")]
pub(crate) use statement::conflict::Conflict;
#[cfg(feature = "testing")]
pub(crate) use subquery::{Join, Subquery};

#[doc(hidden)]
pub use argument::{Argument, value};
#[doc(hidden)]
pub use autoref::{Comparable, ReadTyped, Typed, TypedValue, Untyped, compared, unread};
#[doc(hidden)]
pub use join_key::HasForeignKey;
#[doc(hidden)]
pub use new_values::NewValues;
