//! Behind PgBouncer in the mode `transaction`: several processes share a few sessions. Their statements have the same
//! names and parameters of the same types, so a statement that is confused with another one writes something wrong.

use std::env;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use freehold::error::Error;
use freehold::model::Isolation;
use freehold::prelude::*;
use freehold::query::Condition;
use freehold::scope::{DbBuilder, Statements};
use freehold_test_support::{Database, Pgbouncer, Server, Startup};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

use crate::TestResult;
use crate::shop::{BOTH, Mode};

#[derive(Key, Clone, Debug, PartialEq, Eq)]
pub struct TenantId(String);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectId(i64);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = project_kind)]
pub enum Kind {
    Small,
    Large,
}

#[derive(Table, Debug, Clone)]
#[table(name = tenants, owner, allow(timestamps, uuid_key))]
pub struct Tenant {
    #[column(primary_key)]
    pub id: TenantId,
}

#[derive(Table, Debug, Clone)]
#[table(name = projects, scope = tenant_id, primary_key(tenant_id, id), allow(timestamps, uuid_key))]
pub struct Project {
    pub id: ProjectId,
    #[column(references = Tenant::id, on_delete = cascade)]
    pub tenant_id: TenantId,
    pub title: String,
    pub kind: Kind,
}

schema!(
    pub POOLED = [Tenant, Project],
    isolation(setting = "app.tenant", role = pooled_app, owner = pooled_owner, login = pooled_login),
);

/// The title of a row is the key of its owner. A trigger records every other title that is written.
const WATCH: &str = "CREATE TABLE public.foreign_titles (title text); \
    CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN \
        IF NEW.title <> NEW.tenant_id THEN INSERT INTO public.foreign_titles VALUES (NEW.title); END IF; \
        RETURN NEW; END $$; \
    CREATE TRIGGER watch BEFORE UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION watch()";

const PROCESSES: u32 = 6;
const STATEMENTS: u32 = 10_000;
/// Fewer than the number of processes, so that each session serves all of them.
const SESSIONS: u32 = 3;
/// The time for a closed connection to be noticed.
const PATIENCE: Duration = Duration::from_secs(10);
const LOGINS: [&str; 2] = ["postgres", "pooled_login"];

/// Roles belong to the whole cluster; one test at a time creates them.
static SETUP: Mutex<()> = Mutex::const_new(());

struct World {
    database: Database,
    /// The URL of the server itself.
    url: String,
    mode: Mode,
}

impl World {
    async fn new(mode: Mode) -> Result<Self, Box<dyn std::error::Error>> {
        let database = Server::shared().create_database("pooled")?;
        let login = {
            let _one = SETUP.lock().await;
            Db::setup(&POOLED, &database.url()).await?
        };
        database.psql(WATCH)?;
        let url = match mode {
            Mode::Predicate => database.url(),
            Mode::RowSecurity => login,
        };
        let world = Self {
            database,
            url,
            mode,
        };
        let db = builder(mode, &world.url).connect().await?;
        for number in 0..PROCESSES {
            let me = db.scope(tenant(number));
            Tenant::insert(NewTenant {}).execute(&me).await?;
            let new = NewProject {
                id: 1.into(),
                title: title(number),
                kind: Kind::Small,
            };
            Project::insert(new).execute(&me).await?;
        }
        Ok(world)
    }

    fn pooler(&self, startup: Startup) -> Result<(Pgbouncer, String), Box<dyn std::error::Error>> {
        let pooler = Pgbouncer::start(Server::shared(), &LOGINS, SESSIONS, startup)?;
        let url = pooler.url(&self.url);
        Ok((pooler, url))
    }

    fn foreign_titles(&self) -> Result<u32, Box<dyn std::error::Error>> {
        let count = self.database.psql("SELECT count(*) FROM foreign_titles")?;
        Ok(count.parse()?)
    }
}

fn builder(mode: Mode, url: &str) -> DbBuilder {
    match mode {
        Mode::Predicate => Db::builder(url).isolation(Isolation::Predicate),
        Mode::RowSecurity => Db::builder(url).schema(&POOLED),
    }
}

fn tenant(number: u32) -> TenantId {
    TenantId::from(format!("tenant {number}"))
}

fn title(number: u32) -> String {
    format!("tenant {number}")
}

/// The work of a process. Processes with even numbers write, the others read: `SET title = $1 WHERE tenant_id = $2` of
/// a writer has the number and types of parameters of `WHERE tenant_id = $1 AND title = $2` of a reader.
struct Task {
    mode: Mode,
    url: String,
    number: u32,
    statements: u32,
    named: bool,
}

/// The result: the number of failed statements, and of statements that showed foreign rows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    failed: u32,
    foreign: u32,
}

impl Task {
    const VARIABLE: &'static str = "FREEHOLD_POOLER_TASK";

