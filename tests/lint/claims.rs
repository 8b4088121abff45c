//! The claims of the rules, checked on a PostgreSQL server.

use freehold_test_support::{Database, Server};

use crate::{BEFORE, TestResult, everything, findings};

fn database() -> Result<Database, Box<dyn std::error::Error>> {
    let database = Server::shared().create_database("lint")?;
    database.psql(BEFORE)?;
    database.psql(
        "INSERT INTO users (id) VALUES (1), (2);
         INSERT INTO tasks (id, user_id, title, n, small, body) VALUES (1, 1, 'a', 2, 1, '{}'), (2, 2, 'b', 2, 1, '{}');
         INSERT INTO old_events VALUES (1, '2023-06-01', 1);
         CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;",
    )?;
    Ok(database)
}

/// The last line that a script prints.
fn last(database: &Database, sql: &str) -> Result<String, Box<dyn std::error::Error>> {
    let out = database.psql(sql)?;
    Ok(out.lines().last().unwrap_or_default().to_owned())
}

fn has_one_of(sql: &str, rules: &[&str]) -> Result<bool, Box<dyn std::error::Error>> {
    let findings = findings(&[sql], &everything())?;
    Ok(findings.iter().any(|it| rules.contains(&it.rule.id)))
}

#[test]
fn reported_rewrites_happen() -> TestResult {
    const REWRITES: [&str; 6] = ["LK01", "LK03", "LK05", "LK06", "LK07", "LK08"];
    let database = database()?;
    for sql in [
        "ALTER TABLE tasks ADD a uuid DEFAULT gen_random_uuid()",
        "ALTER TABLE tasks ADD a timestamptz DEFAULT clock_timestamp()",
        "ALTER TABLE tasks ADD a timestamptz DEFAULT now()",
        "ALTER TABLE tasks ADD a timestamptz DEFAULT CURRENT_TIMESTAMP",
        "ALTER TABLE tasks ADD a timestamptz DEFAULT (now() + interval '1 day')",
        "ALTER TABLE tasks ADD a numeric(10, 2) DEFAULT '1'::numeric(10, 2)",
        "ALTER TABLE tasks ADD a integer NOT NULL DEFAULT 1",
        "ALTER TABLE tasks ADD a bigserial",
        "ALTER TABLE tasks ADD a bigint GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE tasks ADD a integer GENERATED ALWAYS AS (n * 2) STORED",
        "ALTER TABLE tasks ALTER note TYPE text",
        "ALTER TABLE tasks ALTER note TYPE text USING note::text",
        "ALTER TABLE tasks ALTER note TYPE text USING lower(note)",
        "ALTER TABLE tasks ALTER note TYPE varchar(40)",
        "ALTER TABLE tasks ALTER note TYPE varchar(10)",
        "ALTER TABLE tasks ALTER price TYPE numeric(10, 2)",
        "ALTER TABLE tasks ALTER price TYPE numeric",
        "ALTER TABLE tasks ALTER price TYPE numeric(8, 3)",
        "ALTER TABLE tasks ALTER n TYPE bigint",
        "ALTER TABLE tasks ALTER body TYPE jsonb",
        "ALTER TABLE tasks ALTER address TYPE inet",
        "SET LOCAL timezone = 'Asia/Tokyo'; ALTER TABLE tasks ALTER at TYPE timestamp",
        "SET LOCAL timezone = 'UTC'; ALTER TABLE tasks ALTER at TYPE timestamp",
        "SET LOCAL timezone = 'UTC'; ALTER TABLE tasks ALTER at TYPE timestamp USING at",
        "SET LOCAL timezone = 'UTC'; ALTER TABLE tasks ALTER at TYPE timestamp USING at AT TIME ZONE 'Asia/Tokyo'",
        "ALTER TABLE tasks SET UNLOGGED",
        "ALTER TABLE tasks ALTER n SET NOT NULL",
        "ALTER TABLE tasks ADD a integer CHECK (a > 0)",
    ] {
        let node = "SELECT pg_relation_filenode('tasks')";
        let before = last(&database, node)?;
        let after = last(&database, &format!("BEGIN; {sql}; {node};"))?;
        assert_eq!(has_one_of(sql, &REWRITES)?, before != after, "{sql}");
    }
    Ok(())
}

