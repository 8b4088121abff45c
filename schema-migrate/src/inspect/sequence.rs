use super::InspectError;
use super::names::{qualified, written};
use super::owner::Owners;
use super::session::{CatalogReader, row};
use super::unsupported::{Unsupported, UnsupportedKind};
use freehold_schema_core::ir::{Sequence, SequenceType};

/// Sequences, without those of identity and `serial` columns. An option with the default value of its type is null.
const SEQUENCES: &str = "
    WITH found AS (
        SELECT c.oid, n.nspname::text AS namespace, c.relname::text AS name,
            pg_catalog.pg_get_userbyid(c.relowner)::text AS owner, s.*,
            CASE WHEN s.seqincrement > 0 THEN 1 ELSE CASE s.seqtypid
                WHEN 'int2'::regtype THEN -32768 WHEN 'int4'::regtype THEN -2147483648 ELSE -9223372036854775808 END
            END AS default_min,
            CASE WHEN s.seqincrement < 0 THEN -1 ELSE CASE s.seqtypid
                WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 ELSE 9223372036854775807 END
            END AS default_max
        FROM pg_catalog.pg_sequence s
        JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND NOT c.relname LIKE ANY ($2)
    )
    SELECT namespace, name, owner, seqtypid::regtype::text AS value_type,
        nullif(seqstart, CASE WHEN seqincrement > 0 THEN seqmin ELSE seqmax END) AS start,
        nullif(seqincrement, 1) AS increment, nullif(seqmin, default_min::bigint) AS min,
        nullif(seqmax, default_max::bigint) AS max, nullif(seqcache, 1) AS cache, seqcycle AS cycle,
        EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = found.oid
                AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'a'
        ) AS is_of_column
    FROM found
    WHERE NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = found.oid AND d.deptype IN ('e', 'i'))
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend owned
            JOIN pg_catalog.pg_attribute a
                ON a.attrelid = owned.refobjid AND a.attnum = owned.refobjsubid AND a.attnotnull
                AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
            JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE owned.classid = 'pg_catalog.pg_class'::regclass AND owned.objid = found.oid
                AND owned.refclassid = 'pg_catalog.pg_class'::regclass AND owned.deptype = 'a'
                AND pg_catalog.pg_get_expr(d.adbin, d.adrelid)
                    = 'nextval(''' || replace(found.oid::regclass::text, '''', '''''') || '''::regclass)')
    ORDER BY namespace COLLATE \"C\", name COLLATE \"C\"";

row! {
    struct SequenceRow {
        namespace: String,
        name: String,
        owner: String,
        value_type: String,
        start: Option<i64>,
        increment: Option<i64>,
        min: Option<i64>,
        max: Option<i64>,
        cache: Option<i64>,
        cycle: bool,
        is_of_column: bool,
    }
}

pub(super) async fn sequences(
    session: &mut CatalogReader<'_>,
    owners: &mut Owners,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<Sequence>, InspectError> {
    let rows = session.in_namespaces::<SequenceRow>("sequences", SEQUENCES);
    let sequence = |row: SequenceRow| {
        let name = qualified(&row.namespace, &row.name);
        owners.add(&name, row.owner);
        if row.is_of_column {
            unsupported.push(Unsupported {
                kind: UnsupportedKind::OwnedSequence,
                name: written(&name),
            });
        }
        Sequence {
            name,
            value_type: SequenceType::of(&row.value_type),
            start: row.start,
            increment: row.increment,
            min: row.min,
            max: row.max,
            cache: row.cache,
            cycle: row.cycle,
        }
    };
    Ok(rows.await?.into_iter().map(sequence).collect())
}
