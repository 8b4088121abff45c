//! What runs now: transactions, locks, connections.

use crate::check::{Check, Probe, limit};
use crate::severity::Severity;

const IDLE: &str = "
SELECT CASE WHEN a.age > $2 THEN 'error' ELSE 'warning' END, format('process %s', a.pid),
    format('process %s of `%s` (%s) is idle in a transaction since %s s: it holds its locks, and dead rows stay', a.pid, a.usename,
        coalesce(nullif(a.application_name, ''), 'no application name'), round(a.age)),
    format('`SELECT pg_terminate_backend(%s)`; to end such transactions: '
        '`ALTER ROLE %I SET idle_in_transaction_session_timeout = %L`', a.pid, a.usename, '60s')
FROM (SELECT *, extract(epoch FROM now() - state_change)::numeric AS age FROM pg_stat_activity) a
WHERE a.state LIKE 'idle in transaction%' AND a.pid <> pg_backend_pid() AND a.age > $1 ORDER BY a.age DESC";

/// Backups and vacuums may run long.
const LONG: &str = "
SELECT 'warning', format('process %s', a.pid),
    format('the transaction of process %s of `%s` (%s) runs since %s s', a.pid, a.usename,
        coalesce(nullif(a.application_name, ''), 'no application name'), round(a.age)),
    format('`SELECT pg_cancel_backend(%s)`, and `pg_terminate_backend` if it goes on', a.pid)
FROM (SELECT *, extract(epoch FROM now() - xact_start)::numeric AS age FROM pg_stat_activity) a
WHERE a.backend_type = 'client backend' AND a.state NOT LIKE 'idle%' AND a.pid <> pg_backend_pid()
    AND a.application_name NOT LIKE 'pg\\_dump%' AND a.age > $1
ORDER BY a.age DESC";

/// The root of each tree of waiters: a process that blocks others and waits for none.
const BLOCKED: &str = "
WITH RECURSIVE edges AS MATERIALIZED (
    SELECT a.pid AS waiter, unnest(pg_blocking_pids(a.pid)) AS blocker,
        (SELECT min(l.waitstart) FROM pg_locks l WHERE l.pid = a.pid AND NOT l.granted) AS since
    FROM pg_stat_activity a WHERE a.wait_event_type = 'Lock'
), tree AS (
    SELECT waiter, blocker FROM edges
    UNION
    SELECT tree.waiter, edges.blocker FROM tree JOIN edges ON edges.waiter = tree.blocker
), roots AS (
    SELECT t.blocker AS pid, count(DISTINCT t.waiter) AS waiters,
        extract(epoch FROM clock_timestamp() - min(e.since))::numeric AS age
    FROM tree t JOIN edges e ON e.waiter = t.waiter
    WHERE t.blocker NOT IN (SELECT waiter FROM edges) GROUP BY t.blocker
)
SELECT CASE WHEN r.age > $2 THEN 'error' ELSE 'warning' END, format('process %s', r.pid),
    format('process %s of `%s` (%s) blocks %s others since %s s; it is %s', r.pid, a.usename,
        coalesce(nullif(a.application_name, ''), 'no application name'), r.waiters, round(r.age), a.state),
    format('`SELECT pg_cancel_backend(%s)`, and `pg_terminate_backend` if it goes on', r.pid)
FROM roots r JOIN pg_stat_activity a ON a.pid = r.pid WHERE r.age >= $1 ORDER BY r.age DESC";

const HELD_BACK: &str = "
WITH holders AS (
    SELECT format('process %s', pid) AS object, age(backend_xmin) AS xids, xact_start AS since,
        format('`SELECT pg_terminate_backend(%s)`', pid) AS fix
    FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND pid <> pg_backend_pid()
    UNION ALL
    SELECT format('replication slot %I', slot_name), greatest(age(xmin), age(catalog_xmin)), NULL,
        format('start its consumer, or `SELECT pg_drop_replication_slot(%L)`', slot_name)
    FROM pg_replication_slots
    UNION ALL
    SELECT format('prepared transaction %L', gid), age(transaction), prepared, format('`ROLLBACK PREPARED %L`', gid) FROM pg_prepared_xacts
)
SELECT 'warning', object, format('%s keeps dead rows of all tables: %s transactions have begun since', object, xids), fix
FROM holders WHERE xids > $1 OR since < now() - make_interval(secs => $2) ORDER BY xids DESC NULLS LAST";

