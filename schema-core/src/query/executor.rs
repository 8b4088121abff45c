use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::stream::BoxStream;
use sqlx::postgres::{PgArguments, PgRow};

use super::argument::Argument;
use super::owner::{AddedUnscoped, InScopeOf, OwnedIn, Shared};
use super::relation::{Meta, Relation};
use crate::ScopeKey;
use crate::error::Error;
use crate::scope::{Begin, Db, Scope, Transaction, Unscoped};

/// A statement that can be run.
#[doc(hidden)]
pub struct Statement {
    /// Shared, so that it can be kept and sent once more.
    pub(crate) text: Arc<String>,
    pub(crate) arguments: PgArguments,
    pub(crate) kind: Kind,
    /// The tables that it names, whose constraints an error may name.
    pub(crate) tables: Tables,
}

impl Statement {
    /// The text, to be looked at.
    pub(crate) fn into_text(self) -> String {
        Arc::unwrap_or_clone(self.text)
    }
}

/// The tables of a statement. Most have one, which needs no list.
pub(crate) enum Tables {
    One([&'static Meta; 1]),
    Several(Vec<&'static Meta>),
}

impl From<&'static Meta> for Tables {
    fn from(table: &'static Meta) -> Self {
        Self::One([table])
    }
}

impl From<Vec<&'static Meta>> for Tables {
    fn from(tables: Vec<&'static Meta>) -> Self {
        Self::Several(tables)
    }
}

impl Deref for Tables {
    type Target = [&'static Meta];

    fn deref(&self) -> &[&'static Meta] {
        match self {
            Self::One(table) => table,
            Self::Several(tables) => tables,
        }
    }
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

/// A statement on its way to the database. Dropped, it is given up.
///
/// It is one type for all executors, so that one that may not run the statement is one error, at the place where it is given.
pub type Running<'e, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'e>>;

/// What is done with each row of a result, in order.
pub(crate) type OnRow<'a> = dyn FnMut(PgRow) -> Result<(), Error> + Send + 'a;

/// What keeps a statement's expressions from the rows of other owners.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The conditions that the statement has: PostgreSQL may ask an expression of a row before it asks these.
    ByPredicates,
    /// Row-level security, which `connect` has seen on every table: PostgreSQL asks the policies first.
    ByDatabase,
}

/// Whose rows a statement means.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Whose<'k> {
    /// Those of the owner of this key.
    Owner(&'k dyn Argument, Held),
    /// Those of all owners.
    Everybody,
    /// No owner's: only what is shared.
    Nobody,
}

impl Whose<'_> {
    /// Whether one owner's rows are meant.
    pub(crate) fn is_owner(self) -> bool {
        matches!(self, Self::Owner(..))
    }
}

/// What runs statements: a [`Scope`], an [`Unscoped`], a [`Transaction`] of either, or, for shared tables, a [`Db`].
pub trait Executor: Send + Sync + sealed::Sealed {
    /// Whose rows are meant.
    #[doc(hidden)]
    fn whose(&self) -> Whose<'_>;

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
    #[cfg(feature = "testing")]
    impl Sealed for crate::testing::Actor {}
}

/// An executor that may read the table, or the tables, `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not reach the rows of `{T}`",
    label = "no row is reached by this",
    note = "rows that have an owner are reached by `db.scope(user_id)`, with the key of the table's owner; those of all owners by `db.unscoped(\"why\")`",
    note = "an `internal` table is reached by `db.unscoped(\"why\")` alone"
)]
pub trait Reaches<T>: Executor {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> Reaches<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> Reaches<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Shared> Reaches<T> for Db {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Reaches<T> + Begin> Reaches<T> for Transaction<E> {}

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

/// An executor that may change and delete rows of the table `T`. A [`Db`] reads alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not change the rows of `{T}`",
    label = "nothing is changed by this",
    note = "rows that have an owner are changed by `db.scope(user_id)`, with the key of the table's owner; those of all owners by `db.unscoped(\"why\")`",
    note = "an `internal` table is changed by `db.unscoped(\"why\")` alone"
)]
pub trait Changes<T>: Executor {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> Changes<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> Changes<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Changes<T> + Begin> Changes<T> for Transaction<E> {}

/// An executor that may delete rows of the table `T`. What is shared hangs together with the rows of every owner, so that a scope
/// takes none of it away.
#[diagnostic::on_unimplemented(
    message = "`{Self}` deletes no rows of `{T}`",
    label = "nothing is deleted by this",
    note = "rows of an owner are deleted by `db.scope(user_id)`, with the key of the table's owner; those of a `shared` or an `internal` table, and those of all owners, by `db.unscoped(\"why\")`"
)]
pub trait Removes<T>: Executor {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: OwnedIn<K>> Removes<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> Removes<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Removes<T> + Begin> Removes<T> for Transaction<E> {}

/// An executor that may add rows to the table `T`: it knows whose they are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` adds no rows to `{T}`",
    label = "no row is added by this",
    note = "a row that needs an owner is added by `db.scope(user_id)`, with the key of the table's owner, which is put into the row",
    note = "a row of an `internal` table is added by `db.unscoped(\"why\")`"
)]
pub trait Stamps<T>: Executor {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> Stamps<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: AddedUnscoped> Stamps<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Stamps<T> + Begin> Stamps<T> for Transaction<E> {}
