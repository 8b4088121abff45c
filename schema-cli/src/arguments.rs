use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use freehold_schema_migrate::migrate::files::Format;
use freehold_schema_migrate::plan::HazardKind;

pub(super) const STATUSES: &str = "\
Exit status:
  0  the command succeeded, and nothing is different
  1  the command failed; the message says what failed, where, and what to do
  2  the arguments are wrong
  3  something is different, or a plan is refused";

/// Print the DDL of this application's schema, run its migrations, and compare databases with it.
#[derive(Parser)]
#[command(name = "schema", after_help = STATUSES)]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Print the DDL that creates the schema in an empty database
    Ddl(Ddl),
    /// Plan, run and verify migrations
    Migrate {
        #[command(subcommand)]
        command: Migrate,
    },
    /// Print the differences between two schemas
    Diff(Diff),
    /// Compare a database with the structs or, between two releases, with the schema on which both releases work
    Check {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
        #[command(flatten)]
        looking: Looking,
    },
    /// Write documents of the schema: data dictionary, diagrams, a page for a browser
    #[cfg(feature = "docs")]
    Docs(Docs),
    /// Fill the empty tables of a database with made-up rows that keep every constraint and owner
    #[cfg(feature = "fake")]
    Fake(Fake),
    /// Write the rows that the application gives; a second run changes nothing
    #[cfg(feature = "seed")]
    Seed(Seed),
    /// Find dangerous statements in the SQL of the migrations
    #[cfg(feature = "lint")]
    Lint(Lint),
    /// Find what needs attention in a live database: keys, indexes, finders, statements, isolation, locks, settings
    #[cfg(feature = "operations")]
    Doctor(Doctor),
}

/// Which checks run, with which limits. Nothing is written to the database.
#[cfg(feature = "operations")]
#[derive(Args)]
#[command(after_help = DOCTOR_STATUSES)]
pub(super) struct Doctor {
    /// Print SARIF 2.1.0, for code scanning
    #[arg(long, conflicts_with = "json")]
    pub(super) sarif: bool,
    /// Print metrics in the text format of Prometheus
    #[arg(long, conflicts_with_all = ["json", "sarif"])]
    pub(super) metrics: bool,
    /// Run only this check
    #[arg(long, value_name = "CHECK")]
    pub(super) only: Vec<String>,
    /// Leave this check out
    #[arg(long, value_name = "CHECK", conflicts_with = "only")]
    pub(super) skip: Vec<String>,
    /// Set a limit of a check, in its unit: `index_unused.days=7`
    #[arg(long = "limit", value_name = "CHECK.LIMIT=NUMBER", value_parser = check_limit)]
    pub(super) limits: Vec<(String, String, f64)>,
    /// List the checks, with their limits
    #[arg(long)]
    pub(super) list: bool,
    /// The URL of the database. A superuser sees everything; `pg_monitor` and the application's role are enough for most
    #[arg(
        long = "database",
        env = "DATABASE_URL",
        hide_env_values = true,
        value_name = "URL",
        required_unless_present = "list"
    )]
    pub(super) url: Option<String>,
    /// Also compare this PostgreSQL schema, beside `public` and those of the structs
    #[arg(long = "schema", value_name = "NAME")]
    pub(super) schemas: Vec<String>,
    #[command(flatten)]
    pub(super) directory: Directory,
}

#[cfg(feature = "operations")]
const DOCTOR_STATUSES: &str = "\
Exit status:
  0  nothing was found, or only advice
  1  the command failed
  2  the arguments are wrong
  3  an error or a warning was found";

/// Which documents to write, and of what.
#[cfg(feature = "docs")]
#[derive(Args)]
pub(super) struct Docs {
    /// The directory of the documents
    #[arg(long, default_value = "docs/schema", value_name = "DIR")]
    pub(super) out: PathBuf,
    /// The formats, separated by commas: `markdown`, `html`, `svg`, `mermaid`, `dot`, `dbml`
    #[arg(long = "format", value_delimiter = ',', value_parser = document_format, default_value = "markdown,html")]
    pub(super) formats: Vec<freehold_schema_docs::Format>,
    /// Write a Markdown file for each table
    #[arg(long)]
    pub(super) split: bool,
    /// Write nothing; exit with status 3 if a document is missing or not up to date
    #[arg(long)]
    pub(super) check: bool,
    /// Write two schemas side by side, `CHANGES.md` and `changes.html`, instead: each in the forms of `--from`
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"], conflicts_with_all = ["from", "split", "database"])]
    pub(super) diff: Option<Vec<String>>,
    /// What to document: `structs`, a snapshot file, a directory of migrations, or the URL of a database
    #[arg(long, default_value = "structs")]
    pub(super) from: String,
    /// Add the sizes, the rows and the unused indexes of this database
    #[arg(long, value_name = "URL")]
    pub(super) database: Option<String>,
    /// Also read this PostgreSQL schema of a database, beside `public` and those of the structs
    #[arg(long = "schema", value_name = "NAME")]
    pub(super) schemas: Vec<String>,
    /// How many tables a diagram of Mermaid has at most
    #[arg(long, default_value = "15", value_name = "NUMBER")]
    pub(super) max_tables: std::num::NonZeroUsize,
    /// Which tables share a diagram of Mermaid: those of one PostgreSQL `schema`, Rust `module` or kind of `owner`
    #[arg(long, value_name = "WORD", value_parser = division, default_value = "schema")]
    pub(super) divide_by: freehold_schema_docs::Division,
    #[command(flatten)]
    pub(super) directory: Directory,
}