#[test]
fn reported_waits_for_a_table_happen() -> TestResult {
    let database = database()?;
    for sql in [
        "ALTER TABLE tasks ADD a integer",
        "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES users NOT VALID",
        "ALTER TABLE tasks VALIDATE CONSTRAINT short",
        "ALTER TABLE tasks SET (fillfactor = 70)",
        "ALTER TABLE tasks ALTER n SET STATISTICS 100",
        "ALTER TABLE tasks ALTER n SET DEFAULT 1",
        "ALTER TABLE tasks ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE tasks DISABLE TRIGGER USER",
        "ALTER TABLE tasks DROP CONSTRAINT tasks_user",
        "ALTER TABLE tasks RENAME TO jobs",
        "CREATE INDEX a ON tasks (n)",
        "DROP INDEX tasks_at",
        "CREATE TRIGGER a BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE POLICY p ON tasks USING (true)",
        "CREATE TABLE o (id bigint PRIMARY KEY, u bigint REFERENCES users)",
        "CREATE TABLE o (id bigint PRIMARY KEY)",
        "CREATE TABLE e PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
        "ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')",
        "ALTER TABLE events DETACH PARTITION events_2024",
        "DROP TABLE tasks CASCADE",
        "TRUNCATE tasks",
        "REFRESH MATERIALIZED VIEW totals",
        "CLUSTER tasks USING tasks_at",
        "COMMENT ON TABLE tasks IS 'a'",
        "GRANT SELECT ON tasks TO PUBLIC",
        "ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok'",
        "UPDATE tasks SET n = 3 WHERE id = 1",
        "CREATE VIEW v AS SELECT * FROM tasks",
    ] {
        let waits = last(
            &database,
            &format!(
                "CREATE TEMP TABLE there ON COMMIT PRESERVE ROWS AS SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm');
                 BEGIN; {sql};
                 SELECT count(*) > 0 FROM pg_locks JOIN there ON oid = relation WHERE pid = pg_backend_pid()
                 AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'AccessExclusiveLock');"
            ),
        )?;
        assert_eq!(has_one_of(sql, &["LK11"])?, waits == "t", "{sql}");
    }
    Ok(())
}

#[test]
fn reported_locks_on_other_tables_happen() -> TestResult {
    let database = database()?;
    for (sql, rule, parent, mode) in [
        (
            "DROP TABLE tasks CASCADE",
            "LK18",
            "users",
            "AccessExclusiveLock",
        ),
        (
            "ALTER TABLE tasks DROP CONSTRAINT tasks_user",
            "LK18",
            "users",
            "AccessExclusiveLock",
        ),
        (
            "DROP TABLE events_2024",
            "LK18",
            "events",
            "AccessExclusiveLock",
        ),
        (
            "ALTER TABLE tasks DROP CONSTRAINT short",
            "LK18",
            "users",
            "AccessExclusiveLock",
        ),
        (
            "DROP TABLE old_events",
            "LK18",
            "users",
            "AccessExclusiveLock",
        ),
        (
            "CREATE TABLE o (id bigint PRIMARY KEY, u bigint REFERENCES users)",
            "LK19",
            "users",
            "ShareRowExclusiveLock",
        ),
        (
            "CREATE TABLE o (id bigint PRIMARY KEY, u bigint)",
            "LK19",
            "users",
            "ShareRowExclusiveLock",
        ),
        (
            "ALTER TABLE tasks ADD a bigint REFERENCES users",
            "LK19",
            "users",
            "ShareRowExclusiveLock",
        ),
        (
            "ALTER TABLE tasks ADD a bigint",
            "LK19",
            "users",
            "ShareRowExclusiveLock",
        ),
        (
            "CREATE TABLE e PARTITION OF events DEFAULT",
            "PT03",
            "events",
            "AccessExclusiveLock",
        ),
        (
            "ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')",
            "PT03",
            "events",
            "AccessExclusiveLock",
        ),
        (
            "ALTER TABLE events DETACH PARTITION events_2024",
            "PT01",
            "events",
            "AccessExclusiveLock",
        ),
    ] {
        let oid = last(&database, &format!("SELECT '{parent}'::regclass::oid"))?;
        let is_locked = last(
            &database,
            &format!(
                "BEGIN; {sql}; SELECT count(*) > 0 FROM pg_locks WHERE pid = pg_backend_pid() AND relation = {oid} AND mode = '{mode}';"
            ),
        )?;
        assert_eq!(has_one_of(sql, &[rule])?, is_locked == "t", "{rule}: {sql}");
    }
    Ok(())
}

