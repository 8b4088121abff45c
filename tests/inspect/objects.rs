//! Sequences, functions and views.

use freehold::ir::{Body, Expr, Query, Returns, Routine, Schema, Sequence, SqlType, View};
use freehold::model::{Language, RoutineKind, ScalarType, Volatility};

use crate::{TestResult, found};

fn options(sequence: &Sequence) -> [Option<i64>; 5] {
    [
        sequence.start,
        sequence.increment,
        sequence.min,
        sequence.max,
        sequence.cache,
    ]
}

#[tokio::test]
async fn default_options_of_sequences_are_none() -> TestResult {
    let found = found(
        "CREATE SEQUENCE a;
        CREATE SEQUENCE b START 5 INCREMENT 2 MINVALUE 3 MAXVALUE 99 CACHE 4 CYCLE;
        CREATE SEQUENCE c INCREMENT -1;
        CREATE SEQUENCE d INCREMENT -2 MINVALUE -10 MAXVALUE -4;
        CREATE SEQUENCE e MINVALUE 7;
        CREATE SEQUENCE f AS integer;",
    )
    .await?;
    let sequences = found.schema.sequences().iter();
    let sequences: Vec<_> = sequences
        .map(|found| (options(found), found.cycle))
        .collect();
    assert_eq!(
        sequences,
        [
            ([None; 5], false),
            ([Some(5), Some(2), Some(3), Some(99), Some(4)], true),
            ([None, Some(-1), None, None, None], false),
            ([None, Some(-2), Some(-10), Some(-4), None], false),
            ([None, None, Some(7), None, None], false),
            ([None; 5], false),
        ]
    );
    assert_eq!(found.unsupported, []);
    Ok(())
}

fn routine<'a>(schema: &'a Schema, name: &str) -> Result<&'a Routine, String> {
    let mut routines = schema.routines().iter();
    let found = routines.find(|routine| routine.name.name == name);
    found.ok_or_else(|| format!("no routine `{name}`"))
}

#[tokio::test]
async fn functions_and_procedures_are_read() -> TestResult {
    let found = found(
        "CREATE FUNCTION plain(a integer, b text DEFAULT 'x, y') RETURNS bigint LANGUAGE sql AS $$ SELECT 1 $$;
        CREATE FUNCTION full_of(t text) RETURNS SETOF text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
            SECURITY DEFINER SET search_path = '' AS 'BEGIN RETURN; END';
        CREATE FUNCTION rows() RETURNS TABLE (id integer, names text[]) LANGUAGE sql STABLE
            SET search_path = public, \"Odd\", pg_temp AS 'SELECT 1, NULL::text[]';
        CREATE FUNCTION nothing() RETURNS void LANGUAGE sql AS 'SELECT 1';
        CREATE PROCEDURE work(IN a integer, OUT b text, OUT c integer) LANGUAGE plpgsql AS 'BEGIN b := a; END';
        CREATE FUNCTION plain(a text) RETURNS bigint LANGUAGE sql AS 'SELECT 2';
        COMMENT ON FUNCTION nothing() IS 'Does nothing.';",
    )
    .await?;
    let schema = &found.schema;
    let names: Vec<_> = schema
        .routines()
        .iter()
        .map(|routine| &routine.name.name)
        .collect();
    assert_eq!(
        names,
        ["full_of", "nothing", "plain", "plain", "rows", "work"]
    );
    let plain = routine(schema, "plain")?;
    assert_eq!(plain.kind, RoutineKind::Function);
    assert_eq!(plain.arguments[0].default, None);
    assert_eq!(plain.arguments[1].name, "b");
    assert_eq!(
        plain.arguments[1].default,
        Some(Expr::Sql("'x, y'::text".to_owned()))
    );
    assert_eq!(
        plain.returns,
        Returns::Value(SqlType::Scalar(ScalarType::BigInt))
    );
    assert_eq!(plain.body, Body::Source(" SELECT 1 ".to_owned()));
    assert_eq!(
        (plain.language, plain.volatility),
        (Language::Sql, Volatility::Volatile)
    );
    assert_eq!(
        (plain.search_path.as_deref(), plain.execute.as_ref()),
        (None, None)
    );
    let full = routine(schema, "full_of")?;
    assert!(full.strict && full.parallel_safe && full.security_definer);
    assert_eq!(
        (full.language, full.volatility),
        (Language::PlPgSql, Volatility::Immutable)
    );
    assert_eq!(
        full.returns,
        Returns::SetOf(SqlType::Scalar(ScalarType::Text))
    );
    assert_eq!(full.search_path.as_deref(), Some(""));
    let rows = routine(schema, "rows")?;
    assert_eq!(rows.search_path.as_deref(), Some("public, Odd, pg_temp"));
    assert_eq!(rows.arguments, []);
    assert!(
        matches!(&rows.returns, Returns::Table(columns) if columns.iter().map(|column| column.name.as_str()).eq(["id", "names"])),
        "{:?}",
        rows.returns
    );
    let nothing = routine(schema, "nothing")?;
    assert_eq!(nothing.returns, Returns::Void);
    assert_eq!(nothing.comment.as_deref(), Some("Does nothing."));
    let work = routine(schema, "work")?;
    assert_eq!(
        (work.kind, &work.returns),
        (RoutineKind::Procedure, &Returns::Void)
    );
    let out: Vec<_> = work
        .arguments
        .iter()
        .map(|argument| (&*argument.name, argument.out))
        .collect();
    assert_eq!(out, [("a", false), ("b", true), ("c", true)]);
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn objects_of_an_extension_belong_to_the_extension() -> TestResult {
    let found = found(
        "CREATE EXTENSION citext; CREATE EXTENSION pg_stat_statements; CREATE EXTENSION hstore",
    )
    .await?;
    assert_eq!(found.schema.routines(), []);
    assert_eq!(found.schema.views(), []);
    assert_eq!(found.schema.grants(), []);
    let names: Vec<_> = found
        .schema
        .extensions()
        .iter()
        .map(|found| &found.name)
        .collect();
    assert_eq!(names, ["citext", "hstore", "pg_stat_statements"]);
    assert_eq!(found.unsupported, []);
    Ok(())
}

fn view<'a>(schema: &'a Schema, name: &str) -> Result<&'a View, String> {
    let found = schema.views().iter().find(|view| view.name.name == name);
    found.ok_or_else(|| format!("no view `{name}`"))
}

