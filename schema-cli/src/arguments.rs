use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use freehold_schema_migrate::migrate::files::Format;
use freehold_schema_migrate::plan::HazardKind;

pub(super) const STATUSES: &str = "\
Exit status:
  0  done, and nothing is different
  1  it failed: the message says what, where, and what to do
  2  the arguments are wrong
  3  something is different, or a plan is refused";

/// The schema of this application: its DDL, its migrations, and what a database has of it.
#[derive(Parser)]
#[command(name = "schema", after_help = STATUSES)]
pub(super) struct Arguments {
    /// Print JSON, for machines
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Print the DDL that makes the schema in an empty database
    Ddl(Ddl),
    /// Plan, run and prove migrations
    Migrate {
        #[command(subcommand)]
        command: Migrate,
    },
    /// Print what is different between two schemas
    Diff(Diff),
    /// Look whether a database has the schema of the structs; between two releases, what both of them work on
    Check {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
        #[command(flatten)]
        looking: Looking,
    },
    /// Look for what is dangerous in the SQL of the migrations
    #[cfg(feature = "lint")]
    Lint(Lint),
}

/// Which migrations are looked at. Those that are applied are read for what they made.
#[cfg(feature = "lint")]
#[derive(Args)]
pub(super) struct Lint {
    /// Print SARIF 2.1.0, for code scanning
    #[arg(long, conflicts_with = "json")]
    pub(super) sarif: bool,
    /// Take everything up to this version for applied; 0 looks at all. Without it, and without a database, what the snapshot has is applied
    #[arg(long, value_name = "VERSION", conflicts_with = "database")]
    pub(super) since: Option<i64>,
    /// Take what this database has applied for applied
    #[arg(long, value_name = "URL")]
    pub(super) database: Option<String>,
    #[command(flatten)]
    pub(super) directory: Directory,
}

#[derive(Args)]
pub(super) struct Ddl {
    /// Print what takes the schema away, instead of what makes it
    #[arg(long)]
    pub(super) down: bool,
}

#[derive(Args)]
pub(super) struct Diff {
    /// The one side: `structs`, a snapshot file, a directory of migrations, or the URL of a database
    #[arg(long, default_value = "migrations")]
    pub(super) from: String,
    /// The other side
    #[arg(long, default_value = "structs")]
    pub(super) to: String,
    /// Print the SQL from the one to the other, with its way back
    #[arg(long, conflicts_with = "sarif")]
    pub(super) sql: bool,
    /// Print the SQL even where one of two databases has what is not modelled, and leave that out
    #[arg(long, requires = "sql")]
    pub(super) leave_out_unmodelled: bool,
    #[command(flatten)]
    pub(super) looking: Looking,
}

/// What of a database is looked at, and how it is told.
#[derive(Args)]
pub(super) struct Looking {
    /// Look at this PostgreSQL schema of a database too, beside `public` and those of the structs
    #[arg(long = "schema", value_name = "NAME")]
    pub(super) schemas: Vec<String>,
    /// What may be there although the schema does not say it, by its name: `audit.log`
    #[arg(long, value_name = "NAME")]
    pub(super) accept: Vec<String>,
    /// Take what is not compared for different, so that the exit status is 3
    #[arg(long)]
    pub(super) strict: bool,
    /// Print SARIF 2.1.0, for code scanning
    #[arg(long, conflicts_with = "json")]
    pub(super) sarif: bool,
}

#[derive(Args)]
pub(super) struct Database {
    /// The database, as somebody who may change the schema
    #[arg(
        long = "database",
        env = "DATABASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub(super) url: String,
}

#[derive(Args)]
pub(super) struct Directory {
    /// The directory of the migrations
    #[arg(long = "dir", default_value = "migrations", value_name = "DIR")]
    pub(super) path: PathBuf,
}

