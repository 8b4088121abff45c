//! Objects and settings of the whole database.

/// The last part of the query for other objects. Object identifiers below 16384 belong to the initial catalog
/// (PostgreSQL source, `access/transam.h`).
macro_rules! of_the_database {
    () => {
        "SELECT 'object of another kind' AS kind, NULL::text AS namespace, o.kind || ' ' || o.name AS name
    FROM (
        SELECT 'pg_catalog.pg_publication'::regclass::oid AS class, oid, 'publication' AS kind, pubname::text AS name
        FROM pg_catalog.pg_publication
        UNION ALL
        SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid, 'foreign-data wrapper', fdwname
        FROM pg_catalog.pg_foreign_data_wrapper
        UNION ALL
        SELECT 'pg_catalog.pg_foreign_server'::regclass, oid, 'foreign server', srvname FROM pg_catalog.pg_foreign_server
        UNION ALL
        SELECT 'pg_catalog.pg_language'::regclass, oid, 'language', lanname FROM pg_catalog.pg_language
        UNION ALL
        SELECT 'pg_catalog.pg_cast'::regclass, oid, 'cast', castsource::regtype || ' to ' || casttarget::regtype
        FROM pg_catalog.pg_cast
        UNION ALL
        SELECT 'pg_catalog.pg_transform'::regclass, oid, 'transform', trftype::regtype::text FROM pg_catalog.pg_transform
        UNION ALL
        SELECT 'pg_catalog.pg_am'::regclass, oid, 'access method', amname FROM pg_catalog.pg_am
    ) o
    WHERE o.oid >= 16384 AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype IN ('e', 'i'))
    UNION ALL
    SELECT CASE WHEN setting.text LIKE 'session_replication_role=%' AND setting.text NOT LIKE '%=origin'
            THEN 'setting that disables triggers' ELSE 'setting of a role or of the database' END,
        NULL, coalesce(r.rolname::text || ': ', '') || setting.text
    FROM pg_catalog.pg_db_role_setting s
    JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database() AND (s.setdatabase = d.oid
        OR (s.setdatabase = 0 AND s.setconfig::text LIKE '%session_replication_role=%'))
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
    CROSS JOIN LATERAL unnest(s.setconfig) AS setting (text)
    UNION ALL
    SELECT 'setting that disables triggers', NULL, 'session_replication_role=' || setting.value
    FROM pg_catalog.current_setting('session_replication_role') AS setting (value) WHERE setting.value <> 'origin'
    UNION ALL
    SELECT 'extension whose version is not the server default', NULL, e.extname || ' ' || e.extversion
    FROM pg_catalog.pg_extension e
    JOIN pg_catalog.pg_available_extensions a ON a.name = e.extname
    WHERE e.extname <> 'plpgsql' AND e.extversion <> a.default_version
    UNION ALL
    SELECT 'object of another owner', NULL, 'schema public of ' || r.rolname
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_roles r ON r.oid = n.nspowner
    JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
    WHERE n.nspname = 'public' AND NOT r.rolsuper AND r.rolname <> 'pg_database_owner' AND r.oid <> d.datdba
    UNION ALL
    SELECT 'right of another kind', NULL, 'schema public for public'
    FROM pg_catalog.pg_namespace n CROSS JOIN LATERAL pg_catalog.aclexplode(n.nspacl) a
    WHERE n.nspname = 'public' AND a.grantee = 0 AND a.privilege_type = 'CREATE'
        AND pg_catalog.current_setting('server_version_num')::integer >= 150000"
    };
}
pub(super) use of_the_database;
