use super::expression;

/// Each row has one meaning in two spellings: as it is written, and as PostgreSQL prints it or as it can also be
/// written.
const EQUAL: &[(&str, &str)] = &[
    // Case, parentheses, quotes.
    ("a > 0 AND b < 1", "((A > 0) and (\"b\" < 1))"),
    ("a AND (b AND c)", "((a AND b) AND c)"),
    ("a != b", "(a <> b)"),
    ("a /* why */ = b -- so", "a = b"),
    ("upper(\"Name\") = 'X'", "(upper(\"Name\") = 'X'::text)"),
    ("a = E'it\\'s'", "a = 'it''s'"),
    ("a = $$it's$$", "a = 'it''s'"),
    ("a = E'it\\x27' -- goes on\n 's'", "a = 'it''s'"),
    ("a = E'\\u00fc\\n' -- so\r", "a = 'ü\n'"),
    // Queries.
    ("EXISTS (SELECT FROM t)", "(EXISTS ( SELECT\n   FROM t))"),
    (
        "(SELECT count(t.a) FROM (SELECT a FROM t) AS t) > 0",
        "(( SELECT count(t_1.a) AS count FROM ( SELECT t.a FROM t) t_1) > 0)",
    ),
    (
        "a IN (SELECT t.b FROM t UNION SELECT b FROM t UNION SELECT c AS b FROM u)",
        "(a IN ( SELECT t.b FROM t UNION SELECT t.b FROM t UNION SELECT u.c AS b FROM u))",
    ),
    // Sets.
    ("a IN ('x', 'y')", "(a = ANY (ARRAY['x'::text, 'y'::text]))"),
    (
        "a IN ('x', 'y')",
        "((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))",
    ),
    (
        "a IN ('x', 'y')",
        "((a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))",
    ),
    ("a IN ('x', 'y')", "a = SOME ('{x,y}'::text[])"),
    ("a IN ('x')", "(a = 'x'::text)"),
    ("a NOT IN (1, 2)", "(a <> ALL (ARRAY[1, 2]))"),
    ("a IN (1, 2, b)", "((a = ANY (ARRAY[1, 2])) OR (a = b))"),
    (
        "(a, b) IN ((1, 2), (3, 4))",
        "(((a = 1) AND (b = 2)) OR ((a = 3) AND (b = 4)))",
    ),
    ("a BETWEEN 1 AND 2 AND c", "((a >= 1) AND (a <= 2) AND c)"),
    ("a NOT BETWEEN 1 AND 2", "((a < 1) OR (a > 2))"),
    (
        "a BETWEEN SYMMETRIC 2 AND 1",
        "(((a >= 2) AND (a <= 1)) OR ((a >= 1) AND (a <= 2)))",
    ),
    // Patterns.
    ("a LIKE 'x%'", "(a ~~ 'x%'::text)"),
    ("a NOT LIKE 'x%'", "(a !~~ 'x%'::text)"),
    ("a ILIKE 'x%'", "((a)::text ~~* 'x%'::text)"),
    ("a NOT ILIKE 'x%'", "(a !~~* 'x%'::text)"),
    (
        "a LIKE 'x!%' ESCAPE '!'",
        "(a ~~ like_escape('x!%'::text, '!'::text))",
    ),
    ("a SIMILAR TO 'x|y'", "(a ~ similar_to_escape('x|y'::text))"),
    // Functions with a grammar of their own.
    ("now()", "CURRENT_TIMESTAMP"),
    ("now()", "transaction_timestamp()"),
    ("trim(a)", "TRIM(BOTH FROM a)"),
    ("trim(a)", "btrim(a)"),
    ("trim(leading 'x' from a)", "ltrim(a, 'x'::text)"),
    ("trim(trailing from a)", "TRIM(TRAILING FROM a)"),
    ("extract(year from a)", "EXTRACT('year' FROM a)"),
    ("substring(a from 1 for 2)", "\"substring\"(a, 1, 2)"),
    ("substring(a for 2)", "SUBSTRING(a FROM 1 FOR 2)"),
    ("position('x' in a)", "POSITION(('x'::text) IN (a))"),
    ("position('x' in a)", "\"position\"(a, 'x'::text)"),
    (
        "overlay(a placing 'x' from 1 for 2)",
        "\"overlay\"(a, 'x'::text, 1, 2)",
    ),
    ("a AT TIME ZONE 'UTC'", "timezone('UTC'::text, a)"),
    ("Coalesce(a, b)", "COALESCE(a, b)"),
    ("current_user", "CURRENT_ROLE"),
    ("lower(x)", "pg_catalog.lower(x)"),
    ("a OPERATOR(pg_catalog.+) b", "a + b"),
    // Literals and casts.
    ("a > -1", "(a > '-1'::integer)"),
    ("a > 0", "(a > (0)::numeric)"),
    ("a > 1e10", "(a > '10000000000'::numeric)"),
    ("a > .5", "(a > 0.5)"),
    ("a > 010", "a > 10"),
    ("a = '1'", "a = 1"),
    ("a > DATE '2026-1-1'", "(a > '2026-01-01'::date)"),
    (
        "a > '2026-01-01'",
        "(a > '2026-01-01 00:00:00+00'::timestamp with time zone)",
    ),
    (
        "a = CAST('x' AS varchar(3))",
        "(a = 'x'::character varying(3))",
    ),
    ("CAST(a AS int4) = b", "a::int = b"),
    ("CAST(a AS date)", "a::date"),
    ("a::decimal(5, 0)", "(a)::numeric(5)"),
    ("a::timestamp(3) with time zone", "(a)::timestamptz(3)"),
    ("a = true", "(a = 't'::boolean)"),
    ("a = true", "a = 'yes'::bool"),
    (
        "now() - interval '1 hour'",
        "(now() - '01:00:00'::interval)",
    ),
    ("now() - '90 days'", "now() - interval '90 days'"),
    ("ARRAY[]::text[]", "'{}'::text[]"),
    (
        "ARRAY['a', 'b']::status[]",
        "ARRAY['a'::status, 'b'::public.status]",
    ),
    ("nextval('s')", "nextval('public.s'::regclass)"),
    ("lower(a) || 'x'", "(lower((a)::text) || 'x'::text)"),
    // Predicates.
    ("a IS NOT DISTINCT FROM b", "(NOT (a IS DISTINCT FROM b))"),
    ("a ISNULL", "(a IS NULL)"),
    ("a NOTNULL", "(a IS NOT NULL)"),
    ("NOT a IS NULL", "(NOT (a IS NULL))"),
    ("(a, b) = (1, 2)", "((a = 1) AND (b = 2))"),
    ("(a, b) < (1, 2)", "(ROW(a, b) < ROW(1, 2))"),
    (
        "CASE WHEN a THEN 1 END",
        "CASE WHEN a THEN 1 ELSE NULL::integer END",
    ),
    // Names.
    ("tasks.a = t.b", "(a = b)"),
    ("NEW.status <> Old.status", "(new.status <> old.status)"),
    ("a->>'x' = 'y'", "((a ->> 'x'::text) = 'y'::text)"),
    ("a ? 'x'", "(a ? 'x'::text)"),
    (
        "setweight(to_tsvector('english', a), 'A')",
        "setweight(to_tsvector('english'::regconfig, a), 'A'::\"char\")",
    ),
    // Queries.
    (
        "user_id = (select current_setting('app.user_id')::uuid)",
        "(user_id = ( SELECT (current_setting('app.user_id'::text))::uuid AS current_setting))",
    ),
    (
        "tasks.user_id = (SELECT 1)",
        "(user_id = ( SELECT 1 AS \"?column?\"))",
    ),
    (
        "EXISTS (SELECT 1 FROM projects AS p WHERE p.id = tasks.project_id)",
        "(EXISTS ( SELECT 1\n   FROM public.projects p\n  WHERE (p.id = tasks.project_id)))",
    ),
    (
        "EXISTS (SELECT * FROM projects WHERE id = tasks.project_id)",
        "(EXISTS ( SELECT projects.id, projects.name FROM projects WHERE (projects.id = tasks.project_id)))",
    ),
    (
        "a IN (SELECT p.id FROM projects p JOIN members m ON m.project_id = p.id)",
        "(a IN ( SELECT p.id FROM (public.projects p JOIN public.members m ON ((m.project_id = p.id)))))",
    ),
    (
        "a NOT IN (SELECT id FROM b)",
        "(NOT (a IN ( SELECT b.id FROM b)))",
    ),
    (
        "EXISTS (SELECT 1 FROM folders f WHERE f.id = folders.parent)",
        "(EXISTS ( SELECT 1 FROM folders folders_7 WHERE (folders_7.id = folders.parent)))",
    ),
    (
        "EXISTS (SELECT 1 FROM unnest(x.tags) t WHERE t LIKE 'x%')",
        "(EXISTS ( SELECT 1 FROM unnest(x.tags) t(t) WHERE (t.t ~~ 'x%'::text)))",
    ),
];