#[derive(Subcommand)]
pub(super) enum Migrate {
    /// Write the migration from the last one to the structs; no database is asked
    New {
        /// What it does, in a few words
        description: String,
        /// Why it is made; it stands in the files
        #[arg(long)]
        reason: Option<String>,
        /// A hazard that is meant, by its name
        #[arg(long = "allow", value_name = "NAME", value_parser = hazard)]
        allow: Vec<HazardKind>,
        /// Keep what is dropped, and both names of what is renamed, for the release that runs; a later migration takes it away
        #[arg(long)]
        expand: bool,
        /// Print the files in the layout of another tool instead of writing them
        #[arg(long, value_parser = format)]
        print: Option<Format>,
        #[command(flatten)]
        directory: Directory,
    },
    /// Plan the migrations of this branch anew, after the other branch added some too
    Rebase {
        /// What the new migration does, in a few words
        description: String,
        /// A hazard that is meant, by its name
        #[arg(long = "allow", value_name = "NAME", value_parser = hazard)]
        allow: Vec<HazardKind>,
        /// Keep what is dropped, and both names of what is renamed, for the release that runs
        #[arg(long)]
        expand: bool,
        #[command(flatten)]
        directory: Directory,
    },
    /// Take migrations that were written by hand into the chain
    Adopt {
        #[command(flatten)]
        directory: Directory,
    },
    /// Write the snapshot of a database that has every migration, for a directory that another tool wrote
    Snapshot {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
        /// Look at this PostgreSQL schema too, beside `public` and those of the structs
        #[arg(long = "schema", value_name = "NAME")]
        schemas: Vec<String>,
    },
    /// Apply what is pending
    Up {
        /// Only so many
        count: Option<usize>,
        /// Up to this version
        #[arg(long, conflicts_with = "count")]
        to: Option<i64>,
        /// Apply a file that is older than the newest applied one, too
        #[arg(long)]
        out_of_order: bool,
        /// Print a line for each statement
        #[arg(short, long)]
        verbose: bool,
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
    },
    /// Take the newest migrations back
    Down {
        /// How many; the files that one `migrate new` wrote are one
        #[arg(default_value_t = 1)]
        count: usize,
        /// Print a line for each statement
        #[arg(short, long)]
        verbose: bool,
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
    },
    /// Print where each migration stands
    Status {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
    },
    /// Prove on a scratch database of the server that up, down and up again lead where they should
    Verify {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
        /// What a migration may leave although the schema does not say it, by its name: `audit.log`
        #[arg(long, value_name = "NAME")]
        accept: Vec<String>,
    },
    /// Write down what was decided of a migration that stopped half way, or was edited
    Repair {
        /// The version
        version: i64,
        /// What is so
        #[arg(value_enum)]
        is: Decision,
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
    },
    /// Write down that a database has everything up to a version already; refused where the database is different
    Baseline {
        /// The version
        version: i64,
        /// What may be there although the schema does not say it, by its name: `audit.log`
        #[arg(long, value_name = "NAME")]
        accept: Vec<String>,
        /// Write it down although the database is different
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub(super) enum Decision {
    /// It is not applied; what it left was cleared away by hand
    Forgotten,
    /// It is applied wholly; what was missing was done by hand
    Applied,
    /// Its file was edited on purpose
    Edited,
    /// The statement at which it stopped is done
    StatementDone,
    /// The statement at which it stopped has to run again
    StatementAgain,
}

fn hazard(name: &str) -> Result<HazardKind, String> {
    HazardKind::by_name(name).ok_or_else(|| {
        let names: Vec<_> = HazardKind::all().map(HazardKind::name).collect();
        format!(
            "no hazard is named `{name}`; there are {}",
            names.join(", ")
        )
    })
}

fn format(name: &str) -> Result<Format, String> {
    Format::by_name(name).ok_or_else(|| {
        let names: Vec<_> = Format::all().map(|(_, name)| name).collect();
        format!(
            "no layout is named `{name}`; there are {}",
            names.join(", ")
        )
    })
}
