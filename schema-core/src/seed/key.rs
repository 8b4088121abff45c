//! Which key finds a row again.

use std::sync::Arc;

use super::error::SeedError;
use super::rows::Row;
use crate::error::Error;
use crate::model::{Deferrable, Ownership};
use crate::query::{Argument, Conflict, Node};

impl Row {
    /// The table's name, as the schema prints it.
    pub(super) fn table(&self) -> String {
        crate::ir::QualifiedName::from(self.meta.table_name()).to_string()
    }

    /// The column that the owner's key is written to.
    pub(super) fn stamped(&self) -> Option<usize> {
        self.owner.as_ref()?;
        match self.meta.ownership() {
            Ownership::Scope(column) => self.meta.position(column),
            Ownership::Owner => self.meta.key().first().copied(),
            Ownership::Through(_) | Ownership::Shared | Ownership::Internal => None,
        }
    }

    /// The positions of all columns that the row sets.
    pub(super) fn positions(&self) -> Vec<usize> {
        let values = self.values.iter().map(|(at, _)| *at);
        self.stamped().into_iter().chain(values).collect()
    }

    /// The value of a column, if it is one.
    pub(super) fn argument(&self, position: usize) -> Option<Arc<dyn Argument>> {
        if self.stamped() == Some(position) {
            return self.owner.clone();
        }
        let mut values = self.values.iter();
        match values.find(|(at, _)| *at == position) {
            Some((_, Node::Value(argument, _))) => Some(argument.clone()),
            _ => None,
        }
    }

    /// The columns that find the row again: those that the caller names, the primary key, or the only unique key that
    /// the row sets.
    pub(super) fn named_key(&self, row: usize) -> Result<Vec<usize>, SeedError> {
        if let Some(by) = &self.by {
            return Ok(by.clone());
        }
        let table = self.table();
        let set = self.positions();
        if !self.meta.key().is_empty() && self.meta.key().iter().all(|at| set.contains(at)) {
            return Ok(self.meta.key().to_vec());
        }
        let uniques = self.meta.table_def().map_or(&[][..], |def| def.uniques);
        let immediate = uniques
            .iter()
            .filter(|unique| matches!(unique.deferrable, Deferrable::Never));
        let keys = immediate.filter_map(|unique| {
            let columns = unique.columns.iter().map(|name| self.meta.position(name));
            columns.collect::<Option<Vec<_>>>()
        });
        let mut keys = keys.filter(|key| key.iter().all(|at| set.contains(at)));
        match (keys.next(), keys.next()) {
            (Some(key), None) => Ok(key),
            (None, _) => Err(SeedError::NoKey { table, row }),
            (Some(_), Some(_)) => Err(SeedError::SeveralKeys { table, row }),
        }
    }

    /// The columns of the key or index that PostgreSQL finds the row by, with the scope.
    pub(super) fn whole_key(&self, named: &[usize]) -> Result<Vec<usize>, Error> {
        Conflict::finding(named.to_vec()).key_columns(self.meta)
    }

    /// The columns that an update of an existing row sets.
    pub(super) fn updated(&self, key: &[usize]) -> Vec<usize> {
        let through = match self.meta.ownership() {
            Ownership::Through(column) => self.meta.position(column),
            _ => None,
        };
        let defs = self.meta.column_defs();
        let is_fixed = |at: usize| {
            let def = defs.get(at);
            key.contains(&at)
                || self.meta.key().contains(&at)
                || Some(at) == through
                || def.is_some_and(|def| {
                    def.immutable.is_some() || def.role == Some(crate::model::Role::CreatedAt)
                })
        };
        let values = self.values.iter().map(|(at, _)| *at);
        values.filter(|at| !is_fixed(*at)).collect()
    }
}