/// Each row has two meanings.
const DIFFERENT: &[(&str, &str)] = &[
    ("a > 0", "a >= 0"),
    ("now()", "CURRENT_DATE"),
    ("now()", "clock_timestamp()"),
    ("CURRENT_DATE", "CURRENT_TIME"),
    ("'a'", "'b'"),
    ("'a'", "'A'"),
    ("a", "\"A\""),
    ("lower(x)", "x"),
    ("a AND b OR c", "a AND (b OR c)"),
    ("x::date", "x"),
    ("x::varchar(3)", "x"),
    ("x::varchar(3)", "x::varchar(4)"),
    ("NOT a = b", "a = b"),
    ("a - b - c", "a - (b - c)"),
    ("a || b", "b || a"),
    ("a IN (1, 2)", "a IN (2, 1)"),
    ("a IN (1, 2)", "a NOT IN (1, 2)"),
    ("a BETWEEN 1 AND 2", "a BETWEEN 2 AND 1"),
    ("a BETWEEN 1 AND 2", "a NOT BETWEEN 1 AND 2"),
    ("a LIKE 'x'", "a ILIKE 'x'"),
    ("a IS NULL", "a IS NOT NULL"),
    ("a IS TRUE", "a IS NOT FALSE"),
    ("0", "0.00"),
    ("0.0", "0.00"),
    ("1", "-1"),
    ("a -> '1'", "a -> 1"),
    ("extract(year from a)", "date_part('year', a)"),
    ("extract(year from a)", "extract(month from a)"),
    ("trim(a)", "ltrim(a)"),
    ("a = ANY (b)", "a = ALL (b)"),
    ("new.a", "old.a"),
    ("new.a", "a"),
    ("'x'::\"char\" = a::\"char\"", "'x' = a::char"),
    ("count(DISTINCT a)", "count(a)"),
    ("a[1]", "a[2]"),
    ("a[1:2]", "a[1]"),
    ("a AT TIME ZONE 'UTC'", "a AT TIME ZONE 'CET'"),
    ("interval '1 day'", "interval '24 hours'"),
    ("app.lower(x)", "lower(x)"),
    ("a COLLATE \"C\" > b", "a > b"),
    ("EXISTS (SELECT 1 FROM a)", "EXISTS (SELECT 1 FROM b)"),
    (
        "EXISTS (SELECT count(*) FROM a)",
        "EXISTS (SELECT 1 FROM a)",
    ),
    (
        "EXISTS (SELECT 1 FROM a WHERE a.id = t.id)",
        "EXISTS (SELECT 1 FROM a WHERE t.id = t.id)",
    ),
    (
        "EXISTS (SELECT 1 FROM f x WHERE x.id = f.parent)",
        "EXISTS (SELECT 1 FROM f x WHERE f.id = x.parent)",
    ),
    (
        "x IN (SELECT a FROM b LIMIT 1)",
        "x IN (SELECT a FROM b LIMIT 2)",
    ),
    (
        "sum(a) OVER (PARTITION BY b)",
        "sum(a) OVER (PARTITION BY c)",
    ),
];

