//! Functions and procedures.

use sqlx::postgres::types::Oid;

use super::InspectError;
use super::names::qualified;
use super::owner::Owners;
use super::session::{CatalogReader, row};
use super::types::Types;
use super::unsupported::{Unsupported, UnsupportedKind};
use freehold_schema_core::ir::{Argument, Body, Expr, Returns, Routine, SqlType};
use freehold_schema_core::model::{Language, RoutineKind, Volatility};

/// Arguments have no type modifier: PostgreSQL drops a length or precision.
const ROUTINES: &str = "
    SELECT n.nspname::text AS namespace, p.proname::text AS name,
        pg_catalog.pg_get_userbyid(p.proowner)::text AS owner,
        pg_catalog.pg_get_function_identity_arguments(p.oid) AS written,
        p.prokind::text AS kind, l.lanname::text AS language, p.provolatile::text AS volatility,
        p.proparallel::text AS parallel, p.proisstrict AS strict, p.prosecdef AS security_definer,
        p.proretset AS returns_set, p.prorettype AS return_oid, pg_catalog.format_type(p.prorettype, -1) AS return_written,
        ARRAY(
            SELECT argument.oid
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS argument (oid, position)
            ORDER BY argument.position
        ) AS argument_oids,
        ARRAY(
            SELECT pg_catalog.format_type(argument.oid, -1)
            FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS argument (oid, position)
            ORDER BY argument.position
        ) AS argument_types,
        coalesce(p.proargnames, '{}') AS argument_names,
        coalesce(p.proargmodes::text[], '{}') AS argument_modes,
        ARRAY(
            SELECT pg_catalog.pg_get_function_arg_default(p.oid, position)
            FROM generate_series(1, coalesce(array_length(p.proallargtypes, 1), p.pronargs)) AS position
            ORDER BY position
        ) AS argument_defaults,
        coalesce(p.proconfig, '{}') AS settings, p.prosrc AS source,
        to_jsonb(p) ->> 'prosqlbody' IS NOT NULL AS has_parsed_body,
        p.prosupport <> 0 OR p.proparallel = 'r' OR p.procost <> 100
            OR p.prorows <> CASE WHEN p.proretset THEN 1000 ELSE 0 END AS has_other_properties,
        p.proleakproof AS leakproof,
        pg_catalog.obj_description(p.oid, 'pg_proc') AS comment,
        p.proacl IS NULL OR EXISTS (
            SELECT FROM pg_catalog.aclexplode(p.proacl) a WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE'
        ) AS is_for_everybody,
        ARRAY(
            SELECT pg_catalog.pg_get_userbyid(a.grantee)::text FROM pg_catalog.aclexplode(p.proacl) a
            WHERE a.grantee NOT IN (0, p.proowner) AND a.privilege_type = 'EXECUTE'
            ORDER BY pg_catalog.pg_get_userbyid(a.grantee)
        ) AS executed_by
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_catalog.pg_language l ON l.oid = p.prolang
    WHERE n.nspname = ANY ($1) AND $2::text[] IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
    ORDER BY n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid) COLLATE \"C\"";

row! {
    struct RoutineRow {
        namespace: String,
        name: String,
        owner: String,
        written: String,
        kind: String,
        language: String,
        volatility: String,
        parallel: String,
        strict: bool,
        security_definer: bool,
        returns_set: bool,
        return_oid: Oid,
        return_written: String,
        argument_oids: Vec<Oid>,
        argument_types: Vec<String>,
        argument_names: Vec<String>,
        argument_modes: Vec<String>,
        argument_defaults: Vec<Option<String>>,
        settings: Vec<String>,
        source: String,
        has_parsed_body: bool,
        has_other_properties: bool,
        leakproof: bool,
        comment: Option<String>,
        is_for_everybody: bool,
        executed_by: Vec<String>,
    }
}