#[tokio::test]
async fn views_are_read() -> TestResult {
    let found = found(
        "CREATE ROLE view_filler;
        CREATE TABLE t (a integer, b text);
        CREATE VIEW plain AS SELECT t.a, u.b FROM t, t u WHERE u.b <> ';';
        CREATE VIEW invoker WITH (security_invoker) AS SELECT a FROM t;
        CREATE VIEW definer WITH (security_invoker = off) AS SELECT a FROM t;
        CREATE MATERIALIZED VIEW stored AS SELECT a, count(*) AS number FROM t GROUP BY a;
        CREATE UNIQUE INDEX stored_a ON stored (a);
        ALTER MATERIALIZED VIEW stored OWNER TO view_filler;
        COMMENT ON VIEW plain IS 'Plain.';
        COMMENT ON COLUMN plain.b IS 'The second.';
        COMMENT ON COLUMN stored.number IS 'How many.';",
    )
    .await?;
    let schema = &found.schema;
    let plain = view(schema, "plain")?;
    let query =
        "SELECT t.a,\n    u.b\n   FROM public.t,\n    public.t u\n  WHERE (u.b <> ';'::text)";
    assert_eq!(plain.query, Query::Source(query.to_owned()));
    assert_eq!(plain.comment.as_deref(), Some("Plain."));
    assert_eq!(
        plain.column_comments,
        [("b".to_owned(), "The second.".to_owned())]
    );
    assert!(!plain.security_invoker && !plain.materialized);
    assert_eq!(plain.owner, None, "it is that of the table");
    assert!(view(schema, "invoker")?.security_invoker);
    assert!(!view(schema, "definer")?.security_invoker);
    let stored = view(schema, "stored")?;
    assert!(stored.materialized);
    assert_eq!(stored.owner.as_deref(), Some("view_filler"));
    assert_eq!(stored.indexes[0].name, "stored_a");
    assert_eq!(stored.column_comments.len(), 1);
    let roles: Vec<_> = schema.roles().iter().map(|role| &role.name).collect();
    assert_eq!(roles, ["view_filler"]);
    assert_eq!(found.unsupported, []);
    Ok(())
}
