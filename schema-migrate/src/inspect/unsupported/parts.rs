//! Unsupported properties of constraints, indexes and triggers, and parts that only a partition has.

use super::options::settable;

pub(super) const SQL: &str = concat!(
    "
    WITH settable (of, name) AS ",
    settable!(),
    ", relation AS (
        SELECT c.oid, c.relname::text AS name, c.relkind, c.relispartition, n.nspname::text AS namespace
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND NOT c.relname LIKE ANY ($2) AND c.relkind IN ('r', 'p', 'v', 'm')
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ), con AS (
        SELECT c.*, r.namespace, r.relispartition, r.name || '.' || c.conname AS name,
            CASE WHEN c.contype IN ('p', 'u') THEN c.conindid END AS index
        FROM relation r JOIN pg_catalog.pg_constraint c ON c.conrelid = r.oid AND c.conparentid = 0
    ), index AS (
        SELECT i.*, c.reloptions, c.reltablespace, c.relispartition AS is_attached,
            r.namespace, r.relispartition, r.name || '.' || c.relname AS name
        FROM relation r
        JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    ), trigger AS (
        SELECT t.*, r.namespace, r.relispartition, r.relkind, r.name || '.' || t.tgname AS name
        FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
        WHERE NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_trigger'::regclass AND d.objid = t.oid
                AND d.refclassid = 'pg_catalog.pg_trigger'::regclass)
    )
    SELECT 'exclusion constraint' AS kind, namespace, name FROM con WHERE contype = 'x' AND NOT relispartition
    UNION ALL
    SELECT 'constraint that is not validated', namespace, name FROM con
    WHERE NOT convalidated AND contype IN ('c', 'f', 'n') AND coalesce(to_jsonb(con) ->> 'conenforced', 'true') = 'true'
    UNION ALL
    SELECT 'constraint that is not enforced, or whose triggers are disabled', namespace, name FROM con
    WHERE to_jsonb(con) ->> 'conenforced' = 'false' OR EXISTS (
        SELECT FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = con.oid AND t.tgisinternal AND t.tgenabled <> 'O')
    UNION ALL
    SELECT 'key or foreign key over periods', namespace, name FROM con
    WHERE NOT relispartition AND to_jsonb(con) ->> 'conperiod' = 'true'
    UNION ALL
    SELECT 'option of a constraint', con.namespace, con.name
    FROM con LEFT JOIN index i ON i.indexrelid = con.index
    WHERE NOT con.relispartition AND (
        (con.contype = 'c' AND con.connoinherit)
        OR (con.contype = 'f' AND con.confmatchtype <> 's')
        OR (con.contype = 'p' AND (con.condeferrable OR i.indnatts > i.indnkeyatts)))
    UNION ALL
    SELECT 'invalid index', namespace, name FROM index WHERE NOT indisvalid
    UNION ALL
    SELECT 'storage or operator-class option of an index', namespace, name FROM index
    WHERE NOT is_attached AND (reltablespace <> 0
        OR EXISTS (
            SELECT FROM pg_catalog.pg_options_to_table(index.reloptions) o
            JOIN settable ON settable.name = o.option_name AND settable.of = 'index')
        OR EXISTS (
            SELECT FROM pg_catalog.pg_attribute a
            CROSS JOIN LATERAL pg_catalog.pg_options_to_table(a.attoptions) o
            JOIN settable ON settable.name = o.option_name AND settable.of = 'column of an index'
            WHERE a.attrelid = index.indexrelid))
    UNION ALL
    SELECT 'constraint trigger', namespace, name FROM trigger WHERE tgconstraint <> 0 AND NOT relispartition
    UNION ALL
    SELECT 'trigger that is disabled or fires only on replicas', namespace, name
    FROM trigger WHERE tgenabled IN ('D', 'R') AND NOT relispartition
    UNION ALL
    SELECT 'trigger that also fires on replicas', namespace, name
    FROM trigger WHERE tgenabled = 'A' AND NOT relispartition
    UNION ALL
    SELECT 'trigger that is disabled or fires only on replicas', r.namespace, r.name || '.' || t.tgname
    FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid
    WHERE r.relispartition AND NOT t.tgisinternal AND t.tgenabled IN ('D', 'R')
    UNION ALL
    SELECT 'constraint that is not enforced, or whose triggers are disabled', r.namespace, r.name || '.' || c.conname
    FROM relation r JOIN pg_catalog.pg_constraint c ON c.conrelid = r.oid AND c.conparentid <> 0
    WHERE to_jsonb(c) ->> 'conenforced' = 'false' OR EXISTS (
        SELECT FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = c.oid AND t.tgisinternal AND t.tgenabled <> 'O')
    UNION ALL
    SELECT 'constraint that is not validated', r.namespace, r.name || '.' || c.conname
    FROM relation r JOIN pg_catalog.pg_constraint c ON c.conrelid = r.oid AND c.conparentid <> 0
    WHERE NOT c.convalidated AND coalesce(to_jsonb(c) ->> 'conenforced', 'true') = 'true'
        -- Up to PostgreSQL 17, validating a foreign key does not validate its constraints for each referenced partition.
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_constraint parent
            WHERE parent.oid = c.conparentid AND parent.conrelid = c.conrelid AND parent.convalidated)
    UNION ALL
    SELECT 'transition table of a trigger', namespace, name
    FROM trigger WHERE tgoldtable IS NOT NULL OR tgnewtable IS NOT NULL
    UNION ALL
    SELECT 'trigger on a view', namespace, name FROM trigger WHERE relkind = 'v'
    UNION ALL
    SELECT 'part that only a partition has', namespace, name FROM con
    WHERE relispartition AND contype IN ('p', 'u', 'c', 'f', 'x') AND (contype <> 'c' OR coninhcount = 0)
    UNION ALL
    SELECT 'part that only a partition has', namespace, name FROM index
    WHERE relispartition AND NOT is_attached AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint c WHERE c.conindid = index.indexrelid AND c.conrelid = index.indrelid)
    UNION ALL
    SELECT 'part that only a partition has', namespace, name FROM trigger WHERE relispartition
    UNION ALL
    SELECT 'part that only a partition has', r.namespace, r.name || '.' || p.polname
    FROM relation r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
    WHERE r.relispartition
    UNION ALL
    SELECT 'part that only a partition has', r.namespace, r.name || '.' || a.attname
    FROM relation r
    JOIN pg_catalog.pg_inherits i ON i.inhrelid = r.oid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_attribute theirs ON theirs.attrelid = i.inhparent AND theirs.attname = a.attname
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_attrdef of_table ON of_table.adrelid = theirs.attrelid AND of_table.adnum = theirs.attnum
    WHERE r.relispartition AND (
        a.attnotnull <> theirs.attnotnull
        OR pg_catalog.pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_catalog.pg_get_expr(of_table.adbin, of_table.adrelid))"
);
