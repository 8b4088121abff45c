//! Which index serves each finder, by the plan that PostgreSQL makes for any value.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sqlx::Row as _;

use super::plan::PlanFacts;
use super::statement::FinderStatement;
use crate::session::Session;
use freehold_schema_core::catalog::row;
use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_migrate::migrate::DIALECT;

/// How many statements one transaction plans: each holds the locks of its tables and indexes until the end.
const AT_ONCE: usize = 40;

/// The indexes that can look up equal values, with the rows of their tables.
const KNOWN: &str = "
SELECT n.nspname::text AS namespace, c.relname::text AS name, c.reltuples::float8 AS rows,
    coalesce(i.columns, '{}') AS columns, coalesce(i.condition, '') AS condition
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN (
    SELECT x.indrelid, pg_get_expr(x.indpred, x.indrelid) AS condition, ARRAY(
        SELECT coalesce(a.attname::text, '') FROM unnest((x.indkey::int2[])[0:x.indnkeyatts - 1]) WITH ORDINALITY AS k (number, n)
        LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number ORDER BY k.n
    ) AS columns
    FROM pg_index x JOIN pg_class r ON r.oid = x.indexrelid JOIN pg_am m ON m.oid = r.relam
    WHERE x.indisvalid AND m.amname IN ('btree', 'hash')
) i ON i.indrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";

row! {
    struct KnownRow {
        namespace: String,
        name: String,
        rows: f64,
        columns: Vec<String>,
        condition: String,
    }
}

/// What the catalog says of a table.
#[derive(Default)]
struct Known {
    rows: f64,
    /// The columns and the condition of each index.
    indexes: Vec<(Vec<String>, String)>,
}

type Tables = BTreeMap<(String, String), Known>;

/// How an index serves a statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// It looks up all columns.
    Served,
    /// No index can serve it in these tables.
    Cannot(Vec<String>),
    /// An index looks up some columns, and the others are compared row by row.
    Partly,
    /// An index can serve it, and the planner reads the whole table, which has this number of rows.
    ReadsWhole(String, f64),
    /// PostgreSQL refused to plan it.
    Refused(String),
}

/// A statement with its verdict, and its identifier in `pg_stat_statements`.
pub(crate) struct Audited<'a> {
    pub(crate) statement: &'a FinderStatement,
    pub(crate) verdict: Verdict,
    pub(crate) query_id: Option<i64>,
}

/// Plans each statement twice: as the planner wants, and without reading whole tables.
pub(crate) async fn audit<'a>(
    session: &mut Session<'_>,
    statements: &'a [FinderStatement],
) -> Result<Vec<Audited<'a>>, sqlx::Error> {
    let tables = tables(session).await?;
    let mut audited = Vec::new();
    for of_role in statements.chunk_by(|one, other| one.role == other.role) {
        for some in of_role.chunks(AT_ONCE) {
            for (statement, plans) in some.iter().zip(plans(session, some).await) {
                audited.push(judged(statement, plans, &tables));
            }
        }
    }
    Ok(audited)
}

async fn tables(session: &mut Session<'_>) -> Result<Tables, sqlx::Error> {
    let mut tables = Tables::new();
    for row in session.read::<KnownRow>(KNOWN, &[]).await? {
        let known = tables.entry((row.namespace, row.name)).or_default();
        known.rows = row.rows;
        known.indexes.push((row.columns, row.condition));
    }
    Ok(tables)
}

/// The plan as the planner wants, and the one without reading whole tables.
type Plans = Result<(PlanFacts, PlanFacts), String>;

/// The plans of some statements of one role. If one is refused, each is planned alone.
async fn plans(session: &mut Session<'_>, some: &[FinderStatement]) -> Vec<Plans> {
    if let Ok(plans) = together(session, some).await {
        return plans;
    }
    let mut all = Vec::new();
    for statement in some {
        let alone = together(session, std::slice::from_ref(statement)).await;
        let plan = alone
            .map_err(|error| error.to_string())
            .and_then(|mut plans| {
                plans
                    .pop()
                    .unwrap_or_else(|| Err("there is no plan".to_owned()))
            });
        all.push(plan);
    }
    all
}

