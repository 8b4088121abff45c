//! SIGKILL at each step of thirteen migrations: the next run ends as an undisturbed run ends, and does nothing twice.
//!
//! It kills 20 times, or as often as `FREEHOLD_KILLS` requests (`FREEHOLD_KILLS=100`).

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, thread};

use freehold::migrate::Directory;
use freehold::migrate::run::{Event, Runner, Target};

use crate::{Fallible, Place, quick};

/// The child's database and directory.
const URL: &str = "FREEHOLD_KILLED_URL";
const DIRECTORY: &str = "FREEHOLD_KILLED_DIRECTORY";
const KILLS: &str = "FREEHOLD_KILLS";

const FILES: [(&str, &str); 13] = [
    (
        "01_tables.sql",
        "CREATE TABLE log (entry text);\n\
         CREATE TYPE state AS ENUM ('new', 'done');\n\
         CREATE TABLE big (id int PRIMARY KEY, state state NOT NULL DEFAULT 'new', touched int NOT NULL DEFAULT 0, doubled int);\n\
         INSERT INTO big (id) SELECT generate_series(1, 20000);\n\
         INSERT INTO log VALUES ('01');",
    ),
    (
        "02_index.sql",
        "-- no-transaction\n\
         INSERT INTO log VALUES ('02 before');\n\
         CREATE INDEX CONCURRENTLY big_state ON big (state, md5(id::text));\n\
         INSERT INTO log VALUES ('02 after');",
    ),
    (
        "03_column.sql",
        "ALTER TABLE big ADD COLUMN note text;\nINSERT INTO log VALUES ('03');",
    ),
    (
        "04_backfill.sql",
        "-- no-transaction\n\
         DO $$ DECLARE changed int; BEGIN\n\
           LOOP\n\
             UPDATE big SET doubled = 2 * id, touched = touched + 1\n\
               WHERE id IN (SELECT id FROM big WHERE doubled IS NULL ORDER BY id LIMIT 2000);\n\
             GET DIAGNOSTICS changed = ROW_COUNT;\n\
             COMMIT;\n\
             EXIT WHEN changed = 0;\n\
           END LOOP;\n\
         END $$;\n\
         INSERT INTO log VALUES ('04');",
    ),
    (
        "05_label.sql",
        "-- no-transaction\nALTER TYPE state ADD VALUE 'gone';\nINSERT INTO log VALUES ('05');",
    ),
    (
        "06_check.sql",
        "ALTER TABLE big ADD CONSTRAINT big_doubled CHECK (doubled = 2 * id) NOT VALID;\n\
         UPDATE big SET state = 'gone' WHERE id = 1;\n\
         INSERT INTO log VALUES ('06');",
    ),
    (
        "07_validate.sql",
        "-- no-transaction\nALTER TABLE big VALIDATE CONSTRAINT big_doubled;\nINSERT INTO log VALUES ('07');",
    ),
    (
        "08_unique.sql",
        "-- no-transaction\n\
         SET maintenance_work_mem = '32MB';\n\
         CREATE UNIQUE INDEX CONCURRENTLY big_doubled_key ON big (doubled);\n\
         INSERT INTO log VALUES ('08 between');\n\
         DROP INDEX CONCURRENTLY big_state;\n\
         INSERT INTO log VALUES ('08 after');",
    ),
    (
        "09_parts.sql",
        "CREATE TABLE parts (id int) PARTITION BY LIST (id);\n\
         CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);\n\
         CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2);\n\
         INSERT INTO log VALUES ('09');",
    ),
    (
        "10_detach.sql",
        "-- no-transaction\n\
         ALTER TABLE parts DETACH PARTITION parts_1 CONCURRENTLY;\n\
         ALTER TABLE parts_1 ADD COLUMN detached bool;\n\
         CREATE INDEX CONCURRENTLY parts_1_id ON parts_1 (id);\n\
         INSERT INTO log VALUES ('10');",
    ),
    (
        "11_partitions.sql",
        "-- no-transaction\n\
         CREATE TABLE wide (id int) PARTITION BY RANGE (id);\n\
         CREATE TABLE wide_1 PARTITION OF wide FOR VALUES FROM (0) TO (20000);\n\
         CREATE TABLE wide_2 PARTITION OF wide FOR VALUES FROM (20000) TO (40000);\n\
         INSERT INTO wide SELECT generate_series(0, 39999);\n\
         CREATE INDEX CONCURRENTLY wide_md5_wide_1 ON wide_1 (md5(id::text));\n\
         CREATE INDEX CONCURRENTLY wide_md5_wide_2 ON wide_2 (md5(id::text));",
    ),
    (
        "12_takes_them.sql",
        "CREATE INDEX wide_md5 ON wide (md5(id::text));\nINSERT INTO log VALUES ('12');",
    ),
    // By hand: the index of the table is invalid until every partition has one.
    (
        "13_attached.sql",
        "-- no-transaction\n\
         CREATE INDEX wide_id ON ONLY wide (id);\n\
         CREATE INDEX CONCURRENTLY wide_id_1 ON wide_1 (id);\n\
         CREATE INDEX CONCURRENTLY wide_id_2 ON wide_2 (id);\n\
         ALTER INDEX wide_id ATTACH PARTITION wide_id_1;\n\
         ALTER INDEX wide_id ATTACH PARTITION wide_id_2;\n\
         INSERT INTO log VALUES ('13');",
    ),
];

