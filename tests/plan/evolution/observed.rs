//! The effect of a step on existing tables, as PostgreSQL reports it.

use std::collections::{BTreeMap, BTreeSet};

use freehold::ir::QualifiedName;
use freehold::plan::{Lock, LockMode, Step};

use crate::server::{Failure, Place};

/// The tables and views, with their identity and the file of their rows.
const RELATIONS: &str = "SELECT oid || ' ' || relfilenode || ' ' || relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')";
const LOCKS: &str = "SELECT relation || ' ' || mode FROM pg_locks
    WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted";

/// The strongest lock on each table, and the rewritten tables.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Observed {
    pub(crate) locks: BTreeMap<String, LockMode>,
    pub(crate) rewrites: BTreeSet<String>,
}

impl Observed {
    /// The locks and rewrites that the step announces.
    pub(crate) fn said(step: &Step) -> Self {
        let name = |name: &QualifiedName| name.name.clone();
        Self {
            locks: by_name(&step.locks),
            rewrites: step.rewrites.iter().map(name).collect(),
        }
    }

    /// The same without the tables that the plan itself creates.
    pub(crate) fn without(mut self, made: &BTreeSet<String>) -> Self {
        self.locks.retain(|table, _| !made.contains(table));
        self.rewrites.retain(|table| !made.contains(table));
        self
    }
}

/// The locks, by the names of their tables.
pub(crate) fn by_name(locks: &[Lock]) -> BTreeMap<String, LockMode> {
    let locks = locks.iter();
    locks
        .map(|lock| (lock.table.name.clone(), lock.mode))
        .collect()
}

impl Place {
    /// Runs the statements in a transaction, and observes before it ends. Tables have the names from before.
    pub(crate) async fn observe(&mut self, statements: &[String]) -> Result<Observed, Failure> {
        let before = self.relations().await?;
        let script = statements.join(";\n");
        self.run(&format!("BEGIN;\n{script}")).await?;
        let held = self.rows(LOCKS).await?;
        let after = self.relations().await?;
        self.run("COMMIT").await?;
        let mut observed = Observed::default();
        for lock in held {
            let (oid, words) = lock.split_once(' ').unwrap_or_default();
            if let (Some((_, name)), Some(mode)) = (before.get(oid), mode(words)) {
                let strongest = observed.locks.entry(name.clone()).or_insert(mode);
                *strongest = mode.max(*strongest);
            }
        }
        let rewritten = before.iter().filter(|(oid, (file, _))| {
            let now = after.get(*oid);
            now.is_some_and(|(now, _)| now != file)
        });
        observed.rewrites = rewritten.map(|(_, (_, name))| name.clone()).collect();
        Ok(observed)
    }

    /// The file and the name of each relation, by its identity.
    async fn relations(&mut self) -> Result<BTreeMap<String, (String, String)>, Failure> {
        let rows = self.rows(RELATIONS).await?;
        let relations = rows.iter().filter_map(|row| {
            let mut words = row.splitn(3, ' ').map(str::to_owned);
            Some((words.next()?, (words.next()?, words.next()?)))
        });
        Ok(relations.collect())
    }

    /// The identities of the tables and views.
    pub(crate) async fn identities(&mut self) -> Result<BTreeSet<String>, Failure> {
        Ok(self.relations().await?.into_keys().collect())
    }

    /// The names of the tables and views with other identities.
    pub(crate) async fn names_beside(
        &mut self,
        identities: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, Failure> {
        let relations = self.relations().await?.into_iter();
        let others = relations.filter(|(oid, _)| !identities.contains(oid));
        Ok(others.map(|(_, (_, name))| name).collect())
    }
}

/// The lock mode. `ACCESS SHARE`, which every read takes, is left out: it blocks only a drop.
fn mode(words: &str) -> Option<LockMode> {
    Some(match words {
        "RowShareLock" => LockMode::RowShare,
        "RowExclusiveLock" => LockMode::RowExclusive,
        "ShareUpdateExclusiveLock" => LockMode::ShareUpdateExclusive,
        "ShareLock" => LockMode::Share,
        "ShareRowExclusiveLock" => LockMode::ShareRowExclusive,
        "AccessExclusiveLock" => LockMode::AccessExclusive,
        _ => return None,
    })
}
