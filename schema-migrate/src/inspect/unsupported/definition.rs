//! The definitions of what a schema cannot describe. Two databases are compared by them.

use std::collections::HashMap;

use super::options::settable;
use super::{Unsupported, UnsupportedKind};
use crate::inspect::InspectError;
use crate::inspect::names::{qualified, written};
use crate::inspect::session::{CatalogReader, row};

/// Each definition with the catalog that has it. If only the options of a modelled object are not modelled, the
/// definition is the options.
const SQL: &str = concat!(
    "
    WITH settable (of, name) AS ",
    settable!(),
    ", relation AS (
        SELECT c.oid, c.relname::text AS name, n.nspname::text AS namespace
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND NOT c.relname LIKE ANY ($2)
    )
    SELECT 'constraint' AS catalog, r.namespace, r.name || '.' || c.conname AS name,
        pg_catalog.pg_get_constraintdef(c.oid) AS definition
    FROM relation r JOIN pg_catalog.pg_constraint c ON c.conrelid = r.oid
    UNION ALL
    SELECT 'index', r.namespace, r.name || '.' || c.relname,
        pg_catalog.pg_get_indexdef(i.indexrelid)
    FROM relation r
    JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    UNION ALL
    SELECT 'trigger', r.namespace, r.name || '.' || t.tgname,
        pg_catalog.pg_get_triggerdef(t.oid)
    FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT 'rule', r.namespace, r.name || '.' || w.rulename, pg_catalog.pg_get_ruledef(w.oid)
    FROM relation r JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid
    UNION ALL
    SELECT 'column', r.namespace, r.name || '.' || a.attname,
        concat_ws(' ', (SELECT collname FROM pg_catalog.pg_collation WHERE oid = a.attcollation), a.attstorage,
            (SELECT string_agg(o.option_name || '=' || o.option_value, ' ') FROM pg_catalog.pg_options_to_table(a.attoptions) o
                JOIN settable ON settable.name = o.option_name AND settable.of = 'column'),
            to_jsonb(a) ->> 'attcompression')
    FROM relation r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT 'computed column', r.namespace, r.name || '.' || a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid)
    FROM relation r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT 'options of a constraint', r.namespace, r.name || '.' || c.conname,
        concat_ws(' ', c.convalidated, c.connoinherit, c.confmatchtype, c.condeferrable, c.condeferred, to_jsonb(c) ->> 'conenforced')
    FROM relation r JOIN pg_catalog.pg_constraint c ON c.conrelid = r.oid
    UNION ALL
    SELECT 'options of an index', r.namespace, r.name || '.' || c.relname,
        concat_ws(' ', c.reltablespace, i.indisvalid,
            (SELECT string_agg(o.option_name || '=' || o.option_value, ' ') FROM pg_catalog.pg_options_to_table(c.reloptions) o
                JOIN settable ON settable.name = o.option_name AND settable.of = 'index'))
    FROM relation r
    JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    UNION ALL
    SELECT 'state of a trigger', r.namespace, r.name || '.' || t.tgname, t.tgenabled::text
    FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT 'options of a routine', n.nspname, p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
        concat_ws(' ', p.procost, p.prorows, p.prosupport::regproc, p.proparallel, p.proleakproof, p.proconfig)
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = ANY ($1)
    UNION ALL
    SELECT 'composite type', r.namespace, r.name, concat_ws(' ',
        string_agg(concat_ws(' ', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
            pg_catalog.col_description(a.attrelid, a.attnum)), ', ' ORDER BY a.attnum),
        coalesce(t.typacl, pg_catalog.acldefault('T', t.typowner)), pg_catalog.obj_description(t.oid, 'pg_type'))
    FROM relation r
    JOIN pg_catalog.pg_class c ON c.oid = r.oid AND c.relkind = 'c'
    JOIN pg_catalog.pg_type t ON t.oid = c.reltype
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY r.namespace, r.name, t.typacl, t.typowner, t.oid
    UNION ALL
    SELECT 'sequence', r.namespace, r.name,
        concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
            (SELECT string_agg(format('%s.%I', d.refobjid::regclass, a.attname), ' ')
                FROM pg_catalog.pg_depend d
                JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')))
    FROM relation r JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
    UNION ALL
    SELECT 'replica identity', r.namespace, r.name, concat_ws(' ', c.relreplident, (
        SELECT i.indexrelid::regclass FROM pg_catalog.pg_index i WHERE i.indrelid = r.oid AND i.indisreplident))
    FROM relation r JOIN pg_catalog.pg_class c ON c.oid = r.oid
    UNION ALL
    SELECT 'policy', r.namespace, r.name || '.' || p.polname,
        concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::regrole[], pg_catalog.pg_get_expr(p.polqual, p.polrelid),
            pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
    FROM relation r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'column of a partition', r.namespace, r.name || '.' || a.attname,
        concat_ws(' ', a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
    FROM relation r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT 'comment', r.namespace, r.name, pg_catalog.obj_description(r.oid, 'pg_class') FROM relation r
    UNION ALL
    SELECT 'comment', n.nspname, c.conname, string_agg(pg_catalog.obj_description(c.oid, 'pg_constraint'), ' ' ORDER BY c.oid)
    FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
    WHERE n.nspname = ANY ($1) GROUP BY n.nspname, c.conname
    UNION ALL
    SELECT 'comment', r.namespace, r.name || '.' || t.tgname, pg_catalog.obj_description(t.oid, 'pg_trigger')
    FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid
    UNION ALL
    SELECT 'comment', r.namespace, r.name || '.' || p.polname, pg_catalog.obj_description(p.oid, 'pg_policy')
    FROM relation r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'statistics', n.nspname, s.stxname, pg_catalog.pg_get_statisticsobjdef(s.oid)
    FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
    WHERE n.nspname = ANY ($1)
    UNION ALL
    SELECT 'routine', n.nspname, p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
        concat_ws(' ', pg_catalog.pg_get_functiondef(p.oid), coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)),
            pg_catalog.obj_description(p.oid, 'pg_proc'))
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = ANY ($1) AND p.prokind <> 'a'
    UNION ALL
    SELECT 'routine', n.nspname, p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
        concat_ws(' ', a.aggkind, a.aggtransfn, a.aggfinalfn, a.aggtranstype::regtype, a.agginitval, a.aggsortop::regoperator,
            coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)), pg_catalog.obj_description(p.oid, 'pg_proc'))
    FROM pg_catalog.pg_aggregate a
    JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = ANY ($1)
    UNION ALL
    SELECT 'domain', n.nspname, t.typname,
        concat_ws(' ', t.typnotnull, t.typdefault, (SELECT collname FROM pg_catalog.pg_collation WHERE oid = t.typcollation))
    FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = ANY ($1) AND t.typtype = 'd'"
);