    /// The task as text, for a separate process.
    fn to_text(&self) -> String {
        let Self {
            mode,
            url,
            number,
            statements,
            named,
        } = self;
        format!("{mode:?} {url} {number} {statements} {named}")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let words: Vec<_> = text.split(' ').collect();
        let [mode, url, number, statements, named] = words[..] else {
            return Err(format!("no task: {text}").into());
        };
        let modes = BOTH.into_iter();
        Ok(Self {
            mode: modes
                .into_iter()
                .find(|of| format!("{of:?}") == mode)
                .ok_or("no mode")?,
            url: url.to_owned(),
            number: number.parse()?,
            statements: statements.parse()?,
            named: named.parse()?,
        })
    }

    /// Runs the task in a separate process: the test below, in this binary.
    fn spawn(&self) -> std::io::Result<Child> {
        Command::new(env::current_exe()?)
            .args(["--exact", "pooler::one_of_the_processes", "--nocapture"])
            .env(Self::VARIABLE, self.to_text())
            .stdout(Stdio::piped())
            .spawn()
    }

    async fn run(&self) -> Result<Outcome, Error> {
        let statements = if self.named {
            Statements::Named
        } else {
            Statements::Unnamed
        };
        let builder = builder(self.mode, &self.url).statements(statements);
        let db = builder.pool_size(1).connect().await?;
        let me = db.scope(tenant(self.number));
        let mut outcome = Outcome::default();
        for at in 0..self.statements {
            match self.statement(&me, at).await {
                Ok(true) => {}
                Ok(false) => outcome.foreign += 1,
                Err(error) => {
                    outcome.failed += 1;
                    if !self.named {
                        eprintln!("{}: {error:?}", self.number);
                    }
                }
            }
        }
        Ok(outcome)
    }

    /// Runs a statement. Returns whether it showed only rows of this process.
    async fn statement(&self, me: &Scope<TenantId>, at: u32) -> Result<bool, Error> {
        let mine = title(self.number);
        let theirs = title((self.number + 1) % PROCESSES);
        if self.number.is_multiple_of(2) {
            let update = Project::update_where(|_| Condition::always())
                .set(|project| project.title.to(mine));
            return Ok(update.execute(me).await? == 1);
        }
        let with_title = |title| Project::select().filter(|project| project.title.eq(title));
        let small = || Project::select().filter(|project| project.kind.eq(Kind::Small));
        Ok(match at % 4 {
            // Confused with the writers' statement, it would write this key into the row of another.
            _ if self.named => {
                with_title(theirs).fetch_all(me).await?;
                return Ok(true);
            }
            0 => with_title(mine.clone()).fetch_all(me).await?,
            1 => {
                me.transaction(async |tx| Project::select().fetch_all(tx).await)
                    .await?
            }
            2 => small().fetch_all(me).await?,
            _ => {
                if !with_title(theirs).fetch_all(me).await?.is_empty() {
                    return Ok(false);
                }
                Project::select().fetch_all(me).await?
            }
        }
        .iter()
        .map(|project| &project.title)
        .eq([&mine]))
    }
}

/// Runs all processes at once.
fn run_all(
    mode: Mode,
    url: &str,
    statements: u32,
    named: bool,
) -> Result<Outcome, Box<dyn std::error::Error>> {
    let task = |number| Task {
        mode,
        url: url.to_owned(),
        number,
        statements: statements.div_ceil(PROCESSES),
        named,
    };
    let children: Vec<_> = (0..PROCESSES).map(|number| task(number).spawn()).collect();
    let mut all = Outcome::default();
    for child in children {
        let output = child?.wait_with_output()?;
        let text = String::from_utf8(output.stdout)?;
        let line = text.lines().find_map(|line| line.split_once("outcome: "));
        let (_, numbers) = line.ok_or_else(|| format!("a process came to no end: {text}"))?;
        let (failed, foreign) = numbers.split_once(' ').ok_or("no numbers")?;
        all.failed += failed.parse::<u32>()?;
        all.foreign += foreign.parse::<u32>()?;
    }
    Ok(all)
}

/// Does nothing unless a test below has started this process.
#[tokio::test]
async fn one_of_the_processes() -> TestResult {
    let Ok(task) = env::var(Task::VARIABLE) else {
        return Ok(());
    };
    let task = Task::parse(&task)?;
    let outcome = task.run().await.unwrap_or(Outcome {
        failed: task.statements,
        foreign: 0,
    });
    // The process that started this one reads it.
    #[allow(clippy::print_stdout)]
    {
        println!("outcome: {} {}", outcome.failed, outcome.foreign);
    }
    Ok(())
}

/// PgBouncer with its default settings.
#[tokio::test]
async fn unnamed_statements_are_not_confused() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let (_pooler, url) = world.pooler(Startup::Refuses)?;
        let outcome = run_all(mode, &url, STATEMENTS, false)?;
        assert_eq!(outcome, Outcome::default(), "{mode:?}");
        assert_eq!(
            world.foreign_titles()?,
            0,
            "{mode:?}: titles that are another's"
        );
    }
    Ok(())
}

