//! An owner who runs statements on tables whose Rust types are not known.

use futures_util::stream::BoxStream;
use sqlx::postgres::PgRow;

use super::owner_key::OwnerKey;
use crate::error::Error;
use crate::query::sealed::Sealed;
use crate::query::{Argument, Executor, OnRow, Statement, Visibility};
use crate::scope::{Begin, Db, Origin};

/// An owner whose key has a type known only at run time.
#[derive(Clone)]
pub struct Actor {
    db: Db,
    key: String,
    argument: std::sync::Arc<dyn Argument>,
}

impl Actor {
    pub(super) fn new(db: &Db, key: &OwnerKey) -> Self {
        Self {
            db: db.clone(),
            key: key.text(),
            argument: key.argument(),
        }
    }
}

impl Sealed for Actor {}

impl Executor for Actor {
    fn visibility(&self) -> Visibility<'_> {
        Visibility::Owner(&*self.argument, self.db.enforcement())
    }

    async fn run<'a>(
        &'a self,
        statement: Statement,
        on_row: &'a mut OnRow<'_>,
    ) -> Result<u64, Error> {
        self.db.run_as(Some(&self.key), statement, on_row).await
    }

    fn stream(&self, _: Statement) -> BoxStream<'_, Result<PgRow, Error>> {
        Box::pin(futures_util::stream::empty())
    }
}

impl Begin for Actor {
    fn origin(&self) -> Result<Origin, Error> {
        Ok(self.db.origin_as(Some(&self.key)))
    }
}
