//! Which executor may run a statement over a table, as traits. `scope` implements them for each of its types.

use super::executor::Executor;

/// An executor that may read rows of `T`: a table, a view, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not reach the rows of `{T}`",
    label = "no row is reached by this",
    note = "rows that have an owner are reached by `db.scope(user_id)`, with the key of the table's owner; those of all owners by `db.unscoped(\"why\")`",
    note = "an `internal` table is reached by `db.unscoped(\"why\")` alone"
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
    message = "`{Self}` does not change the rows of `{T}`",
    label = "nothing is changed by this",
    note = "rows that have an owner are changed by `db.scope(user_id)`, with the key of the table's owner; those of all owners by `db.unscoped(\"why\")`",
    note = "an `internal` table is changed by `db.unscoped(\"why\")` alone"
)]
pub trait CanUpdate<T>: Executor {}

/// An executor that may delete rows of the table `T`. Rows of every owner may reference shared rows, so a scope cannot
/// delete those.
#[diagnostic::on_unimplemented(
    message = "`{Self}` deletes no rows of `{T}`",
    label = "nothing is deleted by this",
    note = "rows of an owner are deleted by `db.scope(user_id)`, with the key of the table's owner; those of a `shared` or an `internal` table, and those of all owners, by `db.unscoped(\"why\")`"
)]
pub trait CanDelete<T>: Executor {}

/// An executor that may add rows to the table `T`: it determines their owner.
#[diagnostic::on_unimplemented(
    message = "`{Self}` adds no rows to `{T}`",
    label = "no row is added by this",
    note = "a row that needs an owner is added by `db.scope(user_id)`, with the key of the table's owner, which is put into the row",
    note = "a row of an `internal` table is added by `db.unscoped(\"why\")`"
)]
pub trait CanInsert<T>: Executor {}
