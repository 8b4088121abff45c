//! Runs the checks.

use std::time::Instant;

use sqlx::PgConnection;

use crate::check::{Check, Finding, NotJudged, Probe};
use crate::drifted::{self, Difference};
use crate::finders::audit::{self, Audited, Verdict};
use crate::finders::slow;
use crate::finders::statement::{self, FinderStatement};
use crate::index_pairs::{self, INDEXES, IndexRow};
use crate::options::Options;
use crate::report::Report;
use crate::session::Session;
use crate::severity::Severity;
use crate::volume::{self, ROWS, TableRows};
use freehold_schema_core::catalog::row;
use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::SchemaDef;
use freehold_schema_migrate::drift::{Drift, Source};
use freehold_schema_migrate::inspect::{Inspection, adopt_same_queries, inspect};

/// A crash sets statistics to zero and leaves `stats_reset` empty.
const AGE: &str = "
SELECT (extract(epoch FROM now() - greatest(stats_reset, pg_postmaster_start_time())) / 86400)::float8 AS days
FROM pg_stat_database WHERE datname = current_database()";

row! {
    struct AgeRow {
        days: f64,
    }
}

/// A row of a check: severity, object, message and fix.
type FindingRow = (String, String, String, String);

/// The checks of one schema.
///
/// ```no_run
/// # async fn example(url: &str, def: &'static freehold_schema_core::SchemaDef) -> Result<(), Box<dyn std::error::Error>> {
/// use freehold_schema_operations::{Doctor, Options};
/// use sqlx::Connection as _;
///
/// let schema = def.schema()?;
/// let mut connection = sqlx::PgConnection::connect(url).await?;
/// let report = Doctor::new(def, &schema).examine(&mut connection, &Options::default()).await?;
/// for finding in &report.findings {
///     println!("{}: {}; {}", finding.severity, finding.message, finding.fix);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Doctor<'a> {
    def: &'static SchemaDef,
    /// What the database should have: between two releases, what both work on.
    schema: &'a Schema,
}

/// What several checks need, read once.
#[derive(Default)]
struct Shared<'s> {
    indexes: Option<Result<Vec<IndexRow>, String>>,
    differences: Option<Result<Vec<Difference>, String>>,
    audited: Option<Result<Vec<Audited<'s>>, String>>,
}

/// One check, its limits, and what it found.
struct Run<'r> {
    check: &'static Check,
    limits: Vec<f64>,
    findings: &'r mut Vec<Finding>,
}

impl Run<'_> {
    fn limit(&self, position: usize) -> f64 {
        self.limits.get(position).copied().unwrap_or_default()
    }

    fn found(&mut self, severity: Severity, object: String, message: String, fix: String) {
        self.findings.push(Finding {
            check: self.check,
            severity,
            object,
            message,
            fix,
        });
    }
}

impl<'a> Doctor<'a> {
    /// The checks of a schema. `schema` is what the database should have: usually that of the structs.
    pub fn new(def: &'static SchemaDef, schema: &'a Schema) -> Self {
        Self { def, schema }
    }

    /// Runs the checks, each in read-only transactions of its own. A check that fails is not judged, and the others go
    /// on.
    ///
    /// The connection needs the rights of a superuser for every check. With `pg_monitor` and membership in the
    /// application's role, checks that need more are not judged.
    ///
    /// # Errors
    ///
    /// If the connection is lost.
    pub async fn examine(
        &self,
        connection: &mut PgConnection,
        options: &Options,
    ) -> Result<Report, sqlx::Error> {
        let begin = Instant::now();
        let statements = statement::statements(self.def, self.schema);
        let mut session = Session::new(connection);
        let mut shared = Shared::default();
        let (mut findings, mut not_judged, mut judged) = (Vec::new(), Vec::new(), Vec::new());
        for check in options.checks() {
            let limits = options.limits(check);
            let mut run = Run {
                check,
                limits,
                findings: &mut findings,
            };
            match self
                .run(&mut run, &mut session, &mut shared, (options, &statements))
                .await
            {
                Ok(()) => judged.push(check),
                Err(why) => not_judged.push(NotJudged { check, why }),
            }
        }
        sqlx::Connection::ping(session.connection()).await?;
        findings.sort_by_key(|finding| finding.severity);
        Ok(Report {
            findings,
            not_judged,
            judged,
            took: begin.elapsed(),
        })
    }

