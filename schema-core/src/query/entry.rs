//! The functions that begin statements, at the name of a table or a view: `Task::select()`.

use super::expr::Condition;
use super::relation::Relation;
use super::statement::delete::{Delete, Restore};
use super::statement::insert::{Insert, NewRow};
use super::statement::insert_many::{InsertMany, OneOfMany};
use super::statement::keyed::{FindOne, KeyValues, Keyed, key_is};
use super::statement::select::Select;
use super::statement::update::{Many, One, Update};
use super::statement::update_many::UpdateMany;
use crate::model::Table;

/// The statements that begin at a table or a view. Each struct with `#[derive(Table)]` or `#[derive(View)]` has them.
pub trait Queries: Relation {
    /// Reads rows: those that are not deleted and that the executor may reach.
    ///
    /// In a scope these are the owner's rows. Add conditions with [`filter`](Select::filter), joins with
    /// [`join`](Select::join), and run it with [`fetch_all`](Select::fetch_all) or [`fetch_one`](Select::fetch_one).
    ///
    /// ```text
    /// let open = Task::select().filter(|t| t.done.eq(false)).fetch_all(&scope).await?;
    /// ```
    ///
    /// ```sql
    /// SELECT t0.id, t0.title, t0.done FROM tasks AS t0 WHERE t0.user_id = $1 AND t0.done = $2
    /// ```
    fn select() -> Select<Self> {
        Select::new()
    }
}

impl<T: Relation> Queries for T {}

/// The statements that begin at a table. Each struct with `#[derive(Table)]` has them.
pub trait TableQueries: Relation + Table {
    /// Finds one row by its primary key. A row of another owner is not found.
    ///
    /// The key is the value of the primary key's column, or a tuple if the key has several. The scope column is not
    /// part of it, because the scope fills it in.
    ///
    /// ```sql
    /// SELECT .. FROM tasks AS t0 WHERE t0.user_id = $1 AND t0.id = $2
    /// ```
    fn get<K: KeyValues>(key: K) -> FindOne<Self>
    where
        Self: Keyed<K>,
    {
        FindOne::new(key_is(Self::meta(), key))
    }

    /// Adds a row. `new` is the generated struct of the required columns; [`set`](Insert::set) sets further ones.
    ///
    /// The scope column is filled in from the scope that runs the statement.
    ///
    /// ```sql
    /// INSERT INTO tasks AS t0 (user_id, title) VALUES ($1, $2)
    /// ```
    fn insert<N: NewRow<Table = Self>>(new: N) -> Insert<Self> {
        Insert::new(new)
    }

    /// Adds several rows in one statement: see [`InsertMany`].
    fn insert_many<I>(rows: I) -> InsertMany<Self>
    where
        I: IntoIterator,
        I::Item: OneOfMany<Self>,
    {
        InsertMany::new(rows.into_iter())
    }

    /// Changes the row with this primary key; [`set`](Update::set) names the columns.
    ///
    /// A row of another owner is not changed.
    ///
    /// ```sql
    /// UPDATE tasks AS t0 SET title = $1 WHERE t0.user_id = $2 AND t0.id = $3
    /// ```
    fn update<K: KeyValues>(key: K) -> Update<Self, One>
    where
        Self: Keyed<K>,
    {
        Update::by_key(key_is(Self::meta(), key))
    }

    /// Changes all reachable rows for which the condition holds.
    ///
    /// ```sql
    /// UPDATE tasks AS t0 SET done = $1 WHERE t0.user_id = $2 AND t0.title = $3
    /// ```
    fn update_where(condition: impl FnOnce(Self::Fields) -> Condition) -> Update<Self, Many> {
        Update::new(condition(Self::fields(0)))
    }

    /// Changes several rows, each to its own values, in one statement: see [`UpdateMany`].
    ///
    /// ```text
    /// let updates = titles.into_iter().map(|(id, title)| Task::update(id).set(|t| t.title.to(title)));
    /// Task::update_many(updates).execute(&scope).await?;
    /// ```
    fn update_many(updates: impl IntoIterator<Item = Update<Self, One>>) -> UpdateMany<Self> {
        UpdateMany::new(updates.into_iter())
    }

    /// Deletes the row with this primary key. A row of another owner is not deleted.
    ///
    /// If the table has a `deleted_at` column, the row stays and is marked as deleted. [`purge`](Self::purge) removes
    /// it.
    ///
    /// ```sql
    /// DELETE FROM tasks AS t0 WHERE t0.user_id = $1 AND t0.id = $2
    /// ```
    ///
    /// With `deleted_at`:
    ///
    /// ```sql
    /// UPDATE tasks AS t0 SET deleted_at = CURRENT_TIMESTAMP
    /// WHERE t0.user_id = $1 AND t0.deleted_at IS NULL AND t0.id = $2
    /// ```
    fn delete<K: KeyValues>(key: K) -> Delete<Self, One>
    where
        Self: Keyed<K>,
    {
        Delete::soft(key_is(Self::meta(), key)).by_key()
    }

    /// Deletes all reachable rows for which the condition holds, as [`delete`](Self::delete) does.
    fn delete_where(condition: impl FnOnce(Self::Fields) -> Condition) -> Delete<Self, Many> {
        Delete::soft(condition(Self::fields(0)))
    }

    /// Removes the row with this primary key from the table, whether it is marked as deleted or not.
    ///
    /// ```sql
    /// DELETE FROM tasks AS t0 WHERE t0.user_id = $1 AND t0.id = $2
    /// ```
    fn purge<K: KeyValues>(key: K) -> Delete<Self, One>
    where
        Self: Keyed<K>,
    {
        Delete::hard(key_is(Self::meta(), key)).by_key()
    }

    /// Removes all reachable rows for which the condition holds, whether they are marked as deleted or not.
    fn purge_where(condition: impl FnOnce(Self::Fields) -> Condition) -> Delete<Self, Many> {
        Delete::hard(condition(Self::fields(0)))
    }

    /// Restores the deleted row with this primary key: sets `deleted_at` to null.
    ///
    /// ```sql
    /// UPDATE tasks AS t0 SET deleted_at = NULL
    /// WHERE t0.user_id = $1 AND t0.deleted_at IS NOT NULL AND t0.id = $2
    /// ```
    fn restore<K: KeyValues>(key: K) -> Restore<Self>
    where
        Self: Keyed<K>,
    {
        Restore::new(key_is(Self::meta(), key))
    }
}

impl<T: Relation + Table> TableQueries for T {}
