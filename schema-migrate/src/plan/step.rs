use super::hazard::{Hazard, HazardPlace};
use super::statement::Statement;
use freehold_schema_core::ddl::Dialect;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::QualifiedName;

/// One thing that a migration does, with the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does, in words: `` add column `due_date` to `tasks` ``.
    pub title: String,
    /// Why: the difference of the schemas that asks for it.
    pub cause: String,
    /// The statements, without semicolons; none where only the way back has any.
    pub up: Vec<Statement>,
    /// The statements of the way back.
    pub down: Vec<Statement>,
    /// How it runs.
    pub mode: Mode,
    /// The strongest lock that it takes on each table that was there before.
    pub locks: Vec<Lock>,
    /// The strongest lock that its way back takes on each table that is there by then.
    pub locks_back: Vec<Lock>,
    /// The tables that it writes anew, whole, under its lock.
    pub rewrites: Vec<QualifiedName>,
    /// The tables that it reads, whole.
    pub scans: Vec<QualifiedName>,
    /// What is dangerous about it.
    pub hazards: Vec<Hazard>,
    /// What the way back does not bring back.
    pub lost: Option<String>,
    /// Where the way back fails.
    pub fails_back: Option<String>,
    pub(super) phase: Phase,
    /// The place among the steps of the phase, lowest first.
    pub(super) place: i64,
    pub(super) by_owner: bool,
    /// What the way there does to partitions.
    pub(super) on_partitions: OnPartitions,
    /// What the way back does to them.
    pub(super) on_partitions_back: OnPartitions,
}

/// How a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// In one transaction with the steps beside it.
    Transaction,
    /// In a transaction with other steps that only read: it waits for nobody and stops nobody, for as long as it takes.
    Validation,
    /// One statement, outside a transaction.
    Alone,
}

/// A lock on a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lock {
    /// The table.
    pub table: QualifiedName,
    /// How strong it is.
    pub mode: LockMode,
}

/// The locks of PostgreSQL that a migration takes, from the weakest to the strongest (manual, 13.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LockMode {
    /// `ROW SHARE`: stops nobody but those who take a table for themselves.
    RowShare,
    /// `ROW EXCLUSIVE`: that of a write.
    RowExclusive,
    /// `SHARE UPDATE EXCLUSIVE`: readers and writers go on.
    ShareUpdateExclusive,
    /// `SHARE`: readers go on, writers wait.
    Share,
    /// `SHARE ROW EXCLUSIVE`: readers go on, writers wait.
    ShareRowExclusive,
    /// `ACCESS EXCLUSIVE`: everybody waits.
    AccessExclusive,
}

impl LockMode {
    /// The words of the manual.
    pub const fn words(self) -> &'static str {
        match self {
            Self::RowShare => "ROW SHARE",
            Self::RowExclusive => "ROW EXCLUSIVE",
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// What it means for others, in a few words.
    pub const fn effect(self) -> &'static str {
        match self {
            Self::RowShare | Self::RowExclusive | Self::ShareUpdateExclusive => {
                "reads and writes go on"
            }
            Self::Share | Self::ShareRowExclusive => "writes wait",
            Self::AccessExclusive => "reads and writes wait",
        }
    }
}

/// What a step does to the partitions of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnPartitions {
    /// What it does to the table.
    TheSame,
    Nothing,
}

/// When a step comes. Within one phase the order is that in which they were planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Roles, PostgreSQL schemas, extensions.
    Ground,
    /// New labels of enums, which PostgreSQL lets nobody use before they are committed.
    Labels,
    /// Views that would be in the way of a change, or are made of names that are no more, go first.
    Views,
    /// Tables and columns get their new names.
    Rename,
    /// What else would be in the way of a change: policies, triggers, constraints.
    Detach,
    /// Tables that have to go before others of the same names come.
    Clear,
    /// Parts of tables get names that others had until then.
    Names,
    /// Types, tables, columns, functions, views.
    Make,
    /// Triggers, policies, constraints that need no index.
    Attach,
    /// Rights.
    Rights,
    /// Indexes, built beside the writers.
    Indexes,
    /// Constraints of these indexes.
    Keys,
    /// Foreign keys, which need the keys.
    References,
    /// Values for the rows that are there, in batches.
    Backfill,
    /// What would have refused an update of a row that had no value yet.
    Forbid,
    /// Values for rows that lost theirs between the two.
    Refill,
    /// The rows that are there are checked.
    Validate,
    /// What was checked becomes part of the table.
    Tighten,
    /// Indexes that nobody needs any more.
    OldIndexes,
    /// What the new schema has no more.
    Contract,
    /// Types that have to be made anew, when nothing says any more what only the old ones knew.
    OldLabels,
}

/// The cause of what is the same before and after: it goes for another step, and comes again.
const STANDS_IN_THE_WAY: &str = "it stands on what changes";

impl Step {
    /// The statements of the way there as SQL, without semicolons.
    pub fn up_sql(&self, dialect: &dyn Dialect) -> Vec<String> {
        printed(&self.up, dialect)
    }

    /// The statements of the way back as SQL, without semicolons.
    pub fn down_sql(&self, dialect: &dyn Dialect) -> Vec<String> {
        printed(&self.down, dialect)
    }