row! {
    struct DefinitionRow {
        catalog: String,
        namespace: String,
        name: String,
        definition: Option<String>,
    }
}

/// Reads the definitions of `of`, for those that a catalog defines.
pub(in crate::inspect) async fn definitions(
    session: &mut CatalogReader<'_>,
    of: &[Unsupported],
) -> Result<HashMap<Unsupported, String>, InspectError> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = session.in_namespaces::<DefinitionRow>("definitions", SQL);
    let mut all: HashMap<(String, String), String> = HashMap::new();
    for row in rows.await? {
        let name = written(&qualified(&row.namespace, &row.name));
        all.insert((row.catalog, name), row.definition.unwrap_or_default());
    }
    let found = of.iter().filter_map(|what| {
        let parts = catalogs(what.kind).iter();
        let parts =
            parts.filter_map(|catalog| all.get(&((*catalog).to_owned(), what.name.clone())));
        let parts: Vec<_> = parts.map(String::as_str).collect();
        (!parts.is_empty()).then(|| (what.clone(), parts.join("\n")))
    });
    Ok(found.collect())
}

/// The catalogs that define a kind. For other kinds, the name says everything: `v security_barrier=true`.
fn catalogs(kind: UnsupportedKind) -> &'static [&'static str] {
    match kind {
        UnsupportedKind::Exclusion | UnsupportedKind::Period => &["constraint"],
        UnsupportedKind::ConstraintOption
        | UnsupportedKind::NotEnforced
        | UnsupportedKind::NotValidated => &["options of a constraint"],
        UnsupportedKind::IndexMethod => &["index"],
        UnsupportedKind::IndexOption | UnsupportedKind::InvalidIndex => &["options of an index"],
        UnsupportedKind::ConstraintTrigger
        | UnsupportedKind::TransitionTable
        | UnsupportedKind::TriggerOnView => &["trigger", "state of a trigger"],
        UnsupportedKind::AlwaysTrigger | UnsupportedKind::DisabledTrigger => {
            &["state of a trigger"]
        }
        UnsupportedKind::Rule => &["rule"],
        UnsupportedKind::StorageOfColumn => &["column"],
        UnsupportedKind::VirtualColumn => &["computed column"],
        UnsupportedKind::CompositeType => &["composite type"],
        UnsupportedKind::OwnedSequence | UnsupportedKind::SequenceOption => &["sequence"],
        UnsupportedKind::Statistics => &["statistics"],
        UnsupportedKind::Aggregate
        | UnsupportedKind::ArgumentMode
        | UnsupportedKind::DefinerRoutine
        | UnsupportedKind::NamelessArgument
        | UnsupportedKind::ParsedBody
        | UnsupportedKind::RoutineLanguage
        | UnsupportedKind::WindowFunction => &["routine"],
        UnsupportedKind::Leakproof
        | UnsupportedKind::RoutineProperty
        | UnsupportedKind::RoutineSetting => &["options of a routine"],
        UnsupportedKind::DomainOption => &["domain"],
        UnsupportedKind::PartOfPartition => &[
            "constraint",
            "index",
            "trigger",
            "state of a trigger",
            "policy",
            "column of a partition",
        ],
        UnsupportedKind::ReplicaIdentity => &["replica identity"],
        UnsupportedKind::Comment => &["comment"],
        _ => &[],
    }
}