#[test]
fn reported_reads_of_a_table_happen() -> TestResult {
    const SCANS: [&str; 5] = ["LK04", "LK17", "CK01", "CK02", "CK09"];
    let database = database()?;
    for sql in [
        "ALTER TABLE tasks ALTER n SET NOT NULL",
        "ALTER TABLE tasks ADD a integer CHECK (a > 0)",
        "ALTER TABLE tasks ADD a integer",
        "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0)",
        "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0) NOT VALID",
        "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (small) REFERENCES users",
        "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (small) REFERENCES users NOT VALID",
        "ALTER TABLE tasks ADD a bigint REFERENCES users",
        "ALTER TABLE tasks ADD a bigint DEFAULT 1 REFERENCES users",
        "ALTER TABLE tasks ALTER title TYPE varchar(40)",
        "ALTER TABLE tasks ALTER note TYPE varchar(40)",
    ] {
        let scans = "SELECT pg_stat_get_xact_numscans('tasks'::regclass)";
        let before = last(&database, &format!("BEGIN; {scans};"))?;
        let after = last(&database, &format!("BEGIN; {sql}; {scans};"))?;
        assert_eq!(has_one_of(sql, &SCANS)?, before != after, "{sql}");
    }
    Ok(())
}

#[test]
fn a_validated_check_for_nulls_saves_the_read_and_another_check_does_not() -> TestResult {
    let database = database()?;
    for check in ["n IS NOT NULL", "n > 0"] {
        let add = format!("ALTER TABLE tasks ADD CONSTRAINT c CHECK ({check})");
        let set = "ALTER TABLE tasks ALTER n SET NOT NULL";
        let scans = "SELECT pg_stat_get_xact_numscans('tasks'::regclass)";
        let out = database.psql(&format!("BEGIN; {add}; {scans}; {set}; {scans};"))?;
        let counts: Vec<_> = out
            .lines()
            .filter(|line| line.parse::<u32>().is_ok())
            .collect();
        let is_read = counts.first() != counts.last();
        let found = findings(&[&add, set], &everything())?;
        let is_said = found.iter().any(|it| it.rule.id == "LK04");
        assert_eq!(is_said, is_read, "{check}");
    }
    Ok(())
}

#[test]
fn a_check_that_proves_the_bounds_saves_the_read_of_a_partition() -> TestResult {
    let attach = "ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')";
    let database = database()?;
    for change in [
        "ADD CHECK (id > 0)",
        "ADD CHECK (at < '2024-01-01')",
        "ADD CHECK (at >= '2022-12-01' AND at < '2024-01-01')",
        "ADD CHECK (at >= '2023-01-01' AND at < '2024-01-01') NOT VALID",
        "ADD CHECK (at >= '2023-01-01' AND at < '2024-01-01')",
        "ADD CHECK (at < '2024-01-01'::date AND (DATE '2023-01-01' <= at))",
        "ADD CHECK (at >= '2023-01-01'), ADD CHECK (at < '2024-01-01')",
        "ADD CHECK (at >= '2023-06-01' AND at < '2023-07-01')",
        "ADD CHECK (at > '2023-01-01' AND at <= '2023-12-31')",
        "ADD CHECK (at = '2023-06-01')",
        "ADD CHECK (at IN ('2023-06-01', '2023-06-02'))",
    ] {
        attached(
            &database,
            &format!("ALTER TABLE old_events {change}"),
            attach,
        )?;
    }
    let nullable = "CREATE TABLE parted (at date) PARTITION BY RANGE (at); ALTER TABLE old_events DROP id, DROP user_id, ALTER at DROP NOT NULL";
    let attach = attach.replace("events ATTACH", "parted ATTACH");
    for check in ["", "at IS NOT NULL AND "] {
        let add = format!("ADD CHECK ({check}at >= '2023-01-01' AND at < '2024-01-01')");
        attached(
            &database,
            &format!("{nullable}; ALTER TABLE old_events {add}"),
            &attach,
        )?;
    }
    Ok(())
}

/// Asserts that the lint finds PT02 exactly if the server reads the attached table.
fn attached(database: &Database, before: &str, attach: &str) -> TestResult {
    let scans = "SELECT pg_stat_get_xact_numscans('old_events'::regclass)";
    let out = database.psql(&format!("BEGIN; {before}; {scans}; {attach}; {scans};"))?;
    let counts: Vec<_> = out
        .lines()
        .filter(|line| line.parse::<u32>().is_ok())
        .collect();
    let is_read = counts.first() != counts.last();
    let found = findings(&[before, attach], &everything())?;
    let is_said = found.iter().any(|it| it.rule.id == "PT02");
    assert_eq!(is_said, is_read, "{before}: {counts:?}");
    Ok(())
}

