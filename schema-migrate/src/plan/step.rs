use super::hazard::{Hazard, HazardPlace};
use super::statement::Statement;
use freehold_schema_core::ddl::Dialect;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::QualifiedName;

/// One action of a migration, with its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// What the step does: `` add column `due_date` to `tasks` ``.
    pub title: String,
    /// Why the step exists: the difference between the schemas that causes it.
    pub cause: String,
    /// The statements, without semicolons. Empty if only the way back has statements.
    pub up: Vec<Statement>,
    /// The statements of the way back, without semicolons.
    pub down: Vec<Statement>,
    /// How it runs.
    pub mode: Mode,
    /// The strongest lock that the step takes on each table that exists before it.
    pub locks: Vec<Lock>,
    /// The strongest lock that the way back takes on each table that exists then.
    pub locks_back: Vec<Lock>,
    /// The tables that the step rewrites as a whole, under its lock.
    pub rewrites: Vec<QualifiedName>,
    /// The tables that the step reads as a whole.
    pub scans: Vec<QualifiedName>,
    /// The hazards of the step.
    pub hazards: Vec<Hazard>,
    /// The data that the way back does not restore.
    pub lost: Option<String>,
    /// The condition under which the way back fails.
    pub fails_back: Option<String>,
    pub(super) phase: Phase,
    /// The position among the steps of the phase, lowest first.
    pub(super) place: i64,
    pub(super) by_owner: bool,
    /// What the way there does to partitions.
    pub(super) on_partitions: OnPartitions,
    /// What the way back does to partitions.
    pub(super) on_partitions_back: OnPartitions,
}

/// How a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// In one transaction with the neighbouring steps.
    Transaction,
    /// In a transaction with other steps that only read. It blocks no other session, however long it takes.
    Validation,
    /// One statement, outside a transaction.
    Alone,
}

/// A lock on a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Lock {
    /// The table.
    pub table: QualifiedName,
    /// The strength of the lock.
    pub mode: LockMode,
}

/// The PostgreSQL table locks that a migration takes, from the weakest to the strongest (manual, 13.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LockMode {
    /// `ROW SHARE`: conflicts only with `EXCLUSIVE` and `ACCESS EXCLUSIVE`.
    RowShare,
    /// `ROW EXCLUSIVE`: the lock of a write.
    RowExclusive,
    /// `SHARE UPDATE EXCLUSIVE`: reads and writes continue.
    ShareUpdateExclusive,
    /// `SHARE`: reads continue, writes wait.
    Share,
    /// `SHARE ROW EXCLUSIVE`: reads continue, writes wait.
    ShareRowExclusive,
    /// `ACCESS EXCLUSIVE`: reads and writes wait.
    AccessExclusive,
}

impl LockMode {
    /// The lock's name in PostgreSQL's manual.
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

    /// What the lock means for other sessions, in a few words.
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
    /// The same as to the table.
    TheSame,
    Nothing,
}

/// When a step runs. Steps of one phase run by their place, then in the order in which they were planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Roles, PostgreSQL schemas, extensions.
    Ground,
    /// New enum labels, which PostgreSQL allows to be used only after they are committed.
    Labels,
    /// Views that block a change or use names that are renamed are dropped.
    Views,
    /// Tables and columns are renamed.
    Rename,
    /// Other objects that block a change are dropped: policies, triggers, constraints.
    Detach,
    /// Tables are dropped whose names new tables take.
    Clear,
    /// Parts of tables are renamed to names that other parts had until then.
    Names,
    /// Types, tables, columns, functions and views are created.
    Make,
    /// Triggers, policies and constraints that need no index are created.
    Attach,
    /// Rights are granted and revoked.
    Rights,
    /// Indexes are built while other sessions write.
    Indexes,
    /// Constraints are added from these indexes.
    Keys,
    /// Foreign keys are added, which need the keys.
    References,
    /// Existing rows get values, in batches.
    Backfill,
    /// Constraints are added that would have refused an update of a row without a value.
    Forbid,
    /// Rows that lost their value between the two get one.
    Refill,
    /// Existing rows are checked.
    Validate,
    /// What was checked becomes part of the table.
    Tighten,
    /// Unused indexes are dropped.
    OldIndexes,
    /// Objects that the new schema does not have are dropped.
    Contract,
    /// Types are recreated after nothing uses what only the old types had.
    OldLabels,
}

/// The cause of a step whose object is the same before and after: it is dropped for another step and created again.
const DEPENDENT: &str = "it depends on what changes";

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
            cause: DEPENDENT.to_owned(),
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

    /// The same step in the other direction.
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

    /// Runs as the role that runs the migration, because the owner of the objects may lack the right.
    pub(super) fn run_by_migrator(mut self) -> Self {
        self.by_owner = false;
        self
    }

    /// Marks that the step does nothing to the partitions of its table.
    pub(super) fn of_the_table_alone(mut self) -> Self {
        self.on_partitions = OnPartitions::Nothing;
        self.on_partitions_back = OnPartitions::Nothing;
        self
    }

    /// A lock in both directions.
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

    /// Sets the places of the hazards that have none.
    pub(super) fn about(mut self, places: &[HazardPlace]) -> Self {
        let hazards = self.hazards.into_iter();
        self.hazards = hazards.map(|hazard| hazard.at(places)).collect();
        self
    }

    pub(super) fn lost(mut self, what: impl Into<String>) -> Self {
        self.lost = Some(what.into());
        self
    }

    /// The way back fails if this condition is true.
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

/// Adds the lock. If the table is locked already, the stronger lock is kept.
pub(super) fn hold(locks: &mut Vec<Lock>, table: &QualifiedName, mode: LockMode) {
    match locks.iter_mut().find(|lock| lock.table == *table) {
        Some(lock) => lock.mode = lock.mode.max(mode),
        None => locks.push(Lock {
            table: table.clone(),
            mode,
        }),
    }
}
