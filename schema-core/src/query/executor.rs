use std::future::Future;

use futures_util::stream::BoxStream;
use sqlx::postgres::{PgArguments, PgRow};

use super::argument::Argument;
use super::owner::{OwnedBy, Owner, Shared, Through, Users};
use super::relation::{Meta, Relation};
use crate::error::Error;
use crate::scope::{Begin, Db, Scope, Transaction, Unscoped};

/// A statement that can be run.
#[doc(hidden)]
pub struct Statement {
    pub(crate) text: String,
    pub(crate) arguments: PgArguments,
    pub(crate) kind: Kind,
    /// The tables that it names, whose constraints an error may name.
    pub(crate) tables: Vec<&'static Meta>,
}

/// Whether what a statement does has to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It only reads: its transaction is rolled back, which nobody waits for.
    Read,
    /// It writes: its transaction is committed.
    Write,
    /// SQL of somebody's own: it may write, and it may have changed whose rows are meant.
    Raw,
}

/// What is done with each row of a result, in order.
pub(crate) type OnRow<'a> = dyn FnMut(PgRow) -> Result<(), Error> + Send + 'a;

/// What runs statements: a [`Scope`], an [`Unscoped`], a [`Transaction`] of either, or, for shared tables, a [`Db`].
pub trait Executor: Send + Sync + sealed::Sealed {
    /// The key of the owner whose rows are meant.
    #[doc(hidden)]
    fn key(&self) -> Option<&dyn Argument>;

    /// Runs a statement. Gives back how many rows it changed.
    #[doc(hidden)]
    fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> impl Future<Output = Result<u64, Error>> + Send + 'a;

    /// Runs a statement whose rows come one by one.
    #[doc(hidden)]
    fn stream(&self, statement: Statement) -> BoxStream<'_, Result<PgRow, Error>>;
}

mod sealed {
    use super::{Db, Scope, Transaction, Unscoped};

    pub trait Sealed {}

    impl<K> Sealed for Scope<K> {}
    impl Sealed for Unscoped {}
    impl Sealed for Db {}
    impl<E> Sealed for Transaction<E> {}
}

/// An executor that may touch tables whose rows are `O`'s.
pub trait Permits<O>: Executor {}

impl<K: crate::ScopeKey> Permits<OwnedBy<K>> for Scope<K> {}
impl<K: crate::ScopeKey> Permits<Users<K>> for Scope<K> {}
impl<K: crate::ScopeKey> Permits<Shared> for Scope<K> {}
impl<K> Permits<OwnedBy<K>> for Unscoped {}
impl<K> Permits<Users<K>> for Unscoped {}
impl Permits<Shared> for Unscoped {}
impl Permits<Shared> for Db {}
impl<K, E: Permits<OwnedBy<K>> + Begin> Permits<OwnedBy<K>> for Transaction<E> {}
impl<K, E: Permits<Users<K>> + Begin> Permits<Users<K>> for Transaction<E> {}
impl<E: Permits<Shared> + Begin> Permits<Shared> for Transaction<E> {}
impl<P: Relation, E> Permits<Through<P>> for E
where
    P::Owner: Owner,
    E: Permits<<P::Owner as Owner>::Inside>,
{
}

/// An executor that may touch the table, or the tables, `T`.
#[diagnostic::on_unimplemented(
    message = "the rows of `{T}` have an owner, and `{Self}` does not say which",
    label = "no owner's rows are meant here",
    note = "write `db.scope(user_id)` and run it by that, with the key of the table's owner; for work over all owners write `db.unscoped(\"why\")`"
)]
pub trait Reaches<T>: Executor {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Permits<T::Owner>> Reaches<T> for E {}

#[diagnostic::do_not_recommend]
impl<T, E: Reaches<T>> Reaches<Option<T>> for E {}

macro_rules! reaches {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<Ex: $(Reaches<$name> +)*, $($name),*> Reaches<($($name,)*)> for Ex {}
    };
}

reaches!(A B);
reaches!(A B C);
reaches!(A B C D);

/// An executor that may add rows whose owner is `O`: it has to know which.
pub trait Writes<O>: Executor {}

impl<K: crate::ScopeKey> Writes<OwnedBy<K>> for Scope<K> {}
impl<K: crate::ScopeKey> Writes<Users<K>> for Scope<K> {}
impl<K: crate::ScopeKey> Writes<Shared> for Scope<K> {}
impl<K> Writes<Users<K>> for Unscoped {}
impl Writes<Shared> for Unscoped {}
impl<K, E: Writes<OwnedBy<K>> + Begin> Writes<OwnedBy<K>> for Transaction<E> {}
impl<K, E: Writes<Users<K>> + Begin> Writes<Users<K>> for Transaction<E> {}
impl<E: Writes<Shared> + Begin> Writes<Shared> for Transaction<E> {}
impl<P: Relation, E> Writes<Through<P>> for E
where
    P::Owner: Owner,
    E: Writes<<P::Owner as Owner>::Inside>,
{
}

/// An executor that may add rows to the table `T`.
#[diagnostic::on_unimplemented(
    message = "a new row of `{T}` needs an owner, and `{Self}` does not say which",
    label = "no owner to stamp on the row",
    note = "write `db.scope(user_id)` and run it by that, with the key of the table's owner"
)]
pub trait Stamps<T>: Executor {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Writes<T::Owner>> Stamps<T> for E {}