/// Facts that `catalog.sql` leaves out, and the rows of the tables.
const MORE: &str = "SELECT 'index', indexrelid::regclass, indisvalid, indisready FROM pg_index WHERE indrelid >= 16384 AND indrelid::regclass::text !~ '^pg_' ORDER BY indexrelid::regclass::text;
    SELECT 'constraint', conname, convalidated FROM pg_constraint WHERE conrelid >= 16384 ORDER BY conname;
    SELECT 'label', enumlabel FROM pg_enum ORDER BY enumsortorder;
    SELECT 'part', inhrelid::regclass, inhdetachpending FROM pg_inherits ORDER BY inhrelid::regclass::text;
    SELECT 'big', count(*), sum(doubled), min(touched), max(touched) FROM big;
    SELECT 'log', entry FROM log ORDER BY entry;
    SELECT 'history', version, description, success, checksum FROM _sqlx_migrations ORDER BY version;
    SELECT 'journal', count(*) FROM _freehold_steps";

/// The state of a database at the end.
fn end(place: &Place) -> Fallible<Vec<String>> {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalog.sql");
    let mut facts = place.database.catalog(&catalog)?;
    facts.extend(place.psql(MORE)?.lines().map(str::to_owned));
    Ok(facts)
}

/// Not a test: this is the process that is killed. It writes a line for each event.
#[tokio::test]
async fn child() -> Fallible {
    let (Ok(url), Ok(directory)) = (env::var(URL), env::var(DIRECTORY)) else {
        return Ok(());
    };
    let runner = Runner::from_url(Directory::read(directory)?, &url)?
        .options(quick())
        .on_event(|event| {
            let mut out = io::stdout().lock();
            // The reader may be gone; this process will be killed soon anyway.
            let _ = writeln!(out, "event {}", name(event));
            let _ = out.flush();
        });
    runner.up(Target::All).await?;
    Ok(())
}

fn name(event: &Event) -> &'static str {
    match event {
        Event::Begin { .. } => "begin",
        Event::End { .. } => "end",
        Event::StatementBegin { .. } => "statement begin",
        Event::StatementEnd { .. } => "statement end",
        _ => "other",
    }
}

fn start(place: &Place) -> Fallible<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["--exact", "killed::child", "--nocapture"]);
    command
        .env(URL, place.database.url())
        .env(DIRECTORY, place.path());
    Ok(command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?)
}

/// Kills the child `delay` after so many steps. Returns whether it was still at work.
fn kill_after(child: &mut Child, steps: usize, delay: Duration) -> Fallible<bool> {
    let out = child.stdout.take().ok_or("the child has no output")?;
    let mut seen = 0;
    for line in BufReader::new(out).lines() {
        let is_step = line?
            .strip_prefix("event ")
            .is_some_and(|name| name != "other");
        seen += usize::from(is_step);
        if seen > steps {
            break;
        }
    }
    thread::sleep(delay);
    let was_at_work = child.try_wait()?.is_none();
    child.kill()?;
    child.wait()?;
    Ok(was_at_work)
}

/// The number of step events of a run.
fn steps(place: &Place) -> Fallible<usize> {
    let directory = Directory::read(place.path())?;
    let each = directory
        .iter()
        .map(|migration| 2 + 2 * migration.up.statements().len());
    Ok(each.sum())
}

#[tokio::test]
async fn a_killed_run_is_continued() -> Fallible {
    let undisturbed = Place::new(&FILES)?;
    undisturbed.runner()?.up(Target::All).await?;
    let (expected, steps) = (end(&undisturbed)?, steps(&undisturbed)?);
    let kills = env::var(KILLS).map_or(Ok(20), |kills| kills.parse::<usize>())?;
    let mut killed = 0;
    for kill in 0..kills {
        let place = Place::new(&FILES)?;
        let after = kill * steps / kills;
        // The delay reaches into the next statement.
        let delay = Duration::from_millis(u64::try_from(kill * 7 % 20)?);
        killed += usize::from(kill_after(&mut start(&place)?, after, delay)?);
        let context = format!("killed {delay:?} after step {after}");
        place
            .runner()?
            .up(Target::All)
            .await
            .map_err(|error| format!("{context}: {}", crate::chain(&error)))?;
        assert_eq!(end(&place)?, expected, "{context}");
    }
    assert!(
        2 * killed > kills,
        "only {killed} of {kills} were killed at work"
    );
    Ok(())
}

#[tokio::test]
async fn a_run_may_be_killed_repeatedly() -> Fallible {
    let undisturbed = Place::new(&FILES)?;
    undisturbed.runner()?.up(Target::All).await?;
    let place = Place::new(&FILES)?;
    // Each run gets two steps further.
    for _ in 0..12 {
        kill_after(&mut start(&place)?, 5, Duration::ZERO)?;
    }
    place.runner()?.up(Target::All).await?;
    assert_eq!(end(&place)?, end(&undisturbed)?);
    Ok(())
}
