//! What a statement may do with a column beside reading it. The derive puts the kind into the column's type, so that
//! rustc reports a setter that must not exist at the column's name.

use core::marker::PhantomData;

/// A column that an insert sets and an update may change.
#[derive(Debug)]
pub enum Free {}

/// A column that an insert sets and no update changes.
///
/// It is `immutable` or `created_at`, part of the key, or decides who owns the row.
#[derive(Debug)]
pub enum InsertOnly {}

/// A column that the database or Freehold sets: the scope, a generated or counted column, `updated_at`, `deleted_at`.
#[derive(Debug)]
pub enum Fixed {}

/// A column of type `json`, which PostgreSQL cannot compare; otherwise it is a `K`.
#[derive(Debug)]
pub struct Document<K>(PhantomData<fn() -> K>);

/// A kind of column that PostgreSQL can compare: all but those of type `json`.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL does not compare `json`",
    label = "values of type `json` cannot be compared or sorted",
    note = "store it as `jsonb`: remove `json` from `#[column(..)]`; `Value` and `Json<..>` are `jsonb` by default"
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

/// A column that references a row of `Target`; otherwise it is a `K`.
#[derive(Debug)]
pub struct To<Target, K>(PhantomData<fn() -> (Target, K)>);

/// A column at index `POSITION` of its table that is part of a foreign key of several columns; otherwise it is a `K`.
#[derive(Debug)]
pub struct Part<const POSITION: u16, K>(PhantomData<fn() -> K>);