#[test]
fn reported_failures_happen() -> TestResult {
    let database = database()?;
    for (sql, rule, message) in [
        (
            "ALTER TABLE tasks ADD a integer NOT NULL",
            "LK02",
            "contains null values",
        ),
        (
            "CREATE INDEX CONCURRENTLY a ON tasks (n)",
            "IX03",
            "cannot run inside a transaction block",
        ),
        (
            "VACUUM tasks",
            "TX03",
            "cannot run inside a transaction block",
        ),
        (
            "ALTER TYPE mood ADD VALUE 'glad' AFTER 'ok'; CREATE TABLE faces (id bigint PRIMARY KEY, m mood DEFAULT 'glad')",
            "EN02",
            "unsafe use of new value",
        ),
        (
            "UPDATE tasks SET n = 1, n = 2 WHERE id = 1",
            "NM10",
            "multiple assignments",
        ),
        (
            "CREATE TABLE o (a text PRIMARY KEY, A text)",
            "NM10",
            "specified more than once",
        ),
    ] {
        assert!(has_one_of(sql, &[rule])?, "{rule}: {sql}");
        let refused = database.psql(&format!("BEGIN; {sql};"));
        let error = refused
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(error.contains(message), "{sql}: {error}");
    }
    Ok(())
}

#[test]
fn a_not_valid_key_of_a_partitioned_table_is_refused_before_18() -> TestResult {
    let database = database()?;
    let sql =
        "ALTER TABLE events ADD CONSTRAINT c FOREIGN KEY (user_id) REFERENCES users NOT VALID";
    assert!(has_one_of(sql, &["CK11"])?);
    let version: u32 = last(&database, "SHOW server_version_num")?.parse()?;
    assert_eq!(database.psql(sql).is_err(), version < 180_000);
    Ok(())
}

#[test]
fn if_not_exists_accepts_an_invalid_index() -> TestResult {
    let database = database()?;
    let sql = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS one_n ON tasks (n)";
    assert!(has_one_of(
        &format!("-- no-transaction\n{sql};"),
        &["IX10"]
    )?);
    assert!(database.psql(sql).is_err(), "two rows have the same `n`");
    database.psql(sql)?;
    let valid = last(
        &database,
        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_n'::regclass",
    )?;
    assert_eq!(valid, "f");
    Ok(())
}

#[test]
fn the_text_now_is_one_moment() -> TestResult {
    let database = database()?;
    let sql = "CREATE TABLE o (id bigint PRIMARY KEY, a timestamptz DEFAULT 'now')";
    assert!(has_one_of(sql, &["TY08"])?);
    database.psql(sql)?;
    database.psql("INSERT INTO o (id) VALUES (1)")?;
    database.psql("INSERT INTO o (id) VALUES (2)")?;
    assert_eq!(last(&database, "SELECT count(DISTINCT a) FROM o")?, "1");
    Ok(())
}

#[test]
fn several_statements_at_once_are_one_transaction() -> TestResult {
    let database = database()?;
    let sql = "-- no-transaction\nSET lock_timeout = 0; CREATE INDEX CONCURRENTLY a ON tasks (n);";
    assert!(has_one_of(sql, &["TX03"])?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        use sqlx::{Connection as _, Executor as _};
        let mut connection = sqlx::PgConnection::connect(&database.url()).await?;
        // As `sqlx migrate` sends a file.
        let sent = connection.execute(sqlx::raw_sql(sql)).await;
        let error = sent
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert!(
            error.contains("cannot run inside a transaction block"),
            "{error}"
        );
        Ok::<(), Box<dyn std::error::Error>>(())
    })
}

#[test]
fn what_a_dropped_column_takes_with_it_is_gone() -> TestResult {
    let database = database()?;
    for (sql, gone) in [
        (
            "ALTER TABLE tasks DROP COLUMN at",
            "SELECT to_regclass('tasks_n_at') IS NULL",
        ),
        (
            "ALTER TABLE tasks DROP COLUMN small",
            "SELECT NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'ordered')",
        ),
    ] {
        assert!(has_one_of(sql, &["DS07"])?, "{sql}");
        assert_eq!(
            last(&database, &format!("BEGIN; {sql}; {gone};"))?,
            "t",
            "{sql}"
        );
    }
    Ok(())
}
