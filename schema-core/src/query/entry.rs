//! Where statements begin: at the name of a table or a view.

use super::expr::Condition;
use super::relation::Relation;
use super::statement::delete::{Delete, Restore};
use super::statement::insert::{Insert, NewRow};
use super::statement::insert_many::{InsertMany, OneOfMany};
use super::statement::keyed::{FindOne, KeyValues, Keyed, key_is};
use super::statement::select::Select;
use super::statement::update::{Many, One, Update};
use crate::model::Table;

/// The statements that begin at a table or a view.
pub trait Queries: Relation {
    /// Its rows: those that are not deleted, and of these all that can be reached.
    ///
    /// ```sql
    /// SELECT .. FROM tasks AS t0 WHERE t0.user_id = $1
    /// ```
    fn select() -> Select<Self> {
        Select::new()
    }
}

impl<T: Relation> Queries for T {}

/// The statements that begin at a table.
pub trait TableQueries: Relation + Table {
    /// The row of this key, where it can be reached.
    fn get<K: KeyValues>(key: K) -> FindOne<Self>
    where
        Self: Keyed<K>,
    {
        FindOne::new(key_is(Self::meta(), key))
    }

    /// Adds a row.
    fn insert<N: NewRow<Table = Self>>(new: N) -> Insert<Self> {
        Insert::new(new)
    }

    /// Adds rows, all in one statement.
    fn insert_many<I>(rows: I) -> InsertMany<Self>
    where
        I: IntoIterator,
        I::Item: OneOfMany<Self>,
    {
        InsertMany::new(rows.into_iter())
    }

    /// Changes the row of this key, where it can be reached.
    fn update<K: KeyValues>(key: K) -> Update<Self, One>
    where
        Self: Keyed<K>,
    {
        Update::by_key(key_is(Self::meta(), key))
    }

    /// Changes the rows for which the condition holds.
    fn update_where(condition: impl FnOnce(Self::Fields) -> Condition) -> Update<Self, Many> {
        Update::new(condition(Self::fields(0)))
    }

    /// Deletes the row of this key, where it can be reached. Where the table has a `deleted_at` the row stays, and is marked.
    fn delete<K: KeyValues>(key: K) -> Delete<Self>
    where
        Self: Keyed<K>,
    {
        Delete::soft(key_is(Self::meta(), key)).by_key()
    }

    /// Deletes the rows for which the condition holds, as [`delete`](Self::delete) does.
    fn delete_where(condition: impl FnOnce(Self::Fields) -> Condition) -> Delete<Self> {
        Delete::soft(condition(Self::fields(0)))
    }

    /// Takes the row of this key out of the table, deleted before or not.
    fn purge<K: KeyValues>(key: K) -> Delete<Self>
    where
        Self: Keyed<K>,
    {
        Delete::hard(key_is(Self::meta(), key)).by_key()
    }

    /// Takes the rows for which the condition holds out of the table, deleted before or not.
    fn purge_where(condition: impl FnOnce(Self::Fields) -> Condition) -> Delete<Self> {
        Delete::hard(condition(Self::fields(0)))
    }

    /// Brings the deleted row of this key back.
    fn restore<K: KeyValues>(key: K) -> Restore<Self>
    where
        Self: Keyed<K>,
    {
        Restore::new(key_is(Self::meta(), key))
    }
}

impl<T: Relation + Table> TableQueries for T {}
