//! Unsupported properties of tables, columns and views.

use super::options::settable;

pub(super) const SQL: &str = concat!(
    "
    WITH settable (of, name) AS ",
    settable!(),
    ", relation AS (
        SELECT c.*, n.nspname::text AS namespace
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND NOT c.relname LIKE ANY ($2)
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    )
    SELECT 'foreign table' AS kind, namespace, relname::text AS name FROM relation WHERE relkind = 'f'
    UNION ALL
    SELECT 'composite type', namespace, relname FROM relation WHERE relkind = 'c'
    UNION ALL
    SELECT 'unlogged table or sequence', namespace, relname FROM relation r
    WHERE relkind IN ('r', 'p', 'S') AND relpersistence = 'u' AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class owner ON owner.oid = d.refobjid AND owner.relpersistence = 'u'
        WHERE r.relkind = 'S' AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = r.oid
            AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i'))
    UNION ALL
    SELECT 'inheritance', r.namespace, r.relname || ' from ' || parent.relname
    FROM relation r
    JOIN pg_catalog.pg_inherits i ON i.inhrelid = r.oid
    JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
    WHERE r.relkind IN ('r', 'f') AND NOT r.relispartition
    UNION ALL
    SELECT 'composite type', namespace, relname || ' of ' || reloftype::regtype FROM relation WHERE reloftype <> 0
    UNION ALL
    SELECT 'storage parameter, or option of a view', r.namespace, r.relname || ' ' || o.option_name || '=' || o.option_value
    FROM relation r
    CROSS JOIN LATERAL pg_catalog.pg_options_to_table(r.reloptions) o
    JOIN settable ON settable.name = o.option_name AND settable.of = CASE r.relkind WHEN 'v' THEN 'view' ELSE 'table' END
    WHERE r.relkind IN ('r', 'p', 'v', 'm')
    UNION ALL
    SELECT 'storage parameter, or option of a view', r.namespace, r.relname || ' toast.' || o.option_name || '=' || o.option_value
    FROM relation r
    JOIN pg_catalog.pg_class toast ON toast.oid = r.reltoastrelid
    CROSS JOIN LATERAL pg_catalog.pg_options_to_table(toast.reloptions) o
    JOIN settable ON settable.name = o.option_name AND settable.of = 'table'
    WHERE r.relkind IN ('r', 'm')
    UNION ALL
    SELECT 'tablespace', namespace, relname FROM relation WHERE reltablespace <> 0
    UNION ALL
    SELECT 'access method of a table', r.namespace, r.relname || ' ' || am.amname
    FROM relation r JOIN pg_catalog.pg_am am ON am.oid = r.relam
    WHERE r.relkind IN ('r', 'm') AND am.amname <> 'heap'
    UNION ALL
    SELECT 'replica identity', namespace, relname FROM relation WHERE relkind IN ('r', 'p') AND relreplident <> 'd'
    UNION ALL
    SELECT 'forced row-level security that is not enabled', namespace, relname
    FROM relation WHERE relkind IN ('r', 'p') AND NOT relispartition AND relforcerowsecurity AND NOT relrowsecurity
    UNION ALL
    SELECT 'rule', r.namespace, r.relname || '.' || rule.rulename
    FROM relation r JOIN pg_catalog.pg_rewrite rule ON rule.ev_class = r.oid
    WHERE NOT (r.relkind IN ('v', 'm') AND rule.rulename = '_RETURN')
    UNION ALL
    SELECT 'collation or storage of a column', r.namespace, r.relname || '.' || a.attname
    FROM relation r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition AND (
        a.attcollation <> t.typcollation OR a.attstorage <> t.typstorage
        OR EXISTS (
            SELECT FROM pg_catalog.pg_options_to_table(a.attoptions) o
            JOIN settable ON settable.name = o.option_name AND settable.of = 'column')
        OR (a.attlen = -1 AND coalesce(to_jsonb(a) ->> 'attcompression', '') <> ''))
    UNION ALL
    SELECT 'generated column that is computed when it is read', r.namespace, r.relname || '.' || a.attname
    FROM relation r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition AND a.attgenerated = 'v'
    UNION ALL
    SELECT 'object of another owner', r.namespace, r.relname || ' of ' || pg_catalog.pg_get_userbyid(r.relowner)
    FROM relation r
    JOIN pg_catalog.pg_inherits i ON i.inhrelid = r.oid
    JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
    WHERE r.relispartition AND r.relkind IN ('r', 'p') AND r.relowner <> parent.relowner
    UNION ALL
    SELECT 'partition of a partition', r.namespace, r.relname FROM relation r WHERE r.relispartition AND EXISTS (
        SELECT FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
        WHERE i.inhrelid = r.oid AND parent.relispartition) AND r.relkind IN ('r', 'p', 'f')
    UNION ALL
    SELECT 'partition in another schema than its table', n.nspname, c.relname
    FROM relation parent
    JOIN pg_catalog.pg_inherits i ON i.inhparent = parent.oid
    JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relispartition AND c.relkind IN ('r', 'p', 'f') AND c.relnamespace <> parent.relnamespace
    UNION ALL
    SELECT 'row-level security of a partition that differs from its table', r.namespace, r.relname
    FROM relation r
    JOIN pg_catalog.pg_inherits i ON i.inhrelid = r.oid
    JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
    WHERE r.relispartition AND r.relkind IN ('r', 'p')
        AND (parent.relrowsecurity, parent.relforcerowsecurity) <> (r.relrowsecurity, r.relforcerowsecurity)
    UNION ALL
    SELECT 'expression, collation or operator class in a partition key', r.namespace, r.relname
    FROM relation r
    JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = r.oid
    WHERE 0 = ANY (p.partattrs::int2[])
        OR EXISTS (SELECT FROM pg_catalog.pg_opclass o WHERE o.oid = ANY (p.partclass::oid[]) AND NOT o.opcdefault)
        OR EXISTS (
            SELECT FROM unnest(p.partattrs::int2[], p.partcollation::oid[]) AS key (number, coll)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = key.number
            WHERE key.coll <> a.attcollation)"
);
