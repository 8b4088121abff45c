//! The server: settings, statistics, replication, versions.

use crate::check::{Check, Probe, limit};
use crate::severity::Severity;

const WRAPAROUND: &str = "
WITH ages AS (
    SELECT datname, greatest(age(datfrozenxid), mxid_age(datminmxid))::float8 AS age FROM pg_database WHERE datallowconn
)
SELECT CASE WHEN age > $2 THEN 'error' ELSE 'warning' END, format('database %I', datname),
    format('the oldest transaction of the database `%s` is %s transactions old; at 2100000000 the server refuses to write', datname, age),
    'end what holds dead rows back (`xmin_held_back`), then run `VACUUM` in that database'
FROM ages WHERE age > greatest($1, $3 * current_setting('autovacuum_freeze_max_age')::float8) ORDER BY age DESC";

const SLOT: &str = "
WITH slots AS (
    SELECT slot_name, active, wal_status, pg_wal_lsn_diff(
        CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, restart_lsn)::float8 AS bytes
    FROM pg_replication_slots
)
SELECT CASE WHEN wal_status IN ('unreserved', 'lost') OR bytes > $2 THEN 'error' ELSE 'warning' END, format('replication slot %I', slot_name),
    format('the replication slot `%s` is %s (WAL %s) and keeps %s of WAL', slot_name, CASE WHEN active THEN 'active' ELSE 'inactive' END,
        wal_status, pg_size_pretty(coalesce(bytes, 0)::bigint)),
    format('start its consumer, or `SELECT pg_drop_replication_slot(%L)`; a limit: `ALTER SYSTEM SET max_slot_wal_keep_size = %L`', slot_name, '10GB')
FROM slots WHERE NOT active AND coalesce(bytes, 0) >= $1 OR wal_status IN ('unreserved', 'lost') ORDER BY bytes DESC NULLS LAST";

const ARCHIVE: &str = "
SELECT 'error', 'archiver', format('archiving fails since %s: %s, %s failures', last_failed_time::timestamp(0), last_failed_wal, failed_count),
    'read the log of the server, and mend `archive_command`; until then WAL fills the disk'
FROM pg_stat_archiver WHERE last_failed_time > coalesce(last_archived_time, '-infinity')";

const CACHE: &str = "
SELECT 'advice', format('database %I', datname),
    format('%s %% of the blocks were found in the cache', round((100 * blks_hit / (blks_hit + blks_read)::float8)::numeric, 1)),
    'raise `shared_buffers`, or look for statements that read whole tables (`seq_scan_large`)'
FROM pg_stat_database WHERE datname = current_database() AND blks_hit + blks_read > $3 AND blks_hit < $2 * (blks_hit + blks_read)";

const DEADLOCKS: &str = "
WITH counted AS (
    SELECT datname, deadlocks, greatest(1, extract(epoch FROM now() - greatest(stats_reset, pg_postmaster_start_time())) / 86400) AS days
    FROM pg_stat_database WHERE datname = current_database()
)
SELECT 'warning', format('database %I', datname), format('%s deadlocks in %s days', deadlocks, round(days)),
    'the log of the server has both statements: let each transaction lock its rows in the same order'
FROM counted WHERE deadlocks / days >= $1";

const TEMP_FILES: &str = "
WITH counted AS (
    SELECT datname, temp_bytes, temp_files, greatest(1, extract(epoch FROM now() - greatest(stats_reset, pg_postmaster_start_time())) / 86400) AS days
    FROM pg_stat_database WHERE datname = current_database()
)
SELECT 'advice', format('database %I', datname),
    format('sorts and hashes wrote %s of temporary files in %s days', pg_size_pretty(temp_bytes), round(days)),
    format('find the statement with `ALTER SYSTEM SET log_temp_files = %L`; then its index, or `ALTER ROLE .. SET work_mem`', '10MB')
FROM counted WHERE temp_bytes / days > $1";

/// Each setting with the value that it must have.
const UNSAFE: &str = "
WITH wanted (name, value, is_error, effect) AS (VALUES
    ('fsync', 'on', true, 'a crash of the machine destroys the database'),
    ('full_page_writes', 'on', true, 'a crash of the machine can leave half-written pages'),
    ('autovacuum', 'on', true, 'dead rows stay, and transaction numbers run out'),
    ('track_counts', 'on', true, 'autovacuum does not know what to do'),
    ('row_security', 'on', false, 'statements under row-level security fail'),
    ('zero_damaged_pages', 'off', true, 'damaged rows vanish without an error'),
    ('ignore_checksum_failure', 'off', true, 'damaged rows are read'),
    ('ignore_invalid_pages', 'off', true, 'recovery loses rows without an error'),
    ('enable_seqscan', 'on', false, 'the planner chooses worse plans'),
    ('enable_indexscan', 'on', false, 'the planner chooses worse plans'),
    ('enable_bitmapscan', 'on', false, 'the planner chooses worse plans'),
    ('enable_indexonlyscan', 'on', false, 'the planner chooses worse plans'),
    ('enable_nestloop', 'on', false, 'the planner chooses worse plans'),
    ('enable_hashjoin', 'on', false, 'the planner chooses worse plans'),
    ('enable_mergejoin', 'on', false, 'the planner chooses worse plans'),
    ('enable_sort', 'on', false, 'the planner chooses worse plans'),
    ('enable_hashagg', 'on', false, 'the planner chooses worse plans'),
    ('enable_partition_pruning', 'on', false, 'statements read every partition')
), password (name, value, is_error, effect) AS (VALUES
    ('password_encryption', 'md5', false, 'md5 of a password can be used to sign in')
)
SELECT CASE WHEN w.is_error THEN 'error' ELSE 'warning' END, format('setting %s', s.name),
    format('`%s` is `%s`: %s', s.name, s.reset_val, w.effect),
    CASE WHEN s.source IN ('configuration file', 'command line', 'default')
        THEN format('`ALTER SYSTEM SET %s = %s`, then `SELECT pg_reload_conf()`', s.name, w.value)
        ELSE format('reset it for the %s: `ALTER .. RESET %s`', s.source, s.name) END
