//! Inspection reports options that a user has set, and ignores notes that the server keeps in the same lists.

use freehold::diff::Diff;
use freehold::inspect::Inspection;

use crate::{TestResult, database, found, inspected};

/// One object of each kind that has a list of options.
const SCHEMA: &str = "
    CREATE TABLE t (a integer PRIMARY KEY, b text DEFAULT 'x', CHECK (a > 0));
    CREATE INDEX t_b ON t (lower(b));
    CREATE TABLE p (a integer, b text) PARTITION BY LIST (a);
    CREATE INDEX p_b ON p (b);
    CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
    CREATE VIEW v WITH (security_invoker) AS SELECT a FROM t;
    CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
    CREATE INDEX m_a ON m (a);
    CREATE SEQUENCE s;";

/// A note that a later server could write there, added to what is there.
const NOTES: &str = "
    SET allow_system_table_mods = on;
    UPDATE pg_attribute SET attoptions = attoptions || '{srv_note=7}'
        WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace);
    UPDATE pg_class SET reloptions = reloptions || '{srv_note=7}'
        WHERE relnamespace = 'public'::regnamespace OR oid IN (SELECT reltoastrelid FROM pg_class WHERE relname = 't');";

#[tokio::test]
async fn a_note_of_the_server_is_neither_reported_nor_a_difference() -> TestResult {
    let database = database(SCHEMA)?;
    let before = inspected(&database, &Inspection::default()).await?;
    database.psql(NOTES)?;
    let noted = database.psql(
        "SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND 'srv_note=7' = ANY (attoptions) AND attnum > 0",
    )?;
    assert_eq!(noted.trim(), "2", "the notes were not made");
    let after = inspected(&database, &Inspection::default()).await?;
    assert_eq!(before.unsupported, [], "what the server notes of its own");
    assert_eq!(after.unsupported, [], "what was noted");
    let changes = Diff::between(&before.schema, &after.schema).changes;
    assert_eq!(changes, []);
    Ok(())
}

/// Options of tables, each with a value that is not the default.
const OF_TABLES: &[(&str, &str)] = &[
    ("autovacuum_analyze_scale_factor", "0.5"),
    ("autovacuum_analyze_threshold", "7"),
    ("autovacuum_enabled", "false"),
    ("autovacuum_freeze_max_age", "200000"),
    ("autovacuum_freeze_min_age", "7"),
    ("autovacuum_freeze_table_age", "7"),
    ("autovacuum_multixact_freeze_max_age", "20000"),
    ("autovacuum_multixact_freeze_min_age", "7"),
    ("autovacuum_multixact_freeze_table_age", "7"),
    ("autovacuum_vacuum_cost_delay", "7"),
    ("autovacuum_vacuum_cost_limit", "7"),
    ("autovacuum_vacuum_insert_scale_factor", "0.5"),
    ("autovacuum_vacuum_insert_threshold", "7"),
    ("autovacuum_vacuum_scale_factor", "0.5"),
    ("autovacuum_vacuum_threshold", "7"),
    ("fillfactor", "70"),
    ("log_autovacuum_min_duration", "7"),
    ("parallel_workers", "7"),
    ("toast_tuple_target", "256"),
    ("user_catalog_table", "true"),
    ("vacuum_index_cleanup", "off"),
    ("vacuum_truncate", "false"),
];

#[tokio::test]
async fn every_option_of_a_table_that_a_user_sets_is_reported() -> TestResult {
    let set = OF_TABLES.iter();
    let set: Vec<_> = set
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let found = found(&format!(
        "CREATE TABLE t (a text); ALTER TABLE t SET ({}, toast.vacuum_truncate = false)",
        set.join(", ")
    ))
    .await?;
    let told: Vec<_> = found
        .unsupported
        .iter()
        .map(|told| told.name.clone())
        .collect();
    let names = OF_TABLES.iter();
    let mut wanted: Vec<_> = names
        .map(|(name, value)| format!("t {name}={value}"))
        .collect();
    wanted.push("t toast.vacuum_truncate=false".to_owned());
    wanted.sort_unstable();
    assert_eq!(told, wanted);
    Ok(())
}

#[tokio::test]
async fn every_other_option_that_a_user_sets_is_reported() -> TestResult {
    let found = found(
        "CREATE TABLE t (a integer, b text, c integer, d text);
        ALTER TABLE t ALTER a SET (n_distinct = 7), ALTER c SET (n_distinct_inherited = 7);
        CREATE VIEW v WITH (security_barrier, check_option = local) AS SELECT a FROM t;
        CREATE INDEX i1 ON t (a) WITH (fillfactor = 50);
        CREATE INDEX i2 ON t (a) WITH (deduplicate_items = off);
        CREATE INDEX i3 ON t USING gin (to_tsvector('simple', b)) WITH (fastupdate = off);
        CREATE INDEX i4 ON t USING gin (to_tsvector('simple', b)) WITH (gin_pending_list_limit = 100);
        CREATE INDEX i5 ON t USING gist (to_tsvector('simple', b)) WITH (buffering = on);
        CREATE INDEX i6 ON t USING brin (a) WITH (pages_per_range = 7);
        CREATE INDEX i7 ON t USING brin (a) WITH (autosummarize);
        CREATE INDEX j1 ON t USING gist (to_tsvector('simple', b) tsvector_ops (siglen = 100));
        CREATE INDEX j2 ON t USING brin (a int4_minmax_multi_ops (values_per_range = 16));
        CREATE INDEX j3 ON t USING brin (a int4_bloom_ops (n_distinct_per_range = 16));
        CREATE INDEX j4 ON t USING brin (a int4_bloom_ops (false_positive_rate = 0.05));",
    )
    .await?;
    let told: Vec<_> = found.unsupported.iter().map(ToString::to_string).collect();
    let index = |name| format!("storage or operator-class option of an index `t.{name}`");
    let wanted = [
        "i1", "i2", "i3", "i4", "i5", "i6", "i7", "j1", "j2", "j3", "j4",
    ]
    .map(index);
    let others = [
        "storage parameter, or option of a view `v check_option=local`",
        "storage parameter, or option of a view `v security_barrier=true`",
        "collation or storage of a column `t.a`",
        "collation or storage of a column `t.c`",
    ];
    let wanted: Vec<_> = wanted
        .into_iter()
        .chain(others.map(str::to_owned))
        .collect();
    assert_eq!(told, wanted);
    Ok(())
}