    pub(super) fn new(phase: Phase, title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            cause: STANDS_IN_THE_WAY.to_owned(),
            title,
            up: Vec::new(),
            down: Vec::new(),
            mode: Mode::Transaction,
            locks: Vec::new(),
            locks_back: Vec::new(),
            rewrites: Vec::new(),
            scans: Vec::new(),
            hazards: Vec::new(),
            lost: None,
            fails_back: None,
            phase,
            place: 0,
            by_owner: true,
            on_partitions: OnPartitions::TheSame,
            on_partitions_back: OnPartitions::TheSame,
        }
    }

    pub(super) fn caused_by(mut self, cause: &str) -> Self {
        cause.clone_into(&mut self.cause);
        self
    }

    pub(super) fn up(mut self, statement: impl Into<Statement>) -> Self {
        self.up.push(statement.into());
        self
    }

    pub(super) fn down(mut self, statement: impl Into<Statement>) -> Self {
        self.down.push(statement.into());
        self
    }

    pub(super) fn all_up<S: Into<Statement>>(
        mut self,
        statements: impl IntoIterator<Item = S>,
    ) -> Self {
        self.up.extend(statements.into_iter().map(Into::into));
        self
    }

    pub(super) fn all_down<S: Into<Statement>>(
        mut self,
        statements: impl IntoIterator<Item = S>,
    ) -> Self {
        self.down.extend(statements.into_iter().map(Into::into));
        self
    }

    pub(super) fn also_up(&mut self, statements: impl IntoIterator<Item = String>) {
        self.up.extend(statements.into_iter().map(Statement::Sql));
    }

    pub(super) fn also_down(&mut self, statements: impl IntoIterator<Item = String>) {
        self.down.extend(statements.into_iter().map(Statement::Sql));
    }

    pub(super) fn place(mut self, place: i64) -> Self {
        self.place = place;
        self
    }

    /// The same step the other way round.
    pub(super) fn reversed(mut self, phase: Phase, title: impl Into<String>) -> Self {
        std::mem::swap(&mut self.up, &mut self.down);
        std::mem::swap(&mut self.locks, &mut self.locks_back);
        std::mem::swap(&mut self.on_partitions, &mut self.on_partitions_back);
        self.phase = phase;
        self.title = title.into();
        self.place = -self.place;
        self
    }

    pub(super) fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Run by whoever runs the migration, since the owner of the objects may not be allowed to.
    pub(super) fn by_whoever_runs_it(mut self) -> Self {
        self.by_owner = false;
        self
    }

    /// What it does to a table it does not do to its partitions.
    pub(super) fn of_the_table_alone(mut self) -> Self {
        self.on_partitions = OnPartitions::Nothing;
        self.on_partitions_back = OnPartitions::Nothing;
        self
    }

    /// A lock of both ways.
    pub(super) fn lock(self, table: &QualifiedName, mode: LockMode) -> Self {
        self.lock_there(table, mode).lock_back(table, mode)
    }

    /// A lock of the way there.
    pub(super) fn lock_there(mut self, table: &QualifiedName, mode: LockMode) -> Self {
        hold(&mut self.locks, table, mode);
        self
    }

    /// A lock of the way back.
    pub(super) fn lock_back(mut self, table: &QualifiedName, mode: LockMode) -> Self {
        hold(&mut self.locks_back, table, mode);
        self
    }

    pub(super) fn rewrite(mut self, table: &QualifiedName) -> Self {
        if !self.rewrites.contains(table) {
            self.rewrites.push(table.clone());
        }
        self
    }

    pub(super) fn scan(mut self, table: &QualifiedName) -> Self {
        if !self.scans.contains(table) {
            self.scans.push(table.clone());
        }
        self
    }

    pub(super) fn hazard(mut self, hazard: Hazard) -> Self {
        self.hazards.push(hazard);
        self
    }

    pub(super) fn hazards(mut self, hazards: impl IntoIterator<Item = Hazard>) -> Self {
        self.hazards.extend(hazards);
        self
    }

    /// What its hazards are about.
    pub(super) fn about(mut self, places: &[HazardPlace]) -> Self {
        let hazards = self.hazards.into_iter();
        self.hazards = hazards.map(|hazard| hazard.at(places)).collect();
        self
    }

    pub(super) fn lost(mut self, what: impl Into<String>) -> Self {
        self.lost = Some(what.into());
        self
    }

    /// The way back fails where this is so.
    pub(super) fn fails_back(mut self, condition: impl Into<String>) -> Self {
        self.fails_back = Some(condition.into());
        self
    }
}

fn printed(statements: &[Statement], dialect: &dyn Dialect) -> Vec<String> {
    let printer = Printer::new(dialect);
    statements
        .iter()
        .map(|statement| statement.print(printer))
        .collect()
}

/// Adds the lock, of which the strongest counts.
pub(super) fn hold(locks: &mut Vec<Lock>, table: &QualifiedName, mode: LockMode) {
    match locks.iter_mut().find(|lock| lock.table == *table) {
        Some(lock) => lock.mode = lock.mode.max(mode),
        None => locks.push(Lock {
            table: table.clone(),
            mode,
        }),
    }
}