FROM pg_settings s JOIN wanted w ON w.name = s.name AND w.value <> s.reset_val
UNION ALL
SELECT 'warning', format('setting %s', s.name), format('`%s` is `%s`: %s', s.name, s.reset_val, w.effect),
    format('`ALTER SYSTEM SET %s = %L`, then set each password again', s.name, 'scram-sha-256')
FROM pg_settings s JOIN password w ON w.name = s.name AND w.value = s.reset_val
ORDER BY 1, 2";

/// Without the memory of the machine, which SQL does not show, only the default is a finding.
const SIZE: &str = "
WITH sizes AS (
    SELECT pg_size_bytes(current_setting('shared_buffers'))::float8 AS buffers, pg_size_bytes(current_setting('work_mem'))::float8 AS work,
        current_setting('max_connections')::float8 AS connections
)
SELECT 'advice', 'setting shared_buffers', format('`shared_buffers` is %s of %s of memory', pg_size_pretty(buffers::bigint), pg_size_pretty($1::bigint)),
    format('`ALTER SYSTEM SET shared_buffers = %L`, then restart the server', pg_size_pretty(least($1 / 4, 8589934592)::bigint))
FROM sizes WHERE $1 > 0 AND buffers < 0.9 * least($1 / 4, 8589934592)
UNION ALL
SELECT 'advice', 'setting work_mem',
    format('`work_mem` for each of %s connections is %s, more than half of %s', connections, pg_size_pretty((work * connections)::bigint), pg_size_pretty($1::bigint)),
    'lower `work_mem` or `max_connections`, and raise `work_mem` only for the role that needs it'
FROM sizes WHERE $1 > 0 AND work * connections > $1 / 2";

/// Of the roles that sign in and are no superusers. The setting of the role counts before that of the server.
const TIMEOUT: &str = "
WITH timeouts (name) AS (VALUES ('statement_timeout'), ('lock_timeout'), ('idle_in_transaction_session_timeout')), set_for AS (
    SELECT s.setrole, split_part(c, '=', 1) AS name FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c
    WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) AND split_part(c, '=', 2) NOT IN ('0', '0s')
)
SELECT 'advice', format('role %I', r.rolname),
    format('no timeout ends a statement, a wait for a lock or an idle transaction of `%s`', r.rolname),
    format('`ALTER ROLE %I SET idle_in_transaction_session_timeout = %L`, and `statement_timeout`, unless the application sets them',
        r.rolname, '60s')
FROM pg_roles r
WHERE r.rolcanlogin AND NOT r.rolsuper AND NOT r.rolbypassrls AND has_database_privilege(r.oid, current_database(), 'CONNECT')
    AND NOT EXISTS (SELECT FROM set_for s JOIN timeouts t USING (name) WHERE s.setrole IN (0, r.oid))
    AND NOT EXISTS (SELECT FROM pg_settings s JOIN timeouts t ON t.name = s.name WHERE s.source <> 'session' AND s.boot_val <> s.reset_val)
ORDER BY 2";

const COLLATION: &str = "
SELECT 'error', format('database %I', datname),
    format('the collation of the database `%s` changed from version %s to %s: indexes over text may be in the wrong order', datname,
        datcollversion, pg_database_collation_actual_version(oid)),
    format('`REINDEX DATABASE %I`, then `ALTER DATABASE %I REFRESH COLLATION VERSION`', datname, datname)
FROM pg_database WHERE datname = current_database() AND datcollversion <> pg_database_collation_actual_version(oid)
UNION ALL
SELECT 'error', format('collation %s', c.oid::regcollation),
    format('the collation `%s` changed from version %s to %s: indexes that use it may be in the wrong order', c.oid::regcollation,
        collversion, pg_collation_actual_version(c.oid)),
    format('`REINDEX` the indexes that use it, then `ALTER COLLATION %s REFRESH VERSION`', c.oid::regcollation)
FROM pg_collation c
WHERE collversion <> pg_collation_actual_version(c.oid)
    AND c.oid IN (SELECT unnest(indcollation::oid[]) FROM pg_index WHERE indrelid >= 16384)
