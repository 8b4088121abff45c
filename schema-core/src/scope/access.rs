//! Who may run which statements: what a scope, unscoped work, a [`Db`] and a transaction of these reach.

use super::db::Db;
use super::key::ScopeKey;
use super::transaction::{Begin, Transaction};
use super::unscoped::Unscoped;
use super::user::Scope;
use crate::query::sealed::Sealed;
use crate::query::{
    AddedUnscoped, Changes, InScopeOf, OwnedIn, Reaches, Relation, Removes, Shared, Stamps,
};

impl<K> Sealed for Scope<K> {}
impl Sealed for Unscoped {}
impl Sealed for Db {}
impl<E> Sealed for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> Reaches<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> Reaches<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Shared> Reaches<T> for Db {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Reaches<T> + Begin> Reaches<T> for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> Changes<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> Changes<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Changes<T> + Begin> Changes<T> for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: OwnedIn<K>> Removes<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> Removes<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Removes<T> + Begin> Removes<T> for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> Stamps<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: AddedUnscoped> Stamps<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: Stamps<T> + Begin> Stamps<T> for Transaction<E> {}
