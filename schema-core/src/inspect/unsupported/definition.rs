//! What defines the things that a schema cannot say: of two databases they are compared by it.

use std::collections::HashMap;

use super::options::settable;
use super::{Unsupported, UnsupportedKind};
use crate::inspect::InspectError;
use crate::inspect::names::{qualified, written};
use crate::inspect::session::{Session, row};

/// The catalog that holds a definition; of what is modelled but for its options it is the options alone.
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
        pg_catalog.pg_get_triggerdef(t.oid) || ' ENABLED ' || t.tgenabled::text
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
    SELECT 'composite type', r.namespace, r.name,
        string_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
    FROM relation r
    JOIN pg_catalog.pg_class c ON c.oid = r.oid AND c.relkind = 'c'
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY r.namespace, r.name
    UNION ALL
    SELECT 'sequence', r.namespace, r.name,
        concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
    FROM relation r JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
    UNION ALL
    SELECT 'statistics', n.nspname, s.stxname, pg_catalog.pg_get_statisticsobjdef(s.oid)
    FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
    WHERE n.nspname = ANY ($1)
    UNION ALL
    SELECT 'routine', n.nspname, p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
        pg_catalog.pg_get_functiondef(p.oid)
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = ANY ($1) AND p.prokind <> 'a'
    UNION ALL
    SELECT 'routine', n.nspname, p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')',
        concat_ws(' ', a.aggkind, a.aggtransfn, a.aggfinalfn, a.aggtranstype::regtype, a.agginitval, a.aggsortop::regoperator)
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

/// The definition of each of these that a catalog defines.
pub(in crate::inspect) async fn definitions(
    session: &mut Session<'_>,
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
        let key = (catalog(what.kind)?.to_owned(), what.name.clone());
        Some((what.clone(), all.get(&key)?.clone()))
    });
    Ok(found.collect())
}

/// Where it is defined. Of the rest the name holds all that is known: `v security_barrier=true`.
fn catalog(kind: UnsupportedKind) -> Option<&'static str> {
    match kind {
        UnsupportedKind::Exclusion | UnsupportedKind::Period => Some("constraint"),
        UnsupportedKind::ConstraintOption
        | UnsupportedKind::NotEnforced
        | UnsupportedKind::NotValidated => Some("options of a constraint"),
        UnsupportedKind::IndexMethod => Some("index"),
        UnsupportedKind::IndexOption | UnsupportedKind::InvalidIndex => Some("options of an index"),
        UnsupportedKind::ConstraintTrigger
        | UnsupportedKind::TransitionTable
        | UnsupportedKind::TriggerOnView => Some("trigger"),
        UnsupportedKind::AlwaysTrigger | UnsupportedKind::DisabledTrigger => {
            Some("state of a trigger")
        }
        UnsupportedKind::Rule => Some("rule"),
        UnsupportedKind::StorageOfColumn => Some("column"),
        UnsupportedKind::VirtualColumn => Some("computed column"),
        UnsupportedKind::CompositeType => Some("composite type"),
        UnsupportedKind::OwnedSequence | UnsupportedKind::SequenceOption => Some("sequence"),
        UnsupportedKind::Statistics => Some("statistics"),
        UnsupportedKind::Aggregate
        | UnsupportedKind::ArgumentMode
        | UnsupportedKind::DefinerRoutine
        | UnsupportedKind::NamelessArgument
        | UnsupportedKind::ParsedBody
        | UnsupportedKind::RoutineLanguage
        | UnsupportedKind::WindowFunction => Some("routine"),
        UnsupportedKind::Leakproof
        | UnsupportedKind::RoutineProperty
        | UnsupportedKind::RoutineSetting => Some("options of a routine"),
        UnsupportedKind::DomainOption => Some("domain"),
        _ => None,
    }
}