async fn together(
    session: &mut Session<'_>,
    some: &[FinderStatement],
) -> Result<Vec<Plans>, sqlx::Error> {
    let rows = session.explain(script(some)).await?;
    let texts = rows.iter().map(|row| row.try_get_unchecked::<String, _>(0));
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    let (wanted, forced) = texts.split_at(texts.len() / 2);
    let both = wanted.iter().zip(forced).map(|(wanted, forced)| {
        let plans = PlanFacts::of(wanted).zip(PlanFacts::of(forced));
        plans.ok_or_else(|| "the plan is not readable".to_owned())
    });
    Ok(both.collect())
}

/// A plan for any value is kept under the name of its statement, so the second one needs another name. With null as the
/// value, PostgreSQL would leave out every partition.
fn script(some: &[FinderStatement]) -> String {
    let role = some.first().and_then(|statement| statement.role);
    let mut script = String::new();
    if let Some(role) = role {
        let _ = write!(
            script,
            "SET LOCAL ROLE {}; ",
            Printer::new(DIALECT).identifier(role)
        );
    }
    script.push_str("SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_partition_pruning = off; ");
    for (pass, setting) in [("a", ""), ("b", "SET LOCAL enable_seqscan = off; ")] {
        script.push_str(setting);
        for (number, statement) in some.iter().enumerate() {
            let (sql, values) = (&statement.sql, vec!["NULL"; statement.values].join(", "));
            let values = if values.is_empty() {
                values
            } else {
                format!("({values})")
            };
            let _ = write!(
                script,
                "PREPARE freehold_{number}_{pass} AS {sql}; EXPLAIN (FORMAT JSON, VERBOSE) EXECUTE freehold_{number}_{pass}{values}; "
            );
        }
    }
    script
}

fn judged<'a>(statement: &'a FinderStatement, plans: Plans, tables: &Tables) -> Audited<'a> {
    let (verdict, query_id) = match plans {
        Ok((wanted, forced)) => (
            verdict(statement, &wanted, &forced, tables),
            wanted.query_id,
        ),
        Err(why) => (Verdict::Refused(why), None),
    };
    Audited {
        statement,
        verdict,
        query_id,
    }
}

fn verdict(
    statement: &FinderStatement,
    wanted: &PlanFacts,
    forced: &PlanFacts,
    tables: &Tables,
) -> Verdict {
    if !forced.whole.is_empty() {
        let names = forced
            .whole
            .iter()
            .map(|(schema, name)| format!("{schema}.{name}"));
        return Verdict::Cannot(names.collect());
    }
    let known = tables.get(&statement.table);
    if !known.is_some_and(|known| has_index(statement, known)) {
        return Verdict::Partly;
    }
    let rows = |name: &(String, String)| tables.get(name).map_or(0.0, |known| known.rows);
    let read = wanted
        .whole
        .iter()
        .map(|name| (format!("{}.{}", name.0, name.1), rows(name)));
    let largest = read.max_by(|one, other| one.1.total_cmp(&other.1));
    largest.map_or(Verdict::Served, |(name, rows)| {
        Verdict::ReadsWhole(name, rows)
    })
}

/// Whether an index begins with the columns that are compared, in any order, and at most with the owner beside them.
fn has_index(statement: &FinderStatement, known: &Known) -> bool {
    let is_compared = |column: &String| {
        let column = column.as_str();
        statement.columns.contains(&column) || statement.owner == Some(column)
    };
    let hides = statement
        .deleted_at
        .map(|column| format!("({} IS NULL)", Printer::new(DIALECT).identifier(column)));
    known.indexes.iter().any(|(columns, condition)| {
        let begin: Vec<_> = columns
            .iter()
            .take_while(|column| is_compared(column))
            .collect();
        let has_all = statement
            .columns
            .iter()
            .all(|column| begin.iter().any(|other| other == column));
        has_all && (condition.is_empty() || hides.as_ref() == Some(condition))
    })
}
