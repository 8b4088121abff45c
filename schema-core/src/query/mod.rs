//! Typed statements over the tables of a schema: built by closures over their columns, printed in a dialect with every value
//! bound, and run by a [`Scope`](crate::Scope), which adds whose rows are meant.
//!
//! A statement knows nothing of users until it is run. Then each table in it, by each of its names, gets the condition that
//! holds it to the rows that can be reached (`reach`).

mod aggregate;
mod along;
mod argument;
mod assignment;
mod column_text;
mod delete;
mod executor;
mod explain;
mod expr;
mod filter;
mod guard;
mod insert;
mod insert_many;
mod join;
mod kept;
mod keyed;
mod keyset;
mod load;
mod new_values;
mod node;
mod operand;
mod order;
mod over_all;
mod owner;
mod page;
mod project;
mod raw;
mod reach;
mod references;
mod relation;
mod row_key;
mod select;
mod sources;
mod typed;
mod update;
mod upsert;
mod writer;

pub use aggregate::count;
pub use along::{Along, ClosureAlong};
pub use assignment::{Assign, Assigned, Assignment, Assignments};
pub use delete::{Delete, Restore};
pub use executor::{Changes, Executor, Held, Reaches, Removes, Running, Stamps, Whose};
pub(crate) use executor::{Kind, OnRow, Statement, Tables};
pub use expr::{Condition, Expr};
pub use insert::{Insert, NewRow};
pub use insert_many::{InsertMany, OneOfMany};
pub use join::JoinWith;
pub use keyed::{FindOne, KeyValues, Keyed, find, find_one};
pub use load::{Children, FindWithChildren, Load, Parent, WithChildren};
pub use operand::{Base, Operand};
pub use order::{Order, OrderTerms};
pub use owner::{AddedUnscoped, InScopeOf, OwnedIn, Shared};
pub use page::{Cursor, CursorError, Page, Paged};
pub use project::{Group, Grouped, Projected, Projection};
pub use raw::{FromCells, Sql};
pub use relation::{Meta, Queries, Relation, TableQueries};
pub use select::Select;
pub use sources::{Outer, Source, Sources};
pub use update::{Many, One, Update};
pub use upsert::{ConflictColumns, OnConflict, Upsert};

#[cfg(feature = "testing")]
pub(crate) use along::{Reference, matching};
#[cfg(feature = "testing")]
pub(crate) use column_text::without_length;
#[cfg(feature = "testing")]
pub(crate) use join::Join;
#[cfg(feature = "testing")]
pub(crate) use node::Node;

#[doc(hidden)]
pub use along::HasForeignKey;
#[doc(hidden)]
pub use argument::{Argument, value};
#[doc(hidden)]
pub use new_values::NewValues;
#[doc(hidden)]
pub use typed::{Comparable, ReadTyped, Typed, TypedValue, Untyped, compared, unread};
