//! Updates and deletions that return some columns of the rows that they change.

use core::marker::PhantomData;

use super::delete::Delete;
use super::project::{Projection, nodes};
use super::update::{Many, One, Update};
use super::write::Returned;
use crate::error::Error;
use crate::query::access::{CanDelete, CanUpdate};
use crate::query::executor::{Executor, Running, collect, not_found};
use crate::query::node::Node;
use crate::query::relation::Relation;

/// An update or a deletion that returns some columns or expressions of each row: `RETURNING ..`.
///
/// [`Update::returning`] and [`Delete::returning`] return it.
///
/// ```sql
/// UPDATE tasks AS t0 SET done = $1 WHERE t0.user_id = $2 AND t0.project_id = $3 RETURNING t0.id, t0.title
/// ```
#[must_use = "a statement does nothing until it is run"]
pub struct Returning<W, P> {
    write: W,
    columns: Vec<Node>,
    projection: PhantomData<fn() -> P>,
}

impl<W, P> Returning<W, P> {
    pub(in crate::query) fn write(&self) -> &W {
        &self.write
    }
}

impl<W, P: Projection> Returning<W, P> {
    fn new(write: W, columns: P) -> Self {
        Self {
            write,
            columns: nodes(columns),
            projection: PhantomData,
        }
    }
}

impl<T: Relation, Count: 'static> Update<T, Count> {
    /// Returns only some columns or expressions of the changed rows, as they are after the change.
    ///
    /// ```text
    /// Task::update_where(|t| t.done.eq(false)).set(|t| t.done.to(true)).returning(|t| (t.id, t.title))
    /// ```
    pub fn returning<P: Projection>(
        self,
        columns: impl FnOnce(T::Fields) -> P,
    ) -> Returning<Self, P> {
        Returning::new(self, columns(T::fields(0)))
    }
}

impl<T: Relation, Count: 'static> Delete<T, Count> {
    /// Returns some columns or expressions of the deleted rows.
    ///
    /// ```text
    /// Task::delete_where(|t| t.done.eq(true)).returning(|t| t.title)
    /// ```
    pub fn returning<P: Projection>(
        self,
        columns: impl FnOnce(T::Fields) -> P,
    ) -> Returning<Self, P> {
        Returning::new(self, columns(T::fields(0)))
    }
}

impl<T: Relation, Count: 'static, P: Projection> Returning<Update<T, Count>, P> {
    async fn rows<E: Executor>(self, executor: &E) -> Result<Vec<P::Row>, Error> {
        let returned = Returned::Columns(&self.columns);
        let statement = self.write.returning_statement(executor, returned)?;
        let rows = collect(executor, statement, P::read).await?;
        if rows.is_empty() {
            self.write.refuse_unreachable(executor).await?;
        }
        Ok(rows)
    }
}

impl<T: Relation, Count: 'static, P: Projection> Returning<Delete<T, Count>, P> {
    async fn rows<E: Executor>(self, executor: &E) -> Result<Vec<P::Row>, Error> {
        let returned = Returned::Columns(&self.columns);
        let statement = self.write.returning_statement(executor, returned)?;
        collect(executor, statement, P::read).await
    }
}

macro_rules! verbs {
    ($($write:ident: $access:ident),*) => { $(
        impl<T: Relation, P: Projection> Returning<$write<T, Many>, P> {
            /// Changes or deletes the rows, and returns the values of each.
            ///
            /// # Errors
            ///
            /// Those of the statement without `returning`.
            pub fn fetch_all<E: $access<T>>(self, executor: &E) -> Running<'_, Vec<P::Row>> {
                Box::pin(async move { self.rows(executor).await })
            }
        }

        impl<T: Relation, P: Projection> Returning<$write<T, One>, P> {
            /// Changes or deletes the row, and returns its values.
            ///
            /// # Errors
            ///
            /// [`Error::NotFound`] if the row does not exist or belongs to another owner, and those of the statement
            /// without `returning`.
            pub fn fetch_one<E: $access<T>>(self, executor: &E) -> Running<'_, P::Row> {
                Box::pin(async move {
                    let row = self.rows(executor).await?.into_iter().next();
                    row.ok_or_else(|| not_found(T::meta()))
                })
            }

            /// Changes or deletes the row, and returns its values, or `None` if it does not exist or belongs to another
            /// owner.
            ///
            /// # Errors
            ///
            /// Those of the statement without `returning`.
            pub fn fetch_optional<E: $access<T>>(self, executor: &E) -> Running<'_, Option<P::Row>> {
                Box::pin(async move { Ok(self.rows(executor).await?.into_iter().next()) })
            }
        }
    )* };
}

verbs!(Update: CanUpdate, Delete: CanDelete);
