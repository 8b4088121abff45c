//! What a statement may do with a column beside reading it. The derive says it in the type of the column, so that a setter that
//! must not be there is rustc's error at the column's name.

use core::marker::PhantomData;

/// A column that an insert sets and an update may change.
#[derive(Debug)]
pub enum Free {}

/// A column that an insert sets and no update changes: it is `immutable` or `created_at`, part of the key, or what the row's owner
/// hangs on.
#[derive(Debug)]
pub enum InsertOnly {}

/// A column that the database or this crate sets: the scope, a generated or counted column, `updated_at`, `deleted_at`.
#[derive(Debug)]
pub enum Fixed {}

/// A column of `json`, which PostgreSQL has no comparison for, and which is a `K` otherwise.
#[derive(Debug)]
pub struct Document<K>(PhantomData<fn() -> K>);

/// A kind of column that PostgreSQL compares: all but those of `json`.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL does not compare `json`",
    label = "no value of this column equals, contains or comes before another",
    note = "store it as `jsonb`: leave `json` out of `#[column(..)]`, and the values of `Value` and `Json<..>` are `jsonb`"
)]
pub trait Compared {}

#[diagnostic::do_not_recommend]
impl Compared for Free {}
#[diagnostic::do_not_recommend]
impl Compared for InsertOnly {}
#[diagnostic::do_not_recommend]
impl Compared for Fixed {}
#[diagnostic::do_not_recommend]
impl<Target, K: Compared> Compared for To<Target, K> {}
#[diagnostic::do_not_recommend]
impl<const POSITION: u16, K: Compared> Compared for Part<POSITION, K> {}

/// A column that references a row of `Target`, and is a `K` otherwise.
#[derive(Debug)]
pub struct To<Target, K>(PhantomData<fn() -> (Target, K)>);

/// A column that is the one at `POSITION` of its table and part of a foreign key of several columns, and is a `K` otherwise.
#[derive(Debug)]
pub struct Part<const POSITION: u16, K>(PhantomData<fn() -> K>);
