//! Indexes that are missing, invalid, not used or there twice.

use crate::check::{Check, Probe, limit};
use crate::severity::Severity;

/// A partial index serves if it leaves out only null.
const FOREIGN_KEY: &str = "
SELECT CASE WHEN r.reltuples > $1 THEN 'warning' ELSE 'advice' END,
    format('%s.%I', c.conrelid::regclass, c.conname),
    format('no index of `%s` begins with the columns of the foreign key `%I`: a delete in `%s` reads the whole table',
        c.conrelid::regclass, c.conname, c.confrelid::regclass),
    format('add `#[table(index(%s))]` to the struct: `CREATE INDEX %sON %s (%s)`', k.columns,
        CASE r.relkind WHEN 'r' THEN 'CONCURRENTLY ' ELSE '' END, c.conrelid::regclass, k.columns)
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid CROSS JOIN LATERAL (
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY n) AS columns
    FROM unnest(c.conkey) WITH ORDINALITY AS u (number, n)
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = u.number
) k
WHERE c.contype = 'f' AND c.conparentid = 0 AND NOT EXISTS (
    SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
    WHERE i.indrelid = c.conrelid AND i.indisvalid AND m.amname IN ('btree', 'hash') AND i.indnkeyatts >= cardinality(c.conkey)
        AND (SELECT array_agg(v ORDER BY v) FROM unnest((i.indkey::int2[])[0:cardinality(c.conkey) - 1]) v)
            = (SELECT array_agg(v ORDER BY v) FROM unnest(c.conkey) v)
        AND (i.indpred IS NULL OR cardinality(c.conkey) = 1 AND pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)',
            (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1])))
)
ORDER BY r.reltuples DESC, 2";

/// The index of a partitioned table is invalid until each partition has one.
const INVALID: &str = "
SELECT 'warning', i.indexrelid::regclass::text,
    CASE c.relkind WHEN 'I'
        THEN format('the index `%s` of the partitioned table `%s` is invalid: a partition lacks it', c.oid::regclass, i.indrelid::regclass)
        ELSE format('the index `%s` of `%s` is invalid: each write maintains it, and no statement uses it', c.oid::regclass, i.indrelid::regclass) END,
    CASE c.relkind WHEN 'I'
        THEN format('create the index on each partition, and attach it: `ALTER INDEX %s ATTACH PARTITION ..`', c.oid::regclass)
        ELSE format('`REINDEX INDEX CONCURRENTLY %s`', c.oid::regclass) END
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.oid NOT IN (SELECT index_relid FROM pg_stat_progress_create_index WHERE index_relid IS NOT NULL)
ORDER BY 2";

/// Of a partitioned table all partitions count together: an index is reported if none of its partitions uses it.
const UNUSED: &str = "
WITH tree AS (
    SELECT i.indexrelid, i.indrelid, coalesce(h.inhparent, i.indexrelid) AS top, coalesce(s.idx_scan, 0) AS scans,
        c.relpages * current_setting('block_size')::bigint AS bytes
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
    LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
    LEFT JOIN pg_stat_user_indexes s ON s.indexrelid = i.indexrelid
), summed AS (
    SELECT top, sum(scans) AS scans, sum(bytes)::bigint AS bytes FROM tree GROUP BY top
)
SELECT 'advice', top::regclass::text,
    format('no statement has used the index `%s` of `%s`, which takes %s', top::regclass, i.indrelid::regclass, pg_size_pretty(bytes)),
    format('look at the replicas too; then remove the index from the struct: `DROP INDEX %s%s`',
        CASE c.relkind WHEN 'i' THEN 'CONCURRENTLY ' ELSE '' END, top::regclass)
FROM summed JOIN pg_index i ON i.indexrelid = top JOIN pg_class c ON c.oid = top
WHERE scans = 0 AND bytes > $2 AND i.indisvalid AND NOT i.indisunique AND NOT i.indisreplident AND NOT i.indisclustered
    AND c.oid >= 16384 AND top NOT IN (SELECT conindid FROM pg_constraint)
ORDER BY bytes DESC, 2";

pub(super) const FOREIGN_KEY_WITHOUT_INDEX: Check =
    Check::new("foreign_key_without_index", Severity::Warning, Probe::Sql(FOREIGN_KEY))
        .finds("a foreign key whose columns no index begins with")
        .why(
            "Each delete and each change of a key in the other table reads this table from end to end, under a lock. A \
             partial index counts only if it leaves out nothing but null. Below the limit of rows it is advice",
        )
        .fix("add the index to the struct")
        .limits(&[limit("rows", 10_000.0, "rows of the table")]);

pub(super) const INDEX_INVALID: Check = Check::new("index_invalid", Severity::Warning, Probe::Sql(INVALID))
    .finds("an index that is invalid, and is not being built now")
    .why("`CREATE INDEX CONCURRENTLY` failed. PostgreSQL maintains the index at each write and never reads it")
    .fix("build it again with `REINDEX INDEX CONCURRENTLY`");

pub(super) const INDEX_UNUSED: Check = Check::new("index_unused", Severity::Advice, Probe::Statistics(UNUSED))
    .finds("an index that no statement has used since statistics are kept")
    .why(
        "It costs space, and time at each write. Statistics must be 35 days old, as pganalyze has it, so that monthly jobs \
         have run; a crash of the server starts them again. Unique indexes and those of constraints are left out. \
         Statistics do not include the statements of replicas",
    )
    .fix("remove the index from the struct")
    .limits(&[limit("days", 35.0, "days"), limit("bytes", 10_485_760.0, "bytes")]);

pub(super) const INDEX_DUPLICATE: Check = Check::new(
    "index_duplicate",
    Severity::Advice,
    Probe::Indexes,
)
.finds("two indexes with the same columns, operator classes, collations and condition")
.why("One of them does nothing but cost. The index of a constraint is kept, then a unique one")
.fix("drop the other one");

pub(super) const INDEX_PREFIX: Check = Check::new("index_prefix", Severity::Advice, Probe::Indexes)
    .finds("an index whose columns another one begins with")
    .why(
        "The longer index serves the same statements. The shorter one can still be worth its cost if the longer one is \
         much wider. A unique index is never reported",
    )
    .fix("drop the shorter one");
