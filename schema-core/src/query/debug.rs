//! `Debug` of the statements. It shows the table but no values, because a value may be a secret.

use std::fmt::{self, Debug, Formatter};

use super::expr::{Condition, Expr};
use super::meta::Meta;
use super::order::Order;
use super::related::Related;
use super::relation::Relation;
use super::statement::delete::{Delete, Restore};
use super::statement::insert::Insert;
use super::statement::insert_many::InsertMany;
use super::statement::keyed::FindOne;
use super::statement::load::{FindWithChildren, Load, WithChildren};
use super::statement::page::Paged;
use super::statement::project::{Grouped, Projected};
use super::statement::raw::Sql;
use super::statement::returning::Returning;
use super::statement::select::Select;
use super::statement::update::Update;
use super::statement::update_many::UpdateMany;
use super::statement::upsert::{OnConflict, Upsert};
use super::statement::upsert_many::{OnConflictOfMany, UpsertMany};

fn of_table(f: &mut Formatter<'_>, name: &str, table: &'static Meta) -> fmt::Result {
    f.debug_struct(name)
        .field("table", &table.name())
        .finish_non_exhaustive()
}

macro_rules! debug {
    ($($name:literal: $statement:ident<$($parameter:ident),*>),* $(,)?) => {
        $(impl<$($parameter),*> Debug for $statement<$($parameter),*> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                of_table(f, $name, self.table())
            }
        })*
    };
}

debug!(
    "Select": Select<S>,
    "Paged": Paged<S>,
    "Projected": Projected<S, P>,
    "Grouped": Grouped<S, G>,
    "FindOne": FindOne<T>,
    "FindWithChildren": FindWithChildren<T, C>,
    "Insert": Insert<T>,
    "OnConflict": OnConflict<T>,
    "Upsert": Upsert<T>,
    "Update": Update<T, Count>,
    "Delete": Delete<T, Count>,
    "Restore": Restore<T>,
);

impl<T: Relation> Debug for Related<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        of_table(f, "Related", T::meta())
    }
}

macro_rules! debug_many {
    ($($name:literal: $statement:ident),*) => {
        $(impl<T: Relation> Debug for $statement<T> {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                of_table(f, $name, T::meta())
            }
        })*
    };
}

debug_many!(
    "InsertMany": InsertMany,
    "OnConflictOfMany": OnConflictOfMany,
    "UpsertMany": UpsertMany,
    "UpdateMany": UpdateMany
);

impl<W: Debug, P> Debug for Returning<W, P> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Returning").field(self.write()).finish()
    }
}

impl<L: Load, C: Load> Debug for WithChildren<L, C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        of_table(f, "WithChildren", <L::Table as Relation>::meta())
    }
}

impl<E> Debug for Sql<'_, E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sql")
            .field("text", &self.text())
            .finish_non_exhaustive()
    }
}

impl Debug for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condition").finish_non_exhaustive()
    }
}

impl<V> Debug for Expr<V> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expr").finish_non_exhaustive()
    }
}

impl Debug for Order {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order").finish_non_exhaustive()
    }
}
