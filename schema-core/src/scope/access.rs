//! Which statements a scope, unscoped work, a [`Db`] and their transactions may run.

use super::db::Db;
use super::key::ScopeKey;
use super::owner_scope::Scope;
use super::transaction::{Begin, Transaction};
use super::unscoped::Unscoped;
use crate::query::sealed::Sealed;
use crate::query::{
    AddedUnscoped, CanDelete, CanInsert, CanRead, CanUpdate, InScopeOf, OwnedIn, Relation, Shared,
};

impl<K> Sealed for Scope<K> {}
impl Sealed for Unscoped {}
impl Sealed for Db {}
impl<E> Sealed for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> CanRead<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> CanRead<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Shared> CanRead<T> for Db {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: CanRead<T> + Begin> CanRead<T> for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> CanUpdate<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> CanUpdate<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: CanUpdate<T> + Begin> CanUpdate<T> for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: OwnedIn<K>> CanDelete<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: Relation> CanDelete<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: CanDelete<T> + Begin> CanDelete<T> for Transaction<E> {}

#[diagnostic::do_not_recommend]
impl<K: ScopeKey, T: InScopeOf<K>> CanInsert<T> for Scope<K> {}

#[diagnostic::do_not_recommend]
impl<T: AddedUnscoped> CanInsert<T> for Unscoped {}

#[diagnostic::do_not_recommend]
impl<T: Relation, E: CanInsert<T> + Begin> CanInsert<T> for Transaction<E> {}
