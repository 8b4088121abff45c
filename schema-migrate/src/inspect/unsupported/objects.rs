//! Objects of other kinds, and unsupported properties of types, sequences and comments.

use super::database::of_the_database;

pub(super) const SQL: &str = concat!(
    "
    WITH namespace AS (
        SELECT n.oid, n.nspname::text AS name FROM pg_catalog.pg_namespace n WHERE n.nspname = ANY ($1)
    ), of_extension AS (
        SELECT d.classid, d.objid FROM pg_catalog.pg_depend d WHERE d.deptype = 'e'
    ), type AS (
        SELECT t.*, n.name AS namespace
        FROM pg_catalog.pg_type t JOIN namespace n ON n.oid = t.typnamespace
        WHERE (t.typtype IN ('d', 'e', 'r') OR (t.typtype = 'b' AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_type element WHERE element.typarray = t.oid)))
            AND NOT EXISTS (
                SELECT FROM of_extension e WHERE e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = t.oid)
    )
    SELECT 'type of another kind' AS kind, namespace, typname::text AS name FROM type WHERE typtype IN ('b', 'r')
    UNION ALL
    SELECT 'default, collation or `NOT NULL` of a domain', t.namespace, t.typname
    FROM type t JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
    WHERE t.typtype = 'd' AND (t.typnotnull OR t.typdefault IS NOT NULL OR t.typcollation <> base.typcollation)
    UNION ALL
    SELECT 'constraint that is not validated', t.namespace, t.typname || '.' || con.conname
    FROM type t JOIN pg_catalog.pg_constraint con ON con.contypid = t.oid AND NOT con.convalidated
    UNION ALL
    SELECT 'right on a type', t.namespace, t.typname FROM type t
    WHERE EXISTS (
        SELECT grantee, privilege_type FROM pg_catalog.aclexplode(t.typacl) WHERE grantee <> t.typowner
        EXCEPT SELECT 0, 'USAGE')
        OR (t.typacl IS NOT NULL AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(t.typacl) WHERE grantee = 0))
    UNION ALL
    SELECT 'option of the sequence of a column', n.name, c.relname
    FROM pg_catalog.pg_sequence s
    JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid AND NOT c.relname LIKE ANY ($2)
    JOIN namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    JOIN pg_catalog.pg_class owner ON owner.oid = d.refobjid AND NOT owner.relname LIKE ANY ($2)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    LEFT JOIN pg_catalog.pg_attrdef of_column ON of_column.adrelid = a.attrelid AND of_column.adnum = a.attnum
    WHERE (s.seqstart, s.seqincrement, s.seqmin, s.seqcache, s.seqcycle, s.seqtypid, s.seqmax) IS DISTINCT FROM (
            1::bigint, 1::bigint, 1::bigint, 1::bigint, false, a.atttypid, CASE a.atttypid
                WHEN 'int2'::regtype THEN 32767::bigint WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END)
        AND (d.deptype = 'i' OR (a.attnotnull AND pg_catalog.pg_get_expr(of_column.adbin, of_column.adrelid)
            = 'nextval(''' || replace(c.oid::regclass::text, '''', '''''') || '''::regclass)'))
    UNION ALL
    SELECT 'statistics object', n.name, s.stxname
    FROM pg_catalog.pg_statistic_ext s JOIN namespace n ON n.oid = s.stxnamespace
    UNION ALL
    SELECT 'event trigger', 'public', t.evtname FROM pg_catalog.pg_event_trigger t
    WHERE NOT EXISTS (
        SELECT FROM of_extension e WHERE e.classid = 'pg_catalog.pg_event_trigger'::regclass AND e.objid = t.oid)
    UNION ALL
    SELECT 'object of another kind', n.name, o.kind || ' ' || o.name
    FROM (
        SELECT 'pg_catalog.pg_operator'::regclass::oid AS class, oid, oprnamespace AS namespace, 'operator' AS kind, oprname AS name
        FROM pg_catalog.pg_operator
        UNION ALL
        SELECT 'pg_catalog.pg_opclass'::regclass, oid, opcnamespace, 'operator class', opcname FROM pg_catalog.pg_opclass
        UNION ALL
        SELECT 'pg_catalog.pg_opfamily'::regclass, f.oid, opfnamespace, 'operator family', opfname FROM pg_catalog.pg_opfamily f
        WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_opclass o WHERE o.opcfamily = f.oid)
        UNION ALL
        SELECT 'pg_catalog.pg_ts_parser'::regclass, oid, prsnamespace, 'text search parser', prsname FROM pg_catalog.pg_ts_parser
        UNION ALL
        SELECT 'pg_catalog.pg_ts_template'::regclass, oid, tmplnamespace, 'text search template', tmplname
        FROM pg_catalog.pg_ts_template
        UNION ALL
        SELECT 'pg_catalog.pg_collation'::regclass, oid, collnamespace, 'collation', collname FROM pg_catalog.pg_collation
        UNION ALL
        SELECT 'pg_catalog.pg_conversion'::regclass, oid, connamespace, 'conversion', conname FROM pg_catalog.pg_conversion
        UNION ALL
        SELECT 'pg_catalog.pg_ts_config'::regclass, oid, cfgnamespace, 'text search configuration', cfgname
        FROM pg_catalog.pg_ts_config
        UNION ALL
        SELECT 'pg_catalog.pg_ts_dict'::regclass, oid, dictnamespace, 'text search dictionary', dictname
        FROM pg_catalog.pg_ts_dict
    ) o
    JOIN namespace n ON n.oid = o.namespace
    WHERE NOT EXISTS (SELECT FROM of_extension e WHERE e.classid = o.class AND e.objid = o.oid)
    UNION ALL
    SELECT 'comment', n.name, o.name
    FROM (
        SELECT d.description, 'pg_catalog.pg_class'::regclass::oid AS class, c.oid, c.relnamespace AS namespace, c.relname::text AS name
        FROM pg_catalog.pg_description d JOIN pg_catalog.pg_class c ON c.oid = d.objoid
        WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND NOT c.relname LIKE ANY ($2)
            AND (c.relkind IN ('i', 'I', 'S') OR c.relispartition)
        UNION ALL
        SELECT d.description, 0, 0, con.connamespace, con.conname
        FROM pg_catalog.pg_description d JOIN pg_catalog.pg_constraint con ON con.oid = d.objoid
        WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass
        UNION ALL
        SELECT d.description, 0, 0, c.relnamespace, c.relname || '.' || t.tgname
        FROM pg_catalog.pg_description d
        JOIN pg_catalog.pg_trigger t ON t.oid = d.objoid
        JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
        WHERE d.classoid = 'pg_catalog.pg_trigger'::regclass
        UNION ALL
        SELECT d.description, 0, 0, c.relnamespace, c.relname || '.' || p.polname
        FROM pg_catalog.pg_description d
        JOIN pg_catalog.pg_policy p ON p.oid = d.objoid
        JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
        WHERE d.classoid = 'pg_catalog.pg_policy'::regclass
        UNION ALL
        SELECT d.description, 0, 0, n.oid, n.nspname
        FROM pg_catalog.pg_description d JOIN pg_catalog.pg_namespace n ON n.oid = d.objoid
        WHERE d.classoid = 'pg_catalog.pg_namespace'::regclass AND d.description <> 'standard public schema'
    ) o
    JOIN namespace n ON n.oid = o.namespace
    WHERE NOT EXISTS (SELECT FROM of_extension e WHERE e.classid = o.class AND e.objid = o.oid)
    UNION ALL
",
    of_the_database!()
);