/// A routine, and who may execute it.
pub(super) struct Found {
    pub(super) routine: Routine,
    /// The roles with their own right to execute it, without `PUBLIC` and the owner.
    pub(super) executed_by: Vec<String>,
}

pub(super) async fn routines(
    session: &mut CatalogReader<'_>,
    types: &Types,
    owners: &mut Owners,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<Found>, InspectError> {
    let rows = session.in_namespaces::<RoutineRow>("functions", ROUTINES);
    let mut found = Vec::new();
    for row in rows.await? {
        let name = format!("{}({})", row.name, row.written);
        let report = |kind| Unsupported::new(kind, &row.namespace, &name);
        match routine(&row, types) {
            Ok(routine) => {
                unsupported.extend(row.unmodelled().map(report));
                owners.add(&routine.name, row.owner);
                found.push(Found {
                    routine,
                    executed_by: row.executed_by,
                });
            }
            Err(kind) => {
                unsupported.push(report(kind));
                unsupported.extend(row.weakens().map(report));
            }
        }
    }
    Ok(found)
}

/// The routine, or the kind of thing that cannot be modelled.
fn routine(row: &RoutineRow, types: &Types) -> Result<Routine, UnsupportedKind> {
    let kind = kind(&row.kind)?;
    let language = language(&row.language)?;
    if row.has_parsed_body {
        return Err(UnsupportedKind::ParsedBody);
    }
    let arguments = all_arguments(row, types);
    Ok(Routine {
        name: qualified(&row.namespace, &row.name),
        kind,
        comment: row.comment.clone(),
        returns: returns(row, kind, types, &arguments)?,
        arguments: inputs_and_outputs(kind, arguments)?,
        language,
        volatility: volatility(&row.volatility),
        strict: row.strict,
        parallel_safe: row.parallel == "s",
        search_path: row.setting("search_path").map(search_path),
        run_as: row.setting("role").map(unquoted),
        security_definer: row.security_definer,
        execute: (!row.is_for_everybody).then(|| row.executed_by.clone()),
        body: Body::Source(row.source.clone()),
        left_out: Vec::new(),
    })
}

fn kind(letter: &str) -> Result<RoutineKind, UnsupportedKind> {
    match letter {
        "f" => Ok(RoutineKind::Function),
        "p" => Ok(RoutineKind::Procedure),
        "a" => Err(UnsupportedKind::Aggregate),
        _ => Err(UnsupportedKind::WindowFunction),
    }
}

fn language(name: &str) -> Result<Language, UnsupportedKind> {
    match name {
        "sql" => Ok(Language::Sql),
        "plpgsql" => Ok(Language::PlPgSql),
        _ => Err(UnsupportedKind::RoutineLanguage),
    }
}

fn volatility(letter: &str) -> Volatility {
    match letter {
        "i" => Volatility::Immutable,
        "s" => Volatility::Stable,
        _ => Volatility::Volatile,
    }
}

/// How an argument is passed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    In,
    Out,
    /// A column of `RETURNS TABLE`.
    Column,
    /// `INOUT` and `VARIADIC`.
    Other,
}

/// All arguments with their modes; an argument without a mode is an input.
fn all_arguments(row: &RoutineRow, types: &Types) -> Vec<(Mode, Argument)> {
    let written = row.argument_oids.iter().zip(&row.argument_types);
    let argument = |(at, (oid, written)): (usize, (&Oid, &String))| {
        let default = row.argument_defaults.get(at).cloned().flatten();
        let mode = mode(row.argument_modes.get(at).map(String::as_str));
        let argument = Argument {
            name: row.argument_names.get(at).cloned().unwrap_or_default(),
            sql_type: types.sql_type(*oid, -1, written),
            out: mode == Mode::Out,
            default: default.map(Expr::Sql),
        };
        (mode, argument)
    };
    written.enumerate().map(argument).collect()
}

