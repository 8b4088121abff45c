//! Tables: their volume, their dead rows, their statistics.

use crate::check::{Check, Probe, limit};
use crate::severity::Severity;

/// Rows that fit in a page by the widths of `pg_statistic`, against the pages that the table has.
const BLOAT: &str = "
WITH widths AS (
    SELECT c.oid, c.reltuples, c.relpages, sum((1 - stanullfrac) * stawidth) AS data, bool_or(stanullfrac > 0) AS has_null,
        count(*) AS columns, coalesce((SELECT option_value::int FROM pg_options_to_table(c.reloptions) WHERE option_name = 'fillfactor'), 100) AS fill
    FROM pg_class c JOIN pg_statistic ON starelid = c.oid AND NOT stainherit
    WHERE c.relkind = 'r' AND c.reltuples > 0 AND c.oid >= 16384
    GROUP BY c.oid
), needs AS (
    SELECT *, ceil(reltuples / greatest(1, floor(8168 * fill / 100.0
        / (4 + 8 * ceil((23 + CASE WHEN has_null THEN (columns + 7) / 8 ELSE 0 END) / 8.0) + 8 * ceil(data / 8.0))))) AS need
    FROM widths
)
SELECT 'advice', oid::regclass::text,
    format('an estimated %s %% of the pages of `%s` are empty: %s', round((100 * (relpages - need) / relpages)::numeric),
        oid::regclass, pg_size_pretty((8192 * (relpages - need))::bigint)),
    format('measure it with `pgstattuple_approx`; `VACUUM (FULL) %s` locks the table, pg_repack does not', oid::regclass)
FROM needs
WHERE (relpages - need) * 8192 > $1 AND relpages - need > $2 * relpages
    AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = oid AND attisdropped)
ORDER BY relpages - need DESC";

const SEQ_SCAN: &str = "
SELECT 'warning', relid::regclass::text,
    format('statements have read %s rows of `%s` without an index, %s times the whole table', seq_tup_read, relid::regclass,
        round((seq_tup_read / n_live_tup::float8)::numeric)),
    'find the statement with `schema doctor`, check `statement_slow`, and add its index to the struct'
FROM pg_stat_user_tables WHERE n_live_tup > $2 AND seq_tup_read > $3 * n_live_tup ORDER BY seq_tup_read DESC";

const DEAD_ROWS_SQL: &str = "
WITH tables AS (
    SELECT s.relid, s.n_dead_tup, s.n_live_tup,
        coalesce(o.threshold, current_setting('autovacuum_vacuum_threshold'))::float8
            + coalesce(o.factor, current_setting('autovacuum_vacuum_scale_factor'))::float8 * greatest(c.reltuples, 0) AS own
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid CROSS JOIN LATERAL (
        SELECT max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold') AS threshold,
            max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor') AS factor
        FROM pg_options_to_table(c.reloptions)
    ) o
)
SELECT 'warning', relid::regclass::text,
    format('`%s` has %s dead rows beside %s rows, and autovacuum should have removed them', relid::regclass, n_dead_tup, n_live_tup),
    format('end what holds rows back (`xmin_held_back`, `transaction_long`), then `VACUUM %s`; if it comes again: '
        '`ALTER TABLE %s SET (autovacuum_vacuum_scale_factor = 0.02)`', relid::regclass, relid::regclass)
FROM tables WHERE n_dead_tup > $1 AND n_dead_tup > $2 * own ORDER BY n_dead_tup DESC";

const NEVER_ANALYZED_SQL: &str = "
SELECT 'warning', c.oid::regclass::text,
    format('`%s` has %s rows and was never analyzed: plans are made from guesses', c.oid::regclass, s.n_live_tup),
    format('`ANALYZE %s`', c.oid::regclass)
FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid
WHERE c.relkind = 'r' AND c.reltuples < 0 AND s.n_live_tup > $1 ORDER BY s.n_live_tup DESC";

const AUTOVACUUM_OFF_SQL: &str = "
SELECT 'warning', c.oid::regclass::text,
    format('autovacuum is off for `%s`: dead rows stay, and plans become wrong', c.oid::regclass),
    format('`ALTER TABLE %s RESET (autovacuum_enabled)`', c.oid::regclass)
FROM pg_class c CROSS JOIN LATERAL pg_options_to_table(c.reloptions) o
WHERE c.relkind = 'r' AND o.option_name = 'autovacuum_enabled' AND NOT o.option_value::boolean ORDER BY 2";

