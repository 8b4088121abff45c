//! What keeps owners apart, and other differences from the schema.

use crate::check::{Check, Probe};
use crate::severity::Severity;

/// The default ACL of a schema is that of its owner alone, except for `public` until PostgreSQL 14.
const CREATE_PUBLIC: &str = "
SELECT 'error', n.oid::regnamespace::text,
    format('everyone may create objects in the schema `%s`: a function there can take the place of another', n.oid::regnamespace),
    format('`REVOKE CREATE ON SCHEMA %s FROM PUBLIC`', n.oid::regnamespace)
FROM pg_namespace n CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) g
WHERE g.privilege_type = 'CREATE' AND g.grantee = 0 AND n.nspname NOT LIKE 'pg\\_temp%' ORDER BY 2";

/// Freehold writes `search_path = ''` or ends the path with `pg_temp`.
const DEFINER: &str = "
SELECT 'error', p.oid::regprocedure::text,
    format('`%s` runs with the rights of `%s` and has no fixed `search_path`: its caller chooses which objects it uses',
        p.oid::regprocedure, p.proowner::regrole),
    format('`ALTER ROUTINE %s SET search_path = %L`', p.oid::regprocedure, '')
FROM pg_proc p
WHERE p.prosecdef AND p.oid >= 16384
    AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s ~ '^search_path=(\"\")?$|pg_temp\"?$')
    AND p.oid NOT IN (SELECT objid FROM pg_depend WHERE classid = 'pg_proc'::regclass AND deptype = 'e')
ORDER BY 2";

/// A view with the rights of an owner to which row-level security does not apply.
const VIEW: &str = "
SELECT DISTINCT 'error', c.oid::regclass::text,
    format('the view `%s` reads `%s`, which has row-level security, with the rights of `%s`, who bypasses it',
        c.oid::regclass, min(t.oid::regclass::text), c.relowner::regrole),
    format('`ALTER VIEW %s SET (security_invoker = true)`', c.oid::regclass)
FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid
JOIN pg_depend d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
JOIN pg_class t ON t.oid = d.refobjid
JOIN pg_roles o ON o.oid = c.relowner
WHERE c.relkind = 'v' AND t.relrowsecurity
    AND (o.rolsuper OR o.rolbypassrls OR NOT t.relforcerowsecurity AND t.relowner = c.relowner)
    AND NOT coalesce((SELECT option_value::boolean FROM pg_options_to_table(c.reloptions) WHERE option_name = 'security_invoker'), false)
GROUP BY c.oid, c.relowner ORDER BY 2";

pub(super) const ISOLATION_DIFFERS: Check = Check::new("isolation_differs", Severity::Error, Probe::Drift)
    .finds("row-level security, a policy, a right, a role or a membership that is not as the schema declares")
    .why(
        "Owners are kept apart by what the schema declares. The comparison is that of `schema check`: it compares \
         expressions by their meaning, and lists what a schema cannot declare and what widens access",
    )
    .fix("run `schema diff --from URL --to structs --sql`, read it, and apply it");

pub(super) const SCHEMA_DIFFERS: Check = Check::new("schema_differs", Severity::Warning, Probe::Drift)
    .finds("an object that is not as the schema declares")
    .why("Queries, checks and migrations are made for the declared schema. The comparison is that of `schema check`, without undeclared extensions")
    .fix("apply the pending migrations, or run `schema diff --from URL --to structs --sql`");

pub(super) const SCHEMA_CREATE_PUBLIC: Check =
    Check::new("schema_create_public", Severity::Error, Probe::Sql(CREATE_PUBLIC))
        .finds("a PostgreSQL schema in which everyone may create objects")
        .why("It was the default of `public` until PostgreSQL 14, and an upgrade keeps it. Anyone can put a function before another of the same name")
        .fix("revoke the right from `PUBLIC`");

pub(super) const DEFINER_SEARCH_PATH: Check =
    Check::new("definer_search_path", Severity::Error, Probe::Sql(DEFINER))
        .finds("a `SECURITY DEFINER` routine without a fixed `search_path`")
        .why("Its caller chooses which tables and functions its names mean. A path that does not end with `pg_temp` searches the temporary tables first")
        .fix("set `search_path` to the empty text, and qualify names in the routine");

pub(super) const VIEW_WITHOUT_INVOKER: Check =
    Check::new("view_without_invoker", Severity::Error, Probe::Sql(VIEW))
        .finds("a view over a table with row-level security whose owner bypasses it")
        .why("A role that may read the view sees the rows of all owners")
        .fix("set `security_invoker`, or give the view another owner");