fn mode(letter: Option<&str>) -> Mode {
    match letter {
        None | Some("i") => Mode::In,
        Some("o") => Mode::Out,
        Some("t") => Mode::Column,
        Some(_) => Mode::Other,
    }
}

/// The arguments without the columns of `RETURNS TABLE`. Those of a function must be inputs, and each must have a name.
fn inputs_and_outputs(
    kind: RoutineKind,
    arguments: Vec<(Mode, Argument)>,
) -> Result<Vec<Argument>, UnsupportedKind> {
    let proper = arguments
        .into_iter()
        .filter(|(mode, _)| *mode != Mode::Column);
    proper
        .map(|(mode, argument)| match mode {
            Mode::Out if kind == RoutineKind::Function => Err(UnsupportedKind::ArgumentMode),
            Mode::Other => Err(UnsupportedKind::ArgumentMode),
            _ if argument.name.is_empty() => Err(UnsupportedKind::NamelessArgument),
            _ => Ok(argument),
        })
        .collect()
}

fn returns(
    row: &RoutineRow,
    kind: RoutineKind,
    types: &Types,
    arguments: &[(Mode, Argument)],
) -> Result<Returns, UnsupportedKind> {
    let columns = arguments.iter().filter(|(mode, _)| *mode == Mode::Column);
    let columns: Vec<_> = columns.map(|(_, column)| column.clone()).collect();
    if kind == RoutineKind::Procedure {
        return Ok(Returns::Void);
    }
    if !columns.is_empty() {
        return Ok(Returns::Table(columns));
    }
    let sql_type = types.sql_type(row.return_oid, -1, &row.return_written);
    Ok(match (&sql_type, row.returns_set) {
        (_, true) => Returns::SetOf(sql_type),
        (SqlType::Sql(word), _) if word == "void" => Returns::Void,
        (SqlType::Sql(word), _) if word == "trigger" => Returns::Trigger,
        (SqlType::Sql(word), _) if word == "event_trigger" => {
            return Err(UnsupportedKind::EventTrigger);
        }
        _ => Returns::Value(sql_type),
    })
}

impl RoutineRow {
    /// The value of a setting as PostgreSQL stores it: `search_path=public, pg_temp`.
    fn setting(&self, name: &str) -> Option<&str> {
        let mut pairs = self.settings.iter().filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// What the routine weakens if it is left out of the schema.
    fn weakens(&self) -> impl Iterator<Item = UnsupportedKind> {
        let kinds = [
            (self.security_definer, UnsupportedKind::DefinerRoutine),
            (self.leakproof, UnsupportedKind::Leakproof),
        ];
        let kinds = kinds.into_iter().filter(|(is_there, _)| *is_there);
        kinds.map(|(_, kind)| kind)
    }

    /// The properties of the routine that cannot be modelled.
    fn unmodelled(&self) -> impl Iterator<Item = UnsupportedKind> {
        let mut settings = self.settings.iter().filter_map(|pair| pair.split_once('='));
        let has_others = settings.any(|(key, _)| !matches!(key, "search_path" | "role"));
        let kinds = [
            (has_others, UnsupportedKind::RoutineSetting),
            (self.has_other_properties, UnsupportedKind::RoutineProperty),
            (self.leakproof, UnsupportedKind::Leakproof),
        ];
        let kinds = kinds.into_iter().filter(|(is_there, _)| *is_there);
        kinds.map(|(_, kind)| kind)
    }
}

/// The names of a search path without their quotes; `""` is the empty path.
fn search_path(value: &str) -> String {
    let names = value.split(',').map(|name| unquoted(name.trim()));
    let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
    names.join(", ")
}

fn unquoted(name: &str) -> String {
    let inside = name
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside.map_or_else(|| name.to_owned(), |inside| inside.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::search_path;

    #[test]
    fn a_search_path_has_no_quotes() {
        assert_eq!(search_path(r#""""#), "");
        assert_eq!(search_path(r#""$user", public"#), "$user, public");
    }
}
