//! Finds the effect of a statement outside a transaction that an earlier try had begun.

use super::error::MigrateError;
use super::event::Event;
use super::execution::Execution;
use super::options::milliseconds;
use super::retry::Retries;
use super::running::Running;
use crate::migrate::statement_kind::{CreateIndex, StatementKind};

/// What happened to the statement before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing.
    Nothing,
    /// This run sent the statement, and the database rejected it.
    Failed,
    /// An earlier run was stopped while the statement ran.
    Stopped,
}

/// What to do with the statement.
pub(super) enum Action {
    /// Nothing: the statement took effect.
    Done,
    /// Run this SQL.
    Run(String),
}

/// An index that exists.
struct Found {
    oid: i64,
    /// Its name, as SQL.
    name: String,
    is_valid: bool,
}

impl Execution<'_> {
    /// Decides what to do with the statement after what happened before. Drops an invalid index that it left.
    pub(super) async fn recover(
        &mut self,
        running: &Running<'_>,
        before: Before,
    ) -> Result<Action, MigrateError> {
        let text = running.statement.text.clone();
        if let StatementKind::CreateIndex(index) = running.step {
            return self.recover_index(running, index, before).await;
        }
        if before == Before::Nothing {
            return Ok(Action::Run(text));
        }
        match running.step {
            StatementKind::DropIndex { index } => Ok(if self.is_index(index).await? {
                Action::Run(text)
            } else {
                Action::Done
            }),
            StatementKind::Detach { table, partition } => {
                Ok(match self.is_detaching(table, partition).await? {
                    None => Action::Done,
                    Some(true) => Action::Run(format!(
                        "ALTER TABLE {table} DETACH PARTITION {partition} FINALIZE"
                    )),
                    Some(false) => Action::Run(text),
                })
            }
            StatementKind::Reindex => {
                for name in self.left_by_reindex().await? {
                    self.drop_invalid(running, &name).await?;
                }
                Ok(Action::Run(text))
            }
            StatementKind::Repeatable { .. } => Ok(Action::Run(text)),
            _ if before == Before::Failed => Ok(Action::Run(text)),
            _ => Err(MigrateError::Unclear {
                at: Box::new(running.at.clone()),
            }),
        }
    }

    async fn recover_index(
        &mut self,
        running: &Running<'_>,
        index: &CreateIndex,
        before: Before,
    ) -> Result<Action, MigrateError> {
        let run = Action::Run(running.statement.text.clone());
        // On the first try, the statement fails if an index of that name exists. But with `IF NOT EXISTS`, PostgreSQL
        // accepts an invalid index as existing, so the runner has to look.
        if before == Before::Nothing && !index.if_not_exists {
            return Ok(run);
        }
        match self.index(index).await? {
            None => Ok(run),
            Some(Found {
                name,
                is_valid: false,
                ..
            }) => {
                self.drop_invalid(running, &name).await?;
                Ok(run)
            }
            Some(_) if before == Before::Nothing => Ok(run),
            Some(Found { oid, .. }) if self.is_same(index, oid).await? => Ok(Action::Done),
            Some(Found { name, .. }) => Err(MigrateError::OtherIndex {
                at: Box::new(running.at.clone()),
                index: name,
            }),
        }
    }

    /// Removes what is left of a statement that the database rejected. If nothing is left, it removes the statement
    /// from the journal.
    pub(super) async fn clean_up(&mut self, running: &Running<'_>) -> Result<(), MigrateError> {
        if !self.is_clean(running).await? {
            return Ok(());
        }
        let entry = running.entry();
        let (version, direction) = (entry.migration.version, entry.direction);
        self.begin_transaction().await?;
        self.session.become_runner().await?;
        let (history, main) = (&self.history, &mut self.session.main);
        history
            .unwrite(main, version, direction, running.number)
            .await
            .map_err(MigrateError::history)?;
        self.commit().await
    }

    async fn is_clean(&mut self, running: &Running<'_>) -> Result<bool, MigrateError> {
        match running.step {
            StatementKind::CreateIndex(index) => match self.index(index).await? {
                Some(Found {
                    name,
                    is_valid: false,
                    ..
                }) => Ok(self.try_drop(running, &name).await),
                _ => Ok(true),
            },
            StatementKind::DropIndex { index } => {
                Ok(!self.is_index(index).await? || self.is_valid_index(index).await?)
            }
            StatementKind::Detach { table, partition } => {
                Ok(self.is_detaching(table, partition).await? != Some(true))
            }
            StatementKind::Reindex => {
                for name in self.left_by_reindex().await? {
                    if !self.try_drop(running, &name).await {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            StatementKind::Transactional { .. } => Ok(true),
            // What the statement has committed stays.
            _ => Ok(false),
        }
    }

    /// Checks that a new index is valid: the server can build an index and leave it invalid.
    pub(super) async fn check_made(&mut self, running: &Running<'_>) -> Result<(), MigrateError> {
        let StatementKind::CreateIndex(index) = running.step else {
            return Ok(());
        };
        match self.index(index).await? {
            Some(Found { is_valid: true, .. }) => Ok(()),
            _ => {
                let at = Box::new(running.at.clone());
                Err(MigrateError::InvalidIndex {
                    at,
                    index: index.name.clone(),
                })
            }
        }
    }

    /// Drops an invalid index, which writers would still have to maintain.
    async fn drop_invalid(
        &mut self,
        running: &Running<'_>,
        name: &str,
    ) -> Result<(), MigrateError> {
        let at = &running.at;
        let text = drop_index(name);
        let mut retries = Retries::new();
        self.tell(&Event::DropInvalid {
            at: at.clone(),
            index: name.to_owned(),
        });
        while let Err(failure) = self
            .statement(&text, running.step, at, running.longest_wait(self.options))
            .await
        {
            self.pause(&mut retries, failure, at, &text).await?;
        }
        Ok(())
    }

    /// Tries once to drop an invalid index, with a short wait. Returns whether the index is gone.
    async fn try_drop(&mut self, running: &Running<'_>, name: &str) -> bool {
        let (at, index) = (running.at.clone(), name.to_owned());
        self.tell(&Event::DropInvalid { at, index });
        let lock_timeout = milliseconds(self.options.lock_timeout);
        let shortly = format!("SET lock_timeout = {lock_timeout}");
        let is_set = self.session.command(shortly).await.is_ok();
        let text = drop_index(name);
        let is_gone = is_set
            && self
                .statement(&text, running.step, &running.at, None)
                .await
                .is_ok();
        if !is_gone {
            let (at, index) = (running.at.clone(), name.to_owned());
            self.tell(&Event::LeftInvalid { at, index });
        }
        is_gone
    }

    /// The index of this name on this table.
    async fn index(&mut self, index: &CreateIndex) -> Result<Option<Found>, MigrateError> {
        let query = "SELECT x.indexrelid::int8, x.indexrelid::regclass::text, x.indisvalid FROM pg_index x \
            JOIN pg_class c ON c.oid = x.indexrelid \
            WHERE x.indrelid = to_regclass($1) AND c.relname = (parse_ident($2))[1]::name";
        let query = sqlx::query_as::<_, (i64, String, bool)>(query)
            .bind(&index.table)
            .bind(&index.name);
        let found = query
            .fetch_optional(&mut self.session.main)
            .await
            .map_err(MigrateError::history)?;
        Ok(found.map(|(oid, name, is_valid)| Found {
            oid,
            name,
            is_valid,
        }))
    }

    /// The invalid indexes that a stopped `REINDEX CONCURRENTLY` leaves, recognised by their names. An index that is
    /// being built now belongs to another session.
    async fn left_by_reindex(&mut self) -> Result<Vec<String>, MigrateError> {
        let query = r"SELECT x.indexrelid::regclass::text FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
            WHERE NOT x.indisvalid AND c.relname ~ '_cc(new|old)\d*$'
            AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.relid = x.indrelid)
            ORDER BY x.indexrelid";
        let names = sqlx::query_as::<_, (String,)>(query)
            .fetch_all(&mut self.session.main)
            .await;
        Ok(names
            .map_err(MigrateError::history)?
            .into_iter()
            .map(|(name,)| name)
            .collect())
    }

    async fn is_index(&mut self, name: &str) -> Result<bool, MigrateError> {
        let query = "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($1))";
        self.is(query, name).await
    }

    async fn is_valid_index(&mut self, name: &str) -> Result<bool, MigrateError> {
        let query = "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND indisvalid)";
        self.is(query, name).await
    }

    async fn is(&mut self, query: &'static str, name: &str) -> Result<bool, MigrateError> {
        let query = sqlx::query_as::<_, (bool,)>(query).bind(name);
        let row = query.fetch_one(&mut self.session.main).await;
        Ok(row.map_err(MigrateError::history)?.0)
    }

    /// Whether the detachment of a partition is half done; `None` if it is not a partition of the table.
    async fn is_detaching(
        &mut self,
        table: &str,
        partition: &str,
    ) -> Result<Option<bool>, MigrateError> {
        let query = "SELECT inhdetachpending FROM pg_inherits \
            WHERE inhparent = to_regclass($1) AND inhrelid = to_regclass($2)";
        let query = sqlx::query_as::<_, (bool,)>(query)
            .bind(table)
            .bind(partition);
        let row = query.fetch_optional(&mut self.session.main).await;
        Ok(row
            .map_err(MigrateError::history)?
            .map(|(is_detaching,)| is_detaching))
    }

    /// Whether an existing index is the one of the statement. The server compares them: the runner builds the index
    /// again on an empty temporary table and rolls that back.
    async fn is_same(&mut self, index: &CreateIndex, there: i64) -> Result<bool, MigrateError> {
        self.begin_transaction().await?;
        let is_same = self.compare(index, there).await;
        self.roll_back().await;
        match is_same {
            Err(sqlx::Error::Database(_)) => Ok(false),
            is_same => is_same.map_err(MigrateError::history),
        }
    }

    async fn compare(&mut self, index: &CreateIndex, there: i64) -> Result<bool, sqlx::Error> {
        let CreateIndex {
            name,
            table,
            bare_table,
            on_temporary_table,
            ..
        } = index;
        let make =
            format!("CREATE TEMPORARY TABLE {bare_table} (LIKE {table}); {on_temporary_table}");
        self.session.command(make).await?;
        let query = "SELECT substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*') \
                = substring(pg_get_indexdef(j.indexrelid) FROM ' USING .*') AND i.indisunique = j.indisunique \
            FROM pg_index i, pg_index j WHERE i.indexrelid::int8 = $1 AND j.indexrelid = to_regclass($2)";
        let query = sqlx::query_as::<_, (bool,)>(query)
            .bind(there)
            .bind(format!("pg_temp.{name}"));
        let row = query.fetch_optional(&mut self.session.main).await?;
        Ok(row.is_some_and(|(is_same,)| is_same))
    }
}

fn drop_index(name: &str) -> String {
    format!("DROP INDEX CONCURRENTLY IF EXISTS {name}")
}