/// The control: named statements are confused, and without row-level security a reader's statement writes.
#[tokio::test]
async fn named_statements_are_confused() -> TestResult {
    const ROUNDS: u32 = 10;
    let world = World::new(Mode::Predicate).await?;
    let (_pooler, url) = world.pooler(Startup::Refuses)?;
    // Chance decides which session serves which process.
    for _ in 0..ROUNDS {
        let outcome = run_all(Mode::Predicate, &url, 1_200, true)?;
        assert!(outcome.failed > 0, "none is mixed up: {outcome:?}");
        if world.foreign_titles()? > 0 {
            return Ok(());
        }
    }
    Err("no title is another's: the tests here would find nothing".into())
}

/// The pooler refuses `options`, or ignores them.
#[tokio::test]
async fn an_undeclared_pooler_is_refused() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        for startup in [Startup::Refuses, Startup::Ignores] {
            let (_pooler, url) = world.pooler(startup)?;
            let refused = builder(mode, &url).connect().await;
            assert!(
                matches!(refused, Err(Error::Pooler(_))),
                "{mode:?}, {startup:?}: {refused:?}"
            );
            let message = refused
                .err()
                .map(|error| error.to_string())
                .unwrap_or_default();
            assert!(message.contains("Statements::Unnamed"), "{message}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_url_can_declare_the_pooler() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let (pooler, url) = world.pooler(Startup::Refuses)?;
        let url = format!("{url}&statement-cache-capacity=0");
        let db = builder(mode, &url).connect().await?;
        let me = db.scope(tenant(1));
        let projects: Vec<Project> = Project::select().fetch_all(&me).await?;
        assert_eq!(projects.len(), 1, "{mode:?}");
        let admin = format!(
            "{}&statement-cache-capacity=0",
            pooler.url(&world.database.url())
        );
        let login = Db::setup(&POOLED, &admin).await?;
        let again = Db::builder(&login).schema(&POOLED).connect().await?;
        let projects = Project::select().count(&again.scope(tenant(1))).await?;
        assert_eq!(projects, 1, "{mode:?}: by the URL of `Db::setup`");
        // No statement has a name, in any session.
        let names = "SELECT count(*)::int4 FROM pg_prepared_statements";
        if mode == Mode::RowSecurity {
            assert_eq!(me.sql(names).fetch_all::<(i32,)>().await?, [(0,)]);
        }
    }
    Ok(())
}

/// Without a pooler, these settings are set when the session starts.
#[tokio::test]
async fn each_transaction_sets_its_settings() -> TestResult {
    let world = World::new(Mode::RowSecurity).await?;
    let here = format!(
        "ALTER ROLE pooled_login IN DATABASE {} SET",
        world.database.name()
    );
    world.database.psql(&format!(
        "{here} standard_conforming_strings = off; {here} TimeZone = 'Asia/Tokyo'"
    ))?;
    let (_pooler, url) = world.pooler(Startup::Refuses)?;
    let db = builder(Mode::RowSecurity, &url)
        .statements(Statements::Unnamed)
        .statement_timeout(Duration::from_micros(123_400))
        .pool_size(1)
        .connect()
        .await?;
    let hostile = db.scope(TenantId::from(
        "\\'; SET LOCAL app.tenant TO 'tenant 1'; --".to_owned(),
    ));
    let settings = "SELECT current_setting('standard_conforming_strings'), current_setting('statement_timeout'), \
        current_setting('TimeZone'), current_setting('app.tenant')";
    // The first transaction resets everything at its end, and the next one finds the same settings.
    for _ in 0..3 {
        let found = hostile
            .sql(settings)
            .fetch_all::<(String, String, String, String)>()
            .await?;
        let wanted = ["on", "124ms", "UTC", hostile.key().as_inner()].map(str::to_owned);
        assert_eq!(found, [wanted.into()]);
    }
    let slow = hostile.sql("SELECT pg_sleep(5)::text").execute().await;
    assert!(matches!(slow, Err(Error::StatementTimeout(_))), "{slow:?}");
    Ok(())
}

/// A future that is dropped while it runs leaves no open transaction in a session of the server.
#[tokio::test]
async fn a_dropped_future_leaves_nothing_in_a_session() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let (_pooler, url) = world.pooler(Startup::Refuses)?;
        let builder = builder(mode, &url).statements(Statements::Unnamed);
        let db = builder.connect().await?;
        let me = db.scope(tenant(2));
        for wait in 0..40 {
            let update = Project::update_where(|_| Condition::always())
                .set(|project| project.title.to(title(2)));
            let wait = Duration::from_micros(wait * 100);
            let _ = timeout(wait, update.execute(&me)).await;
        }
        for number in 0..PROCESSES {
            let them = db.scope(tenant(number));
            let titles = Project::select()
                .columns(|project| project.title)
                .fetch_all(&them)
                .await?;
            assert_eq!(titles, [title(number)], "{mode:?}");
        }
        let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'";
        let begun = Instant::now();
        while world.database.psql(open)? != "0" {
            assert!(
                begun.elapsed() < PATIENCE,
                "{mode:?}: a transaction is open"
            );
            sleep(Duration::from_millis(10)).await;
        }
    }
    Ok(())
}