/// Which rows to make up.
#[cfg(feature = "fake")]
#[derive(Args)]
pub(super) struct Fake {
    /// The rows of each table
    #[arg(long, default_value_t = 100)]
    pub(super) rows: u64,
    /// The rows of the table of owners; the default is the square root of `--rows`, rounded down
    #[arg(long)]
    pub(super) owners: Option<u64>,
    /// The same seed gives the same rows
    #[arg(long, default_value_t = 0)]
    pub(super) seed: u64,
    /// The rows of one table other than that of owners, instead of `--rows`
    #[arg(long = "table", value_name = "NAME=ROWS", value_parser = table_rows)]
    pub(super) tables: Vec<(String, u64)>,
    /// No row was created or changed after this day began; from 1970-01-01 to today
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "2026-01-01")]
    pub(super) until: freehold_schema_fake::Date,
    /// Give few owners most of the rows
    #[arg(long)]
    pub(super) skewed: bool,
    /// The URL of the database, as a role that is not under row-level security, such as the schema's `admin`
    #[arg(
        long = "database",
        env = "DATABASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub(super) url: String,
}

/// Where to write the rows of the application.
#[cfg(feature = "seed")]
#[derive(Args)]
pub(super) struct Seed {
    /// Print the statements and what they would do, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// The URL of the database, as a role that is not under row-level security, such as the schema's `admin`
    #[arg(
        long = "database",
        env = "DATABASE_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    pub(super) url: String,
}

/// Which migrations to lint. Applied migrations are not linted; they are read for the objects that they created.
#[cfg(feature = "lint")]
#[derive(Args)]
pub(super) struct Lint {
    /// Print SARIF 2.1.0, for code scanning
    #[arg(long, conflicts_with = "json")]
    pub(super) sarif: bool,
    /// Lint only the migrations after this version; 0 lints all. Without `--since` and `--database`, the migrations in
    /// the snapshot count as applied
    #[arg(long, value_name = "VERSION", conflicts_with = "database")]
    pub(super) since: Option<i64>,
    /// Lint only the migrations that this database has not applied
    #[arg(long, value_name = "URL")]
    pub(super) database: Option<String>,
    #[command(flatten)]
    pub(super) directory: Directory,
}

#[derive(Args)]
pub(super) struct Ddl {
    /// Print the SQL that drops the schema instead
    #[arg(long)]
    pub(super) down: bool,
}

#[derive(Args)]
pub(super) struct Diff {
    /// The first side: `structs`, a snapshot file, a directory of migrations, or the URL of a database
    #[arg(long, default_value = "migrations")]
    pub(super) from: String,
    /// The second side, in the same forms
    #[arg(long, default_value = "structs")]
    pub(super) to: String,
    /// Print the SQL from the first side to the second, and its reverse as a comment
    #[arg(long, conflicts_with = "sarif")]
    pub(super) sql: bool,
    /// Print the SQL even if one of two databases has something that is not modelled, and leave that out
    #[arg(long, requires = "sql")]
    pub(super) leave_out_unmodelled: bool,
    #[command(flatten)]
    pub(super) looking: Looking,
}

/// What a comparison reads from a database, and how it prints the result.
#[derive(Args)]
pub(super) struct Looking {
    /// Also compare this PostgreSQL schema of a database, beside `public` and those of the structs
    #[arg(long = "schema", value_name = "NAME")]
    pub(super) schemas: Vec<String>,
    /// Accept an object that the schema does not declare, by its name in the output: `audit.log`
    #[arg(long, value_name = "NAME")]
    pub(super) accept: Vec<String>,
    /// Exit with status 3 also if something was not compared or not inspected
    #[arg(long)]
    pub(super) strict: bool,
    /// Print SARIF 2.1.0, for code scanning
    #[arg(long, conflicts_with = "json")]
    pub(super) sarif: bool,
}

#[derive(Args)]
pub(super) struct Database {
    /// The URL of the database, as a role that may change the schema
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
    /// The migrations directory
    #[arg(long = "dir", default_value = "migrations", value_name = "DIR")]
    pub(super) path: PathBuf,
}