#[test]
fn two_spellings_of_one_meaning_are_equal() {
    let unequal: Vec<_> = EQUAL
        .iter()
        .filter(|(one, other)| expression(one) != expression(other))
        .map(|(one, other)| format!("{one}\n  {}\n  {}\n", expression(one), expression(other)))
        .collect();
    assert!(unequal.is_empty(), "{}", unequal.concat());
}

#[test]
fn two_meanings_stay_different() {
    for (one, other) in DIFFERENT {
        assert_ne!(expression(one), expression(other), "{one} and {other}");
    }
}

#[test]
fn the_canonical_text_of_canonical_text_is_the_same() {
    for (one, other) in EQUAL.iter().chain(DIFFERENT) {
        for sql in [one, other] {
            let canonical = expression(sql);
            assert_eq!(expression(&canonical), canonical, "{sql}");
        }
    }
}

/// Each row must be parsed. Otherwise two spellings could be equal just because their tokens are.
#[test]
fn every_row_is_parsed() {
    let unread = |sql: &&str| {
        let tokens = crate::sql::token::tokens(sql).unwrap_or_default();
        super::canonical(&tokens, &super::Tables::default()).as_deref() != Some(&expression(sql))
    };
    let sides = EQUAL.iter().flat_map(|(one, other)| [*one, *other]);
    let unread: Vec<_> = sides.filter(unread).collect();
    assert_eq!(unread, Vec::<&str>::new());
}

#[test]
fn sql_that_cannot_be_parsed_is_its_tokens() {
    for (sql, expected) in [
        ("sum(A)  OVER ()", "sum ( a ) over ( )"),
        ("a +", "a +"),
        ("", ""),
        ("  'no end ", "'no end"),
        ("((a)", "( ( a )"),
        ("SELECT 1 UNION SELECT 2", "select 1 union select 2"),
    ] {
        assert_eq!(expression(sql), expected, "{sql}");
    }
}

#[test]
fn deep_and_long_expressions_do_not_overflow_the_stack() {
    let deep = format!("{}a{}", "(".repeat(20_000), ")".repeat(20_000));
    let long = vec!["a"; 20_000].join(" + ");
    let signs = "- ".repeat(20_000) + "a";
    let casts = "a".to_owned() + &"::date".repeat(20_000);
    let fields = "(a)".to_owned() + &".b".repeat(20_000);
    let calls = "substring(".repeat(20_000);
    for sql in [deep, long, signs, casts, fields, calls] {
        assert_eq!(expression(&expression(&sql)), expression(&sql));
    }
    let chain = vec!["a = 1"; 5_000].join(" OR ");
    assert!(expression(&chain).starts_with("(a = 1) OR (a = 1)"));
}
