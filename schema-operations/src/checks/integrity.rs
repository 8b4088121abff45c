//! What the database declares and does not enforce, and partitions.

use crate::check::{Check, Probe, limit};
use crate::severity::Severity;

/// A disabled internal trigger is a foreign key that is not enforced.
const TRIGGER: &str = "
SELECT DISTINCT CASE WHEN t.tgisinternal THEN 'error' ELSE 'warning' END,
    format('%s.%I', t.tgrelid::regclass, CASE WHEN t.tgisinternal THEN k.conname ELSE t.tgname END),
    CASE WHEN t.tgisinternal
        THEN format('the foreign key `%I` of `%s` is not enforced: its triggers are disabled', k.conname, t.tgrelid::regclass)
        ELSE format('the trigger `%I` of `%s` %s', t.tgname, t.tgrelid::regclass,
            CASE t.tgenabled WHEN 'D' THEN 'is disabled' ELSE 'fires only on replicas' END) END,
    CASE WHEN t.tgisinternal
        THEN format('`ALTER TABLE %s ENABLE TRIGGER ALL`, then look for rows that break it', t.tgrelid::regclass)
        ELSE format('`ALTER TABLE %s ENABLE TRIGGER %I`', t.tgrelid::regclass, t.tgname) END
FROM pg_trigger t LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
WHERE t.tgenabled IN ('D', 'R') AND t.tgparentid = 0 ORDER BY 1, 2";

/// `NOT ENFORCED` came with PostgreSQL 18.
const CONSTRAINT: &str = "
SELECT 'warning', format('%s.%I', c.conrelid::regclass, c.conname),
    CASE WHEN NOT coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
        THEN format('the constraint `%I` of `%s` is not enforced', c.conname, c.conrelid::regclass)
        ELSE format('the constraint `%I` of `%s` is not validated: earlier rows may break it', c.conname, c.conrelid::regclass) END,
    CASE WHEN NOT coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
        THEN format('`ALTER TABLE %s ALTER CONSTRAINT %I ENFORCED`', c.conrelid::regclass, c.conname)
        ELSE format('`ALTER TABLE %s VALIDATE CONSTRAINT %I`', c.conrelid::regclass, c.conname) END
FROM pg_constraint c WHERE NOT c.convalidated AND c.conparentid = 0 AND c.conrelid <> 0 ORDER BY 2";

/// The last bound of each table that is partitioned by ranges of one column of dates or times.
const RUNNING_OUT: &str = "
WITH bounds AS (
    SELECT i.inhparent AS relation,
        (regexp_match(pg_get_expr(c.relpartbound, c.oid), $$FROM \\('([^']+)'\\)$$))[1]::timestamptz AS first,
        (regexp_match(pg_get_expr(c.relpartbound, c.oid), $$TO \\('([^']+)'\\)$$))[1]::timestamptz AS last
    FROM pg_partitioned_table p JOIN pg_inherits i ON i.inhparent = p.partrelid JOIN pg_class c ON c.oid = i.inhrelid
    JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
    WHERE p.partstrat = 'r' AND p.partnatts = 1 AND a.atttypid IN (1082, 1114, 1184)
), ends AS (
    SELECT relation, max(last) AS last, max(last - first) AS width, bool_or(last IS NULL) AS has_default
    FROM bounds GROUP BY relation
)
SELECT CASE WHEN last < now() AND NOT has_default THEN 'error' ELSE 'warning' END, relation::regclass::text,
    format('the last partition of `%s` %s on %s%s', relation::regclass, CASE WHEN last < now() THEN 'ended' ELSE 'ends' END,
        last::date, CASE WHEN has_default THEN '; later rows go to the default partition' ELSE '; later rows are refused' END),
    'declare more partitions, such as `monthly_partitions(from = .., to = ..)`, and plan a migration'
FROM ends WHERE last < now() + greatest(make_interval(days => $1::int), least($2::int * width, make_interval(days => 366)))
ORDER BY 1, 2";

/// Counts up to the limit, so that a full partition is not read to its end.
const DEFAULT: &str = "
WITH defaults AS (
    SELECT p.partdefid AS oid, p.partrelid, pg_relation_size(p.partdefid) AS bytes
    FROM pg_partitioned_table p WHERE p.partdefid <> 0
)
SELECT 'warning', oid::regclass::text,
    format('the default partition `%s` of `%s` has rows (%s): a new partition for their values is refused', oid::regclass,
        partrelid::regclass, pg_size_pretty(bytes)),
    format('move the rows into a new partition: detach `%s`, create the partition, insert its rows, attach it again', oid::regclass)
FROM defaults WHERE bytes > $1 ORDER BY 2";

pub(super) const TRIGGER_DISABLED: Check = Check::new("trigger_disabled", Severity::Error, Probe::Sql(TRIGGER))
    .finds("a trigger that does not fire, or a foreign key whose triggers are disabled")
    .why("The audit trail, `updated_at`, transitions and foreign keys depend on triggers. A load of many rows may have left them off. A foreign key is an error, another trigger a warning")
    .fix("enable the trigger");

pub(super) const CONSTRAINT_NOT_VALID: Check =
    Check::new("constraint_not_valid", Severity::Warning, Probe::Sql(CONSTRAINT))
        .finds("a constraint that is not validated or not enforced")
        .why("Rows from before the constraint may break it. While a migration in several stages is under way it is right")
        .fix("validate the constraint");

pub(super) const PARTITION_RUNNING_OUT: Check =
    Check::new("partition_running_out", Severity::Error, Probe::Sql(RUNNING_OUT))
        .finds("a table partitioned by time whose last partition ends soon")
        .why("After the last bound each insert is refused, or goes to the default partition. It is an error once rows are refused. A table that gets no rows any more is a false alarm")
        .fix("declare more partitions, and plan a migration")
        .limits(&[limit("days", 30.0, "days"), limit("partitions", 2.0, "widths of a partition")]);

pub(super) const DEFAULT_PARTITION_HAS_ROWS: Check =
    Check::new("default_partition_has_rows", Severity::Warning, Probe::Sql(DEFAULT))
        .finds("a default partition with rows")
        .why("PostgreSQL refuses a new partition whose rows are in the default one, and reads all of it to know that")
        .fix("move its rows into a partition of their own")
        .limits(&[limit("bytes", 0.0, "bytes")]);