const PREPARED: &str = "
SELECT 'error', format('prepared transaction %L', gid),
    format('the prepared transaction %L of `%s` waits since %s: it holds its locks, also over a restart', gid, owner, prepared::timestamp(0)),
    format('`ROLLBACK PREPARED %L`, or `COMMIT PREPARED %L` if the other side has committed', gid, gid)
FROM pg_prepared_xacts WHERE prepared < now() - make_interval(secs => $1) AND database = current_database() ORDER BY prepared";

const CONNECTIONS: &str = "
WITH used AS (
    SELECT count(*)::float8 AS used, (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int)::float8 AS usable
    FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
)
SELECT CASE WHEN used >= $2 * usable THEN 'error' ELSE 'warning' END, 'connections',
    format('%s of %s connections are in use', used, usable),
    'make the pools of the applications smaller, or put PgBouncer before the server; more than that: `ALTER SYSTEM SET max_connections`'
FROM used WHERE used >= $1 * usable";

pub(super) const TRANSACTION_IDLE: Check = Check::new("transaction_idle", Severity::Error, Probe::Sql(IDLE))
    .finds("a transaction in which nothing runs")
    .why("It holds its locks, and no vacuum removes rows that died since it began. An application that waits for a user or for another service inside a transaction is the usual cause")
    .fix("end it, and set `idle_in_transaction_session_timeout`")
    .limits(&[limit("warning", 60.0, "seconds"), limit("error", 600.0, "seconds")]);

pub(super) const TRANSACTION_LONG: Check = Check::new("transaction_long", Severity::Warning, Probe::Sql(LONG))
    .finds("a transaction whose statements run long")
    .why("It holds its locks, and no vacuum removes rows that died since it began. `pg_dump` is left out")
    .fix("cancel it, and look at its plan")
    .limits(&[limit("warning", 300.0, "seconds")]);

pub(super) const LOCK_BLOCKED: Check = Check::new("lock_blocked", Severity::Error, Probe::Sql(BLOCKED))
    .finds("a process for which others wait")
    .why("Waiters form a tree, because a waiter in the queue blocks those behind it. Only the root is reported: when it ends, all go on")
    .fix("cancel the root")
    .limits(&[limit("warning", 5.0, "seconds"), limit("error", 60.0, "seconds")]);

pub(super) const XMIN_HELD_BACK: Check = Check::new("xmin_held_back", Severity::Warning, Probe::Sql(HELD_BACK))
    .finds("a process, a replication slot or a prepared transaction because of which dead rows stay")
    .why("Vacuum keeps each row that it could still see. After an hour or a million transactions tables grow")
    .fix("end it")
    .limits(&[limit("transactions", 1_000_000.0, "transactions"), limit("seconds", 3_600.0, "seconds")]);

pub(super) const PREPARED_LEFT: Check = Check::new("prepared_left", Severity::Error, Probe::Sql(PREPARED))
    .finds("a prepared transaction that is neither committed nor rolled back")
    .why("It holds its locks until then, also over a restart of the server. The program that prepared it has most likely ended")
    .fix("roll it back, or commit it")
    .limits(&[limit("error", 60.0, "seconds")]);

pub(super) const CONNECTIONS_USED: Check =
    Check::new("connections", Severity::Error, Probe::Sql(CONNECTIONS))
        .finds("few free connections")
        .why(
            "At the last one applications are refused. Reserved connections do not count as usable",
        )
        .fix("make pools smaller, or use a pooler")
        .limits(&[
            limit("warning", 0.8, "of the usable connections"),
            limit("error", 0.9, "of the usable connections"),
        ]);
