//! Keys and sequences that run out or lag.

use crate::check::{Check, Probe, limit};
use crate::severity::Severity;

/// The sequences of columns: of `serial`, of an identity, and of a default with `nextval`.
const EXHAUSTION: &str = "
WITH owned AS (
    SELECT objid AS sequence, refobjid AS relation, refobjsubid AS number FROM pg_depend
    WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i') AND refobjsubid > 0
    UNION
    SELECT d.refobjid, f.adrelid, f.adnum FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid
    WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass
), counted AS (
    SELECT s.*, o.relation, a.attname, a.atttypid, pg_sequence_last_value(s.seqrelid) AS last,
        CASE WHEN s.seqincrement > 0
            THEN least(s.seqmax, CASE a.atttypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 ELSE s.seqmax END)
            ELSE greatest(s.seqmin, CASE a.atttypid WHEN 21 THEN -32768 WHEN 23 THEN -2147483648 ELSE s.seqmin END)
        END AS final
    FROM pg_sequence s LEFT JOIN owned o ON o.sequence = s.seqrelid
    LEFT JOIN pg_attribute a ON a.attrelid = o.relation AND a.attnum = o.number
), used AS (
    SELECT *, coalesce(format('%s.%I', relation::regclass, attname), seqrelid::regclass::text) AS object,
        ((last - seqstart)::numeric / nullif(final::numeric - seqstart, 0))::float8 AS part
    FROM counted WHERE NOT (seqcycle AND relation IS NULL)
)
SELECT CASE WHEN part >= $3 THEN 'error' WHEN part >= $2 THEN 'warning' ELSE 'advice' END, object,
    format('`%s` has used %s %% of its numbers: the last is %s of %s', object, round((100 * part)::numeric), last, final),
    CASE WHEN atttypid IN (21, 23)
        THEN format('make the field `i64` and plan a migration: `ALTER TABLE %s ALTER COLUMN %I TYPE bigint`, `ALTER SEQUENCE %s AS bigint`',
            relation::regclass, attname, seqrelid::regclass)
        ELSE format('`ALTER SEQUENCE %s AS bigint MAXVALUE 9223372036854775807`', seqrelid::regclass) END
FROM used WHERE part > $1 ORDER BY part DESC, object";

const NARROW: &str = "
SELECT CASE WHEN pg_sequence_last_value(d.objid) > $1 * 2147483648 THEN 'error' ELSE 'warning' END,
    format('%s.%I', c.conrelid::regclass, a.attname),
    format('`%s.%I` is `%s`, and refers to `%s.%I`, which is `%s`', c.conrelid::regclass, a.attname,
        a.atttypid::regtype, c.confrelid::regclass, b.attname, b.atttypid::regtype),
    format('give the field the type of the key, and plan a migration: `ALTER TABLE %s ALTER COLUMN %I TYPE %s`',
        c.conrelid::regclass, a.attname, b.atttypid::regtype)
FROM pg_constraint c CROSS JOIN unnest(c.conkey, c.confkey) AS k (own, other)
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.other
LEFT JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.classid = 'pg_class'::regclass
    AND d.refobjid = b.attrelid AND d.refobjsubid = b.attnum AND d.deptype IN ('a', 'i')
WHERE c.contype = 'f' AND c.conparentid = 0
    AND array_position(ARRAY[21, 23, 20]::oid[], a.atttypid) < array_position(ARRAY[21, 23, 20]::oid[], b.atttypid)
ORDER BY 2";

/// The greatest key is read by an index that begins with the column.
const BEHIND: &str = "
WITH keys AS (
    SELECT d.objid AS sequence, d.refobjid AS relation, a.attname, pg_sequence_last_value(d.objid) AS last, s.seqstart
    FROM pg_depend d JOIN pg_sequence s ON s.seqrelid = d.objid AND s.seqincrement > 0 AND NOT s.seqcycle
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = d.refobjid AND i.indisunique AND i.indkey[0] = d.refobjsubid)
), read AS (
    SELECT *, (xpath('/row/key/text()', query_to_xml(
        format('SELECT max(%I) AS key FROM %s', attname, relation::regclass), false, true, '')))[1]::text::bigint AS greatest
    FROM keys
)
SELECT 'error', format('%s.%I', relation::regclass, attname),
    format('the sequence of `%s.%I` gives %s next, and the greatest key is %s: an insert will fail',
        relation::regclass, attname, coalesce(last + 1, seqstart), greatest),
    format('`SELECT setval(%L, %s)`', sequence::regclass, greatest)
FROM read WHERE greatest >= coalesce(last + 1, seqstart) ORDER BY 2";

pub(super) const KEY_EXHAUSTION: Check = Check::new("key_exhaustion", Severity::Error, Probe::Sql(EXHAUSTION))
    .finds("a key whose sequence or type is running out of numbers")
    .why(
        "At the last number each insert fails. A change of the type rewrites the table, so it takes weeks to prepare: \
         advice begins at half. A sequence that belongs to no column and cycles is left out",
    )
    .fix("make the field `i64`, and plan a migration")
    .limits(&[
        limit("advice", 0.5, "of all numbers"),
        limit("warning", 0.75, "of all numbers"),
        limit("error", 0.9, "of all numbers"),
    ]);

pub(super) const KEY_REFERENCE_NARROW: Check =
    Check::new("key_reference_narrow", Severity::Error, Probe::Sql(NARROW))
        .finds("a foreign key whose column is narrower than the key that it refers to")
        .why(
            "The column cannot hold the later keys, and has no sequence that would show it. It is an error from the limit \
             on, and else a warning",
        )
        .fix("give the field the type of the key, and plan a migration")
        .limits(&[limit("error", 0.5, "of the numbers of `integer`, used by the key")]);

pub(super) const SEQUENCE_BEHIND_KEY: Check =
    Check::new("sequence_behind_key", Severity::Error, Probe::Sql(BEHIND))
        .finds("a sequence whose next number is not after the greatest key")
        .why("Rows were copied or restored without their sequence. The next insert is refused as a duplicate")
        .fix("set the sequence with `setval`");
