//! The objects of a database, as facts.

use std::collections::BTreeSet;

use freehold_test_support::{Database, Error};

/// Tables that are no partitions, with the objects on them; then the objects of the PostgreSQL schemas.
const FACTS: &str = "
WITH spaces AS (
    SELECT oid FROM pg_namespace
    WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
), tables AS (
    SELECT c.oid, CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.oid IN (SELECT oid FROM spaces)
), named AS (
    SELECT n.oid, CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END AS prefix
    FROM pg_namespace n WHERE n.oid IN (SELECT oid FROM spaces)
)
SELECT 'table ' || name FROM tables
UNION ALL SELECT 'column ' || t.name || '.' || a.attname || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid WHERE a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'constraint ' || t.name || '.' || k.conname
    FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
UNION ALL SELECT 'reference ' || t.name || ' to ' || r.name || ' by ' || k.conname
    FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid JOIN tables r ON r.oid = k.confrelid
    WHERE k.contype = 'f'
UNION ALL SELECT 'index ' || t.name || '.' || i.relname
    FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
UNION ALL SELECT 'trigger ' || t.name || '.' || g.tgname
    FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
UNION ALL SELECT 'policy ' || t.name || '.' || p.polname FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
UNION ALL SELECT 'partition ' || t.name || '.' || c.relname
    FROM tables t JOIN pg_inherits h ON h.inhparent = t.oid JOIN pg_class c ON c.oid = h.inhrelid
UNION ALL SELECT 'view ' || n.prefix || c.relname
    FROM pg_class c JOIN named n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm')
UNION ALL SELECT 'view column ' || n.prefix || c.relname || '.' || a.attname
    FROM pg_class c JOIN named n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL SELECT 'routine ' || n.prefix || p.proname
    FROM pg_proc p JOIN named n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL SELECT 'enum ' || n.prefix || y.typname
    FROM pg_type y JOIN named n ON n.oid = y.typnamespace WHERE y.typtype = 'e'
UNION ALL SELECT 'domain ' || n.prefix || y.typname
    FROM pg_type y JOIN named n ON n.oid = y.typnamespace WHERE y.typtype = 'd'
UNION ALL SELECT 'sequence ' || n.prefix || c.relname
    FROM pg_class c JOIN named n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND NOT EXISTS (
        SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)";

pub(super) fn facts(database: &Database) -> Result<BTreeSet<String>, Error> {
    let facts = database.psql(FACTS)?;
    Ok(facts.lines().map(str::to_owned).collect())
}