    async fn run<'s>(
        &self,
        run: &mut Run<'_>,
        session: &mut Session<'_>,
        shared: &mut Shared<'s>,
        (options, statements): (&Options, &'s [FinderStatement]),
    ) -> Result<(), String> {
        match run.check.probe {
            Probe::Sql(sql) => rows(run, session, sql).await,
            Probe::Statistics(sql) => {
                expect_old_statistics(run, session).await?;
                rows(run, session, sql).await
            }
            Probe::Indexes => {
                if shared.indexes.is_none() {
                    shared.indexes =
                        Some(session.read::<IndexRow>(INDEXES, &[]).await.map_err(why));
                }
                known(shared.indexes.as_ref()).map(|all| of_indexes(run, all))
            }
            Probe::Drift => {
                if shared.differences.is_none() {
                    shared.differences = Some(self.differences(session, options).await);
                }
                known(shared.differences.as_ref()).map(|all| of_differences(run, all))
            }
            Probe::Volume => {
                let found = session.read::<TableRows>(ROWS, &[]).await.map_err(why)?;
                self.of_volume(run, &found);
                Ok(())
            }
            Probe::Finders => {
                audited(session, shared, statements).await?;
                known(shared.audited.as_ref()).and_then(|all| of_finders(run, all))
            }
            Probe::Statements => {
                audited(session, shared, statements).await?;
                let all = known(shared.audited.as_ref())?;
                self.of_statements(run, session, all).await
            }
        }
    }

    /// The difference to the schema, as `schema check` has it.
    async fn differences(
        &self,
        session: &mut Session<'_>,
        options: &Options,
    ) -> Result<Vec<Difference>, String> {
        let names = options.compared().iter().map(String::as_str);
        let what = Inspection::of(self.schema).and_namespaces(names);
        let connection = session.connection();
        let mut found = inspect(connection, &what)
            .await
            .map_err(|error| text(&error))?;
        let adopted = adopt_same_queries(connection, &mut found.schema, self.schema).await;
        adopted.map_err(|error| text(&error))?;
        let drift = Drift::between(
            &Source::Database(found),
            &Source::Declared(self.schema.clone()),
        );
        Ok(drifted::differences(&drift))
    }

    fn of_volume(&self, run: &mut Run<'_>, found: &[TableRows]) {
        for over in volume::over(self.def, found, run.limit(0)) {
            let message = format!(
                "`{}` has about {} rows, and `{}` states {}",
                over.table, over.rows, over.path, over.stated
            );
            let fix = format!(
                "partition the table or remove old rows; if it may be as large, correct the struct: `volume(rows = {:.0}, ..)`",
                over.rows
            );
            run.found(Severity::Warning, over.table, message, fix);
        }
    }

    async fn of_statements(
        &self,
        run: &mut Run<'_>,
        session: &mut Session<'_>,
        audited: &[Audited<'_>],
    ) -> Result<(), String> {
        let extensions = session
            .read::<slow::ExtensionRow>(slow::EXTENSION, &[])
            .await
            .map_err(why)?;
        let Some(extension) = extensions.first() else {
            return Err("the extension `pg_stat_statements` is not installed: add it to `shared_preload_libraries`, \
                        restart the server, and run `CREATE EXTENSION pg_stat_statements`"
                .to_owned());
        };
        let query = slow::query(&extension.view);
        let counted = session
            .read_made::<slow::Counted>(query, &run.limits)
            .await
            .map_err(why)?;
        let structs = statement::structs(self.def);
        for counted in counted {
            let calls = slow::calls(&counted, audited, &structs);
            if calls.is_empty() {
                continue;
            }
            let message = format!(
                "`{}` takes {:.1} ms on average, over {} calls: `{}`",
                calls.join("` or `"),
                counted.mean,
                counted.calls,
                counted.text
            );
            let fix = "look at its plan with `EXPLAIN (ANALYZE, BUFFERS)`: an index that it lacks belongs in the struct, and \
                       fewer rows in the call (`limit`, `page`)";
            run.found(Severity::Warning, calls.join(", "), message, fix.to_owned());
        }
        Ok(())
    }
}

/// The findings of a query.
async fn rows(
    run: &mut Run<'_>,
    session: &mut Session<'_>,
    sql: &'static str,
) -> Result<(), String> {
    let rows = session
        .read::<FindingRow>(sql, &run.limits)
        .await
        .map_err(why)?;
    for (severity, object, message, fix) in rows {
        let severity = Severity::by_word(&severity).unwrap_or(run.check.severity);
        run.found(severity, object, message, fix);
    }
    Ok(())
}

/// What young statistics do not show may still be there.
async fn expect_old_statistics(run: &Run<'_>, session: &mut Session<'_>) -> Result<(), String> {
    let ages = session.read::<AgeRow>(AGE, &[]).await.map_err(why)?;
    let days = ages.first().map_or(0.0, |age| age.days);
    let wanted = run.limit(0);
    if days >= wanted {
        return Ok(());
    }
    Err(format!(
        "the statistics are {days:.1} days old, and {wanted:.0} are needed; judge it now with `--limit {}.days=0`",
        run.check.id
    ))
}

async fn audited<'s>(
    session: &mut Session<'_>,
    shared: &mut Shared<'s>,
    statements: &'s [FinderStatement],
) -> Result<(), String> {
    if shared.audited.is_none() {
        shared.audited = Some(audit::audit(session, statements).await.map_err(why));
    }
    Ok(())
}