const UNLOGGED: &str = "
SELECT 'warning', c.oid::regclass::text,
    format('`%s` is unlogged: a crash of the server empties it, and replicas do not have it', c.oid::regclass),
    format('unless it is a cache: `ALTER TABLE %s SET LOGGED`', c.oid::regclass)
FROM pg_class c WHERE c.relkind = 'r' AND c.relpersistence = 'u' ORDER BY 2";

/// A partition has the key of its table.
const NO_PRIMARY_KEY_SQL: &str = "
SELECT 'advice', c.oid::regclass::text,
    format('`%s` has no primary key: a row cannot be named, and logical replication cannot update it', c.oid::regclass),
    'add a field with `#[column(primary_key)]`, or drop the table'
FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384 AND NOT c.relispartition AND c.relpersistence <> 't'
    AND c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'information_schema', 'pg_toast'))
    AND c.oid NOT IN (SELECT conrelid FROM pg_constraint WHERE contype = 'p')
    AND c.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND deptype = 'e')
    AND c.oid NOT IN (SELECT indrelid FROM pg_index WHERE indisreplident)
ORDER BY 2";

pub(super) const TABLE_OVER_VOLUME: Check = Check::new("table_over_volume", Severity::Warning, Probe::Volume)
    .finds("a table with more rows than its `volume(..)` states")
    .why("Indexes, partitions and retention were decided for the stated number. The rows of partitions are added up")
    .fix("partition the table, remove old rows, or correct `volume(..)`")
    .limits(&[limit("times", 1.0, "times the stated rows")]);

pub(super) const TABLE_BLOAT: Check = Check::new("table_bloat", Severity::Advice, Probe::Sql(BLOAT))
    .finds("a table with many empty pages")
    .why(
        "Each scan reads them. The number is an estimate from the widths of columns, which is wrong where columns were \
         dropped: such tables are left out. Needs the rights of a superuser",
    )
    .fix("measure it with `pgstattuple_approx`, then rewrite the table")
    .limits(&[limit("bytes", 104_857_600.0, "bytes"), limit("part", 0.3, "of the pages")]);

pub(super) const SEQ_SCAN_LARGE: Check =
    Check::new("seq_scan_large", Severity::Warning, Probe::Statistics(SEQ_SCAN))
        .finds("a large table that statements read without an index, again and again")
        .why(
            "The rows are counted and not the scans, because each parallel worker counts as a scan. `pg_dump` counts too: \
             the limit of 20 whole reads leaves room for backups",
        )
        .fix("find the statement, and add its index to the struct")
        .limits(&[
            limit("days", 35.0, "days"),
            limit("rows", 100_000.0, "rows"),
            limit("times", 20.0, "times the whole table"),
        ]);

pub(super) const DEAD_ROWS: Check = Check::new("dead_rows", Severity::Warning, Probe::Sql(DEAD_ROWS_SQL))
    .finds("a table with more dead rows than autovacuum should leave")
    .why("Each scan reads dead rows. The limit is twice that of autovacuum for the table. A crash of the server sets the count to 0")
    .fix("end what holds rows back, then run `VACUUM`")
    .limits(&[limit("rows", 10_000.0, "dead rows"), limit("times", 2.0, "times the limit of autovacuum")]);

pub(super) const NEVER_ANALYZED: Check =
    Check::new("never_analyzed", Severity::Warning, Probe::Sql(NEVER_ANALYZED_SQL))
        .finds("a table with rows that was never analyzed")
        .why("The planner guesses how many rows a condition finds, and chooses wrong plans, for example after a restore")
        .fix("run `ANALYZE`")
        .limits(&[limit("rows", 1_000.0, "rows")]);

pub(super) const AUTOVACUUM_OFF: Check = Check::new(
    "autovacuum_off",
    Severity::Warning,
    Probe::Sql(AUTOVACUUM_OFF_SQL),
)
.finds("a table for which autovacuum is off")
.why("Dead rows stay, plans become wrong, and only the vacuum against wraparound still runs")
.fix("reset the option of the table");

pub(super) const UNLOGGED_TABLE: Check =
    Check::new("unlogged_table", Severity::Warning, Probe::Sql(UNLOGGED))
        .finds("an unlogged table")
        .why("A crash of the server empties it, and replicas and base backups do not have its rows")
        .fix("unless it is a cache, run `ALTER TABLE .. SET LOGGED`");

pub(super) const NO_PRIMARY_KEY: Check = Check::new(
    "no_primary_key",
    Severity::Advice,
    Probe::Sql(NO_PRIMARY_KEY_SQL),
)
.finds("a table without a primary key and without a replica identity")
.why("A row cannot be named, rows can be there twice, and logical replication cannot update them")
.fix("add a primary key, or drop the table");