ORDER BY 2";

const EXTENSION: &str = "
SELECT 'advice', format('extension %I', e.extname),
    format('the extension `%s` has version %s, and the server offers %s', e.extname, e.extversion, a.default_version),
    format('`ALTER EXTENSION %I UPDATE`', e.extname)
FROM pg_extension e JOIN pg_available_extensions a ON a.name = e.extname WHERE e.extversion <> a.default_version ORDER BY 2";

pub(super) const WRAPAROUND_NEAR: Check = Check::new("wraparound", Severity::Error, Probe::Sql(WRAPAROUND))
    .finds("a database whose oldest transaction is old")
    .why("Transaction numbers wrap around at 2^31; before that the server refuses to write. Autovacuum should freeze rows at 200,000,000. The error begins where Cloud SQL has it, at about 60 %")
    .fix("end what holds dead rows back, then run `VACUUM`")
    .limits(&[limit("warning", 500_000_000.0, "transactions"), limit("error", 1_200_000_000.0, "transactions"), limit("times", 2.0, "times `autovacuum_freeze_max_age`")]);

pub(super) const SLOT_RETAINS_WAL: Check = Check::new("slot_retains_wal", Severity::Error, Probe::Sql(SLOT))
    .finds("a replication slot that no one reads, or that has lost WAL")
    .why("The server keeps WAL for it until the disk is full. An inactive slot is a warning, because a standby may be off for a moment; with more WAL it is an error")
    .fix("start its consumer, or drop the slot")
    .limits(&[limit("warning", 0.0, "bytes"), limit("error", 1_073_741_824.0, "bytes")]);

pub(super) const ARCHIVE_FAILS: Check = Check::new("archive_fails", Severity::Error, Probe::Sql(ARCHIVE))
    .finds("an archive of WAL whose last attempt failed")
    .why("The server keeps WAL until it is archived, so the disk fills, and no point in time after the failure can be restored")
    .fix("mend `archive_command`");

pub(super) const CACHE_HIT: Check = Check::new("cache_hit", Severity::Advice, Probe::Statistics(CACHE))
    .finds("a low rate of blocks that are found in the cache")
    .why("99 % is the limit of pgHero. The cache of the operating system is not counted, and after a restart the rate is low")
    .fix("raise `shared_buffers`, or find statements that read whole tables")
    .limits(&[limit("days", 35.0, "days"), limit("rate", 0.99, "of the blocks"), limit("blocks", 1_000_000.0, "blocks")]);

pub(super) const DEADLOCKS_SEEN: Check =
    Check::new("deadlocks", Severity::Warning, Probe::Sql(DEADLOCKS))
        .finds("deadlocks")
        .why("Each one is a transaction that was rolled back")
        .fix("let each transaction lock its rows in the same order")
        .limits(&[limit("warning", 1.0, "a day")]);

pub(super) const TEMP_FILES_WRITTEN: Check =
    Check::new("temp_files", Severity::Advice, Probe::Sql(TEMP_FILES))
        .finds("sorts and hashes that do not fit in `work_mem`")
        .why("They write to the disk. Builds of indexes do so too")
        .fix("find the statement with `log_temp_files`")
        .limits(&[limit("advice", 1_073_741_824.0, "bytes a day")]);

pub(super) const SETTINGS_UNSAFE: Check =
    Check::new("settings_unsafe", Severity::Error, Probe::Sql(UNSAFE))
        .finds("a setting that risks rows or makes plans worse")
        .why("Such settings are for tests and for repairs, and stay when they are forgotten")
        .fix("set it back");

pub(super) const SETTINGS_SIZE: Check = Check::new("settings_size", Severity::Advice, Probe::Sql(SIZE))
    .finds("memory settings that do not fit the machine")
    .why("A quarter of the memory for `shared_buffers`, up to 8 GB, is the rule of pganalyze. SQL does not show the memory: without the limit nothing is found")
    .fix("change the setting")
    .limits(&[limit("memory", 0.0, "bytes of the machine")]);

pub(super) const SETTINGS_TIMEOUT: Check = Check::new("settings_timeout", Severity::Advice, Probe::Sql(TIMEOUT))
    .finds("a login for which no timeout is set")
    .why("A forgotten transaction or a wait for a lock then lasts until someone sees it. A pool may set timeouts itself, which the catalog does not show")
    .fix("set a timeout for the role");

pub(super) const COLLATION_CHANGED: Check = Check::new("collation_changed", Severity::Error, Probe::Sql(COLLATION))
    .finds("a collation whose version is not that of the library")
    .why("An upgrade of the system changed the order of texts: an index finds rows no more, and a unique one lets duplicates in")
    .fix("build the indexes again, then refresh the version");

pub(super) const EXTENSION_OUTDATED: Check = Check::new(
    "extension_outdated",
    Severity::Advice,
    Probe::Sql(EXTENSION),
)
.finds("an extension that is older than what the server offers")
.why("An upgrade of the server installs the files, and not the new version in the database")
.fix("run `ALTER EXTENSION .. UPDATE`");