/// What was read earlier, or why it could not be read.
fn known<T>(read: Option<&Result<Vec<T>, String>>) -> Result<&[T], String> {
    match read {
        Some(Ok(all)) => Ok(all),
        Some(Err(why)) => Err(why.clone()),
        None => Ok(&[]),
    }
}

fn of_indexes(run: &mut Run<'_>, all: &[IndexRow]) {
    let is_prefix = run.check.id == "index_prefix";
    let pairs = if is_prefix {
        index_pairs::prefixes(all)
    } else {
        index_pairs::duplicates(all)
    };
    for pair in pairs {
        let (dropped, kept) = (&pair.dropped.name, &pair.kept.name);
        let relation = &pair.dropped.relation;
        let message = if is_prefix {
            format!(
                "the index `{kept}` of `{relation}` begins with the columns of `{dropped}`, and serves the same statements"
            )
        } else {
            format!("the index `{dropped}` of `{relation}` is the same as `{kept}`")
        };
        let concurrently = if pair.dropped.is_partitioned {
            ""
        } else {
            "CONCURRENTLY "
        };
        let fix = format!("remove it from the struct: `DROP INDEX {concurrently}{dropped}`");
        run.found(Severity::Advice, dropped.clone(), message, fix);
    }
}

fn of_differences(run: &mut Run<'_>, all: &[Difference]) {
    let is_access = run.check.id == "isolation_differs";
    let severity = run.check.severity;
    for difference in all
        .iter()
        .filter(|difference| difference.is_access == is_access)
    {
        run.found(
            severity,
            difference.object.clone(),
            difference.message.clone(),
            difference.fix.clone(),
        );
    }
}

/// Refused plans are not judged: the application would see the same error.
fn of_finders(run: &mut Run<'_>, all: &[Audited<'_>]) -> Result<(), String> {
    let mut refused = Vec::new();
    for audited in all {
        match &audited.verdict {
            Verdict::Refused(why) => refused.push(format!("`{}`: {why}", audited.statement.rust)),
            verdict => of_finder(run, audited.statement, verdict),
        }
    }
    match refused.first() {
        None => Ok(()),
        Some(first) if refused.len() == 1 => Err(first.clone()),
        Some(first) => Err(format!("{first}; and {} more", refused.len() - 1)),
    }
}

fn of_finder(run: &mut Run<'_>, statement: &FinderStatement, verdict: &Verdict) {
    let rust = &statement.rust;
    let (severity, message) = match verdict {
        Verdict::Cannot(tables) => {
            let tables = tables.join("`, `");
            (
                Severity::Warning,
                format!("no index serves `{rust}`: it reads all of `{tables}`"),
            )
        }
        Verdict::Partly => {
            let columns = statement.columns.join("`, `");
            (
                Severity::Warning,
                format!(
                    "no index serves `{rust}`: none begins with `{columns}`, so rows are compared one by one"
                ),
            )
        }
        Verdict::ReadsWhole(table, rows) if *rows > run.limit(0) => (
            Severity::Advice,
            format!(
                "`{rust}` reads all of `{table}`, about {rows} rows, although an index can serve it"
            ),
        ),
        Verdict::Served | Verdict::Refused(_) | Verdict::ReadsWhole(..) => return,
    };
    let fix = match severity {
        Severity::Advice => {
            "run `ANALYZE` on the table; if the value is in most rows, the plan is right".to_owned()
        }
        Severity::Error | Severity::Warning => format!(
            "the struct declares an index for it, so `schema check` shows what is missing: `{}`",
            statement.index_sql()
        ),
    };
    run.found(severity, rust.clone(), message, fix);
}

fn why(error: sqlx::Error) -> String {
    text(&freehold_schema_core::error::without_source_line(error))
}

/// An error with its causes, without a cause whose text is already there.
fn text(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let why = error.to_string();
        if !text.contains(&why) {
            text = format!("{text}: {why}");
        }
        cause = error.source();
    }
    text
}