#[derive(Subcommand)]
pub(super) enum Migrate {
    /// Write a migration from the snapshot to the structs, without a database
    New {
        /// What the migration does, in a few words
        description: String,
        /// Why the change is made; the files contain it
        #[arg(long)]
        reason: Option<String>,
        /// Allow this hazard
        #[arg(long = "allow", value_name = "NAME", value_parser = hazard)]
        allow: Vec<HazardKind>,
        /// Keep dropped objects, and both names of renamed columns, for the release that runs now; a later migration
        /// removes them
        #[arg(long)]
        expand: bool,
        /// Print the files in the layout of another tool instead of writing them
        #[arg(long, value_parser = format)]
        print: Option<Format>,
        #[command(flatten)]
        directory: Directory,
    },
    /// Plan the migrations of this branch again, after those that another branch added
    Rebase {
        /// What the new migration does, in a few words
        description: String,
        /// Allow this hazard
        #[arg(long = "allow", value_name = "NAME", value_parser = hazard)]
        allow: Vec<HazardKind>,
        /// Keep dropped objects, and both names of renamed columns, for the release that runs now
        #[arg(long)]
        expand: bool,
        #[command(flatten)]
        directory: Directory,
    },
    /// Add hand-written migrations to the chain
    Adopt {
        #[command(flatten)]
        directory: Directory,
    },
    /// Write the snapshot from a database that has every migration, for a directory that another tool wrote
    Snapshot {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
        /// Also read this PostgreSQL schema, beside `public` and those of the structs
        #[arg(long = "schema", value_name = "NAME")]
        schemas: Vec<String>,
    },
    /// Apply pending migrations
    Up {
        /// Apply at most this many migrations
        count: Option<usize>,
        /// Apply the migrations up to and including this version
        #[arg(long, conflicts_with = "count")]
        to: Option<i64>,
        /// Also apply a file that is older than the newest applied one
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
    /// Revert the newest migrations
    Down {
        /// How many migrations to revert; all files of one `migrate new` are one migration
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
    /// Print the state of each migration
    Status {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
    },
    /// Run all migrations up, down and up again on a scratch database of the server, and compare the schema each time
    Verify {
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
        /// Accept an object that the migrations create and the schema does not declare, by its name: `audit.log`
        #[arg(long, value_name = "NAME")]
        accept: Vec<String>,
    },
    /// Record your decision about a migration that stopped half way or was edited
    Repair {
        /// The version of the migration
        version: i64,
        /// The decision
        #[arg(value_enum)]
        is: Decision,
        #[command(flatten)]
        directory: Directory,
        #[command(flatten)]
        database: Database,
    },
    /// Record that a database already has everything up to a version; refused if the database is different
    Baseline {
        /// The version of the migration
        version: i64,
        /// Accept an object that the schema does not declare, by its name in the output: `audit.log`
        #[arg(long, value_name = "NAME")]
        accept: Vec<String>,
        /// Record it even if the database is different
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
    /// It is not applied; you removed what it left
    Forgotten,
    /// It is completely applied; you did what was missing
    Applied,
    /// Its file was edited on purpose
    Edited,
    /// The statement at which it stopped took effect
    StatementDone,
    /// The statement at which it stopped must run again
    StatementAgain,
}

fn hazard(name: &str) -> Result<HazardKind, String> {
    HazardKind::by_name(name).ok_or_else(|| {
        let names: Vec<_> = HazardKind::all().map(HazardKind::name).collect();
        format!(
            "no hazard is named `{name}`; the names are {}",
            names.join(", ")
        )
    })
}

fn format(name: &str) -> Result<Format, String> {
    Format::by_name(name).ok_or_else(|| {
        let names: Vec<_> = Format::all().map(|(_, name)| name).collect();
        format!(
            "no layout is named `{name}`; the names are {}",
            names.join(", ")
        )
    })
}

#[cfg(feature = "docs")]
fn document_format(name: &str) -> Result<freehold_schema_docs::Format, String> {
    use freehold_schema_docs::Format;
    Format::by_name(name).ok_or_else(|| {
        let names: Vec<_> = Format::all().map(|(_, name)| name).collect();
        format!(
            "no format is named `{name}`; the names are {}",
            names.join(", ")
        )
    })
}

#[cfg(feature = "docs")]
fn division(name: &str) -> Result<freehold_schema_docs::Division, String> {
    use freehold_schema_docs::Division;
    Division::by_name(name).ok_or_else(|| {
        let names: Vec<_> = Division::all().map(|(_, name)| name).collect();
        format!(
            "diagrams are not divided by `{name}`; the words are {}",
            names.join(", ")
        )
    })
}

#[cfg(feature = "fake")]
fn table_rows(text: &str) -> Result<(String, u64), String> {
    let wrong = || format!("`{text}` is not a table with its rows; write `--table users=1000`");
    let (name, rows) = text.rsplit_once('=').ok_or_else(wrong)?;
    Ok((name.to_owned(), rows.parse().map_err(|_| wrong())?))
}

#[cfg(feature = "operations")]
fn check_limit(text: &str) -> Result<(String, String, f64), String> {
    let wrong =
        || format!("`{text}` is not a limit with its number; write `--limit index_unused.days=7`");
    let (name, value) = text.rsplit_once('=').ok_or_else(wrong)?;
    let (check, limit) = name.split_once('.').ok_or_else(wrong)?;
    let value: f64 = value.parse().map_err(|_| wrong())?;
    let is_number = value.is_finite();
    is_number
        .then(|| (check.to_owned(), limit.to_owned(), value))
        .ok_or_else(wrong)
}
