//! Which executor may run a statement over a table, as traits. `scope` implements them for each of its types.

use super::executor::Executor;

/// An executor that may read rows of `T`: a table, a view, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot read rows of `{T}`",
    label = "cannot read these rows",
    note = "use `db.scope(user_id)` for the rows of one owner, with the key type of the table's owner; use `db.unscoped(\"why\")` for the rows of all owners",
    note = "use `db.unscoped(\"why\")` for an `internal` table"
)]
pub trait CanRead<T>: Executor {}

#[diagnostic::do_not_recommend]
impl<T, E: CanRead<T>> CanRead<Option<T>> for E {}

macro_rules! reaches {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<Ex: $(CanRead<$name> +)*, $($name),*> CanRead<($($name,)*)> for Ex {}
    };
}

reaches!(A B);
reaches!(A B C);
reaches!(A B C D);

/// An executor that may change rows of the table `T`. A [`Db`](crate::Db) can only read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot change rows of `{T}`",
    label = "cannot change these rows",
    note = "use `db.scope(user_id)` for the rows of one owner, with the key type of the table's owner; use `db.unscoped(\"why\")` for the rows of all owners",
    note = "use `db.unscoped(\"why\")` for an `internal` table"
)]
pub trait CanUpdate<T>: Executor {}

/// An executor that may delete rows of the table `T`.
///
/// Rows of every owner may reference shared rows, so a scope cannot delete those.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot delete rows of `{T}`",
    label = "cannot delete these rows",
    note = "use `db.scope(user_id)` for the rows of one owner, with the key type of the table's owner; use `db.unscoped(\"why\")` for a `shared` or `internal` table and for the rows of all owners"
)]
pub trait CanDelete<T>: Executor {}

/// An executor that may add rows to the table `T`: it determines their owner.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot add rows to `{T}`",
    label = "cannot add this row",
    note = "use `db.scope(user_id)` for a row that has an owner, with the key type of the table's owner; the scope fills in the owner",
    note = "use `db.unscoped(\"why\")` for an `internal` table"
)]
pub trait CanInsert<T>: Executor {}
