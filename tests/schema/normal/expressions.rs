//! Expressions in every place that may have one, on a PostgreSQL server.

use std::error::Error;

use freehold::ir::{Column, QualifiedName, SqlType, Table};
use freehold_schema_core::__normal::{condition, expression};
use freehold_test_support::{Database, Server};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::TestResult;

const TABLES: &str = r#"
    CREATE TYPE status AS ENUM ('todo', 'done');
    CREATE TABLE things (
        id integer, big bigint, small smallint, amount numeric(10, 2), ratio double precision, single real,
        flag boolean, done boolean, "between" boolean,
        title text, name varchar(40), code char(3), "Note" text, "user" bigint,
        tags text[], nums integer[], labels varchar(10)[],
        doc jsonb, plain json, due date, starts timestamp, at timestamptz, clock time, span interval,
        uid uuid, addr inet, net cidr, raw bytea, document tsvector, status status, states status[]
    );
    CREATE TABLE projects (id uuid, project_id uuid, owner_id uuid, name text, parent_id uuid);
    CREATE TABLE members (project_id uuid, user_id uuid, role text);
    CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
"#;

const CHECKS: &[&str] = &[
    // Comparisons and logic.
    "id > 0",
    "id >= 0 AND id <= 10",
    "id <> 3",
    "id != 3",
    "NOT flag",
    "NOT (flag AND done)",
    "flag OR done AND \"between\"",
    "(flag OR done) AND \"between\"",
    "flag AND (done AND \"between\")",
    "flag = true",
    "flag = 'yes'",
    "flag IS TRUE",
    "flag IS NOT TRUE",
    "flag IS FALSE",
    "flag IS UNKNOWN",
    "flag IS NOT UNKNOWN",
    "title IS NULL",
    "title IS NOT NULL",
    "title ISNULL",
    "title NOTNULL",
    "NOT title IS NULL",
    "title IS DISTINCT FROM name",
    "title IS NOT DISTINCT FROM name",
    "(flag AND done) IS NULL",
    "id = big",
    "id < small",
    "amount > id",
    "ratio > amount",
    "ratio > single",
    "big > 0 AND small > 0",
    "\"user\" = 1",
    "\"Note\" <> ''",
    // Numbers.
    "amount > 0",
    "amount >= 0.00",
    "amount = 10.50",
    "amount > -1",
    "amount > -1.5",
    "amount > 1e3",
    "ratio > 1e10",
    "ratio > .5",
    "ratio < 1e-3",
    "id > 010",
    "big < 10000000000",
    "big > -9223372036854775808",
    "id > -2147483648",
    "id > '5'",
    "amount > '5'",
    "id + 1 > 2 * (id - 3)",
    "id - 1 - 2 > 0",
    "id - (1 - 2) > 0",
    "id % 2 = 0",
    "-id < 0",
    "- (id + 1) < 0",
    "id / 2 * 3 > 1",
    "ratio ^ 2 > 1",
    "@ id > 0",
    "id & 1 = 1",
    "(id | 2) > 0",
    "id << 1 > 0",
    "amount * id > 100",
    "amount / 3 > ratio",
    "round(amount, 1) = amount",
    "abs(id) < 5",
    "amount::integer = id",
    "ratio::numeric(6, 2) > 1",
    "mod(id, 3) = 0",
    // Sets and ranges.
    "id IN (1, 2, 3)",
    "id IN (1)",
    "id IN (1, 2, big)",
    "id NOT IN (1, 2)",
    "id NOT IN (1)",
    "title IN ('a', 'b')",
    "title NOT IN ('a', 'b')",
    "name IN ('a', 'b')",
    "name NOT IN ('a', 'b')",
    "code IN ('abc', 'def')",
    "status IN ('todo', 'done')",
    "uid IN ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12')",
    "amount IN (1, 2.5)",
    "big IN (1, 2)",
    "due IN ('2026-01-01', '2026-1-2')",
    "(id, big) IN ((1, 2), (3, 4))",
    "title = ANY ('{a,b}')",
    "title = ANY ('{a,b}'::text[])",
    "title = ANY (tags)",
    "name = ANY (tags)",
    "title = ANY (labels)",
    "id = SOME (nums)",
    "id > ALL (nums)",
    "title LIKE ANY (ARRAY['a%', 'b%'])",
    "title <> ALL (ARRAY['a', 'b'])",
    "id BETWEEN 1 AND 10",
    "id NOT BETWEEN 1 AND 10",
    "id BETWEEN SYMMETRIC 10 AND 1",
    "id NOT BETWEEN SYMMETRIC 10 AND 1",
    "amount BETWEEN 0 AND 1",
    "due BETWEEN '2026-01-01' AND '2026-12-31'",
    "flag AND id BETWEEN 1 AND 10 AND done",
    // Patterns.
    "title LIKE 'a%'",
    "title NOT LIKE 'a%'",
    "title ILIKE 'a%'",
    "title NOT ILIKE 'a%'",
    "name LIKE 'a%'",
    "title LIKE 'a!%' ESCAPE '!'",
    "title SIMILAR TO 'a|b'",
    "title NOT SIMILAR TO 'a|b'",
    "title ~ '^[a-z]+$'",
    "title ~* '^[a-z]+$'",
    "title !~ '^[a-z]+$'",
    "name ~ '^[^@]+@[^@]+\\.[^@]+$'",
    "code ~ '^[A-Z]{3}$'",
    "title ~ E'\\\\d'",
    "title = $$it's$$",
    "title = 'it''s'",
    "title = E'a\\tc'",
    "title ^@ 'a'",
    // Functions.
    "length(title) > 0",
    "length(trim(title)) > 0",
    "length(trim(both from title)) > 0",
    "length(trim(leading 'x' from title)) > 0",
    "length(trim(trailing from title)) > 0",
    "length(trim(title, 'xy')) > 0",
    "length(btrim(title)) > 0",
    "length(ltrim(title)) > 0",
    "char_length(name) <= 40",
    "lower(title) = title",
    "upper(name) = name",
    "lower(code) = 'abc'",
    "title || name <> ''",
    "title || id <> ''",
    "title || 'x' || name = 'y'",
    "name || 'x' = name",
    "coalesce(title, name, 'x') <> ''",
    "COALESCE(id, 0) > 0",
    "coalesce(amount, 0) > 0",
    "nullif(title, '') IS NOT NULL",
    "greatest(id, big) > 0",
    "LEAST(id, 1) > 0",
    "num_nonnulls(id, big) = 1",
    "num_nonnulls(VARIADIC nums) = 1",
    "concat(title, id) <> ''",
    "format('%s', title) <> ''",
    "left(title, 1) = 'a'",
    "right(title, 1) = 'a'",
    "substring(title from 1 for 2) = 'ab'",
    "substring(title for 2) = 'ab'",
    "substring(title from '^a') = 'a'",
    "substring(title, 1, 2) = 'ab'",
    "position('a' in title) > 0",
    "strpos(title, 'a') > 0",
    "overlay(title placing 'x' from 1 for 2) = 'x'",
    "replace(title, 'a', 'b') = title",
    "split_part(title, ',', 1) = 'a'",
    "starts_with(title, 'a')",
    "md5(title) = 'x'",
    "title COLLATE \"C\" > 'a'",
    "title < name COLLATE \"C\"",
    "title OPERATOR(pg_catalog.=) 'a'",
    "pg_catalog.lower(title) = 'a'",
    "make_date(2026, 1, 1) = due",
    "make_interval(days => 1) < span",
    "CASE WHEN flag THEN id > 0 ELSE id < 0 END",
    "CASE id WHEN 1 THEN flag WHEN 2 THEN done END",
    "CASE WHEN flag THEN 'a' ELSE name END = 'a'",
    "CASE WHEN flag THEN NULL ELSE title END IS NULL",
    "CASE status WHEN 'todo' THEN at IS NULL ELSE at IS NOT NULL END",
    "(at IS NULL) = (due IS NULL)",
    "(id, big) = (1, 2)",
    "(id, big) <> (1, 2)",
    "(id, big) < (1, 2)",
    "ROW(id, title) IS NOT NULL",
    "(id, title) IS DISTINCT FROM (big, name)",
    // Time.
    "at > now()",
    "at <= CURRENT_TIMESTAMP",
    "at < transaction_timestamp()",
    "at < clock_timestamp()",
    "at > CURRENT_TIMESTAMP(3)",
    "due > CURRENT_DATE",
    "due >= '2026-01-01'",
    "due >= DATE '2026-1-1'",
    "due < '2026-01-01'::date + 7",
    "starts > '2026-01-01'",
    "starts > '2026-01-01 12:30'",
    "at > '2026-01-01'",
    "at > '2026-01-01 00:00:00+00'",
    "at > '2026-01-01 02:00:00+02'",
    "at > timestamptz '2026-01-01 12:00:00.5+00'",
    "starts > TIMESTAMP '2026-01-01 12:30:00'",
    "at > now() - interval '1 day'",
    "at > now() - '90 days'::interval",
    "starts + '1 hour' > at",
    "span > '1 week'",
    "span BETWEEN interval '0' AND interval '1.5 hours'",
    "at - starts AT TIME ZONE 'UTC' > '1 day'",
    "at AT TIME ZONE 'UTC' > starts",
    "(at AT TIME ZONE 'UTC')::date = due",
    "timezone('UTC', at) > starts",
    "at::date = due",
    "due::timestamp < starts",
    "CAST(at AS date) > due",
    "extract(year from due) > 2000",
    "EXTRACT(epoch FROM span) > 0",
    "extract('month' from at) = 1",
    "date_part('year', due) > 2000",
    "date_trunc('day', at) = at",
    "date_trunc('month', starts) = starts",
    "clock > '10:00'",
    "clock < LOCALTIME",
    "starts < LOCALTIMESTAMP",
    "(due, due) OVERLAPS (due, due + 1)",
    "age(at) > '1 year'",
    "to_char(due, 'YYYY') = '2026'",
    // Arrays.
    "cardinality(tags) > 0",
    "array_length(tags, 1) > 0",
    "tags @> ARRAY['a']",
    "tags @> '{a}'",
    "tags <@ ARRAY['a', 'b']",
    "tags <@ CAST(ARRAY['a', 'b'] AS text[])",
    "tags && ARRAY['a']::text[]",
    "labels <@ CAST(ARRAY['a', 'b'] AS varchar(10)[])",
    "labels && ARRAY['a']::varchar[]",
    "states <@ CAST(ARRAY['todo', 'done'] AS status[])",
    "nums @> ARRAY[1, 2]",
    "nums = ARRAY[]::integer[]",
    "tags <> '{}'",
    "tags = '{}'::text[]",
    "tags[1] = 'a'",
    "tags[1:2] = ARRAY['a', 'b']",
    "nums[id + 1] > 0",
    "array_position(tags, 'a') IS NULL",
    "ARRAY[title, name] && tags",
    "ARRAY[[1, 2], [3, 4]] = nums",
    "tags || 'a'::text <> tags",
    "tags || ARRAY['a'] <> tags",
    // JSON.
    "doc ? 'a'",
    "doc ?| ARRAY['a', 'b']",
    "doc ?& '{a,b}'",
    "doc @> '{\"a\":1}'",
    "doc <@ '{}'::jsonb",
    "doc -> 'a' IS NOT NULL",
    "doc -> 1 IS NOT NULL",
    "doc ->> 'a' = 'b'",
    "(doc ->> 'n')::integer > 0",
    "(doc ->> 'n')::numeric(5,1) > 0",
    "doc #> '{a,b}' IS NULL",
    "doc #>> ARRAY['a', 'b'] = 'c'",
    "jsonb_typeof(doc) = 'object'",
    "doc = '{}'",
    "plain ->> 'a' = 'b'",
    "doc @? '$.\"a\"'",
    "doc['a'] IS NOT NULL",
    // Everything else.
    "status = 'todo'",
    "status <> 'done'::status",
    "status::text = 'todo'",
    "uid = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
    "uid <> gen_random_uuid()",
    "addr = '10.0.0.1'",
    "addr << '10.0.0.0/8'",
    "net <<= '10.0.0.0/8'",
    "family(net) = 4",
    "raw <> ''",
    "octet_length(raw) < 10",
    "title <> CURRENT_USER",
    "name = session_user",
    "title = CAST('x' AS varchar(3))",
    "name::varchar(3) = 'abc'",
    "id::text = title",
    "CAST(id AS text) LIKE '1%'",
    "flag::integer = 1",
    "title::date > '2026-01-01'",
    "document @@ to_tsquery('english', 'a & b')",
    "document @@ websearch_to_tsquery('a b')",
    "to_tsvector('english', title) @@ plainto_tsquery('english', 'a')",
    "setweight(to_tsvector('english'::regconfig, coalesce(title, '')), 'A') || setweight(to_tsvector('simple', name), 'B') @@ to_tsquery('x')",
    "current_setting('app.user_id', true) = title",
    "nullif(current_setting('app.user_id', true), '')::uuid = uid",
    "things.id > 0",
    "things.title IS NOT NULL AND length(things.title) < 10",
    "title = 'a' -- why not",
    "title = /* why */ 'a'",
    "title = 'a'\n'b'",
    "hashtext(title) % 10 = 1",
    "regexp_replace(title, '[^0-9]', '', 'g') <> ''",
    "pg_column_size(things.*) < 1000",
    "things IS NOT NULL",
];

const POLICIES: &[&str] = &[
    "uid = (SELECT current_setting('app.user_id')::uuid)",
    "uid = (SELECT nullif(current_setting('app.user_id'), '')::uuid)",
    "things.uid = (select current_setting('app.user_id')::uuid)",
    "current_setting('app.admin', true) = 'on' OR uid = (SELECT current_setting('app.user_id')::uuid)",
    "EXISTS (SELECT 1 FROM projects AS owner_1 WHERE owner_1.id = things.uid AND owner_1.owner_id = (SELECT current_setting('app.user_id')::uuid))",
    "EXISTS (SELECT 1 FROM projects AS owner_1 WHERE owner_1.id = things.uid AND EXISTS (SELECT 1 FROM projects AS owner_2 WHERE owner_2.id = owner_1.parent_id AND owner_2.owner_id = (SELECT current_setting('app.user_id')::uuid)))",
    "EXISTS (SELECT * FROM projects WHERE id = things.uid)",
    "EXISTS (SELECT p.name FROM public.projects p WHERE p.id = things.uid ORDER BY p.name)",
    "EXISTS (SELECT 1 FROM projects p JOIN members m ON m.project_id = p.id WHERE p.id = things.uid AND m.role IN ('a', 'b'))",
    "EXISTS (SELECT 1 FROM projects p, members m WHERE m.project_id = p.id AND p.id = things.uid)",
    "EXISTS (SELECT 1 FROM projects p LEFT JOIN members m USING (project_id) WHERE p.id = things.uid)",
    "EXISTS (SELECT 1 FROM things t2 WHERE t2.uid = things.uid AND t2.id <> things.id)",
    "uid IN (SELECT m.user_id FROM members m WHERE m.role = 'admin')",
    "uid NOT IN (SELECT user_id FROM members)",
    "uid = ANY (SELECT user_id FROM members)",
    "uid = ANY (ARRAY(SELECT user_id FROM members))",
    "id > (SELECT count(*) FROM members)",
    "id > (SELECT count(DISTINCT members.role) FILTER (WHERE members.role <> 'x') FROM members)",
    "title = (SELECT max(m.role) FROM members m WHERE m.user_id = things.uid GROUP BY m.project_id HAVING count(*) > 1 LIMIT 1)",
    "title = (SELECT m.role FROM members m ORDER BY m.role DESC NULLS LAST LIMIT 1 OFFSET 2)",
    "EXISTS (SELECT 1 FROM unnest(things.tags) t WHERE t LIKE 'a%')",
    "EXISTS (SELECT 1 FROM unnest(tags) t WHERE t LIKE 'a%')",
    "EXISTS (SELECT 1 FROM members WHERE user_id = uid AND role = title)",
    "EXISTS (SELECT 1 FROM unnest(things.tags) AS t(x) WHERE t.x = 'a')",
    "uid IN (SELECT s.id FROM (SELECT projects.id FROM projects WHERE projects.name = 'x') AS s)",
];

const PREDICATES: &[&str] = &[
    "at IS NULL",
    "flag",
    "NOT flag",
    "flag AND at IS NULL",
    "status = 'todo'",
    "status IN ('todo', 'done')",
    "name IN ('a', 'b')",
    "title NOT IN ('a', 'b')",
    "lower(name) LIKE 'a%'",
    "amount > 0 AND amount <= 10.5",
    "due BETWEEN '2026-01-01' AND '2026-12-31'",
    "starts > '2026-01-01'",
    "at > '2026-01-01 00:00:00+00'",
    "tags @> ARRAY['a']",
    "doc ? 'a'",
    "doc @> '{\"a\":1}'",
    "things.id > 0",
];

const WHENS: &[&str] = &[
    "OLD.status IS DISTINCT FROM NEW.status",
    "new.status = 'done' AND old.status <> 'done'",
    "OLD.title <> NEW.title OR NEW.amount > 10",
    "OLD.* IS DISTINCT FROM NEW.*",
    "NEW.\"Note\" = 'x'",
];

const DEFAULTS: &[(&str, &str)] = &[
    ("timestamptz", "now()"),
    ("timestamptz", "CURRENT_TIMESTAMP"),
    ("uuid", "gen_random_uuid()"),
    ("text", "'x'"),
    ("varchar(10)", "'x'"),
    ("text[]", "'{}'"),
    ("text[]", "ARRAY[]::text[]"),
    ("text[]", "ARRAY['a', 'b']"),
    ("integer[]", "'{}'::int[]"),
    ("jsonb", "'{}'"),
    ("jsonb", "'[]'::jsonb"),
    ("integer", "0"),
    ("integer", "-1"),
    ("numeric(10, 2)", "0"),
    ("numeric(10, 2)", "0.00"),
    ("boolean", "true"),
    ("boolean", "false"),
    ("status", "'todo'"),
    ("status", "'todo'::status"),
    ("date", "CURRENT_DATE"),
    ("date", "(CURRENT_DATE + interval '30 days')"),
    ("timestamptz", "(now() + interval '1 day')"),
    ("timestamptz", "(now() + '1 day')"),
    ("interval", "interval '1 day'"),
    ("text", "CURRENT_USER"),
    ("text", "current_setting('app.user_id', true)"),
    ("bigint", "nextval('numbers')"),
    ("bigint", "nextval('public.numbers'::regclass)"),
    ("double precision", "1.5"),
    ("text", "lower('X') || 'y'"),
    ("text", "('ORD-' || nextval('numbers'))"),
    (
        "text",
        "to_char(now(), 'YYYYMMDD') || '-' || lpad(nextval('numbers')::text, 6, '0')",
    ),
];

const GENERATED: &[(&str, &str)] = &[
    ("numeric", "amount * id"),
    ("numeric(10, 2)", "amount * 1.2"),
    ("text", "title || ' ' || name"),
    ("tsvector", "to_tsvector('english', coalesce(title, ''))"),
    (
        "tsvector",
        "setweight(to_tsvector('english', coalesce(title, '')), 'A') || setweight(to_tsvector('english', coalesce(name, '')), 'B')",
    ),
    ("text", "lower(name)"),
    ("boolean", "at IS NOT NULL"),
    (
        "text",
        "CASE WHEN amount > 100 THEN 'high' WHEN amount > 10 THEN 'middle' ELSE 'low' END",
    ),
    ("integer", "jsonb_array_length(doc)"),
    ("text", "doc ->> 'name'"),
];

/// The three texts of an expression: as it was written, as PostgreSQL printed it, and as PostgreSQL printed that text
/// again.
struct Texts {
    written: String,
    read: String,
    read_again: String,
}

/// Puts the expressions into a place, and reads them back.
fn texts(
    written: &[&str],
    put: impl Fn(&[&str]) -> String,
    read: &str,
) -> Result<Vec<Texts>, Box<dyn Error>> {
    let database = Server::shared().create_database("normal")?;
    database.psql(TABLES)?;
    let first = round(&database, written, &put, read)?;
    let second: Vec<_> = first.iter().map(String::as_str).collect();
    let second = round(&database, &second, &put, read)?;
    let texts = written.iter().zip(first).zip(second);
    let texts = texts.map(|((written, read), read_again)| Texts {
        written: (*written).to_owned(),
        read,
        read_again,
    });
    Ok(texts.collect())
}

/// One round trip, which leaves the database unchanged. It reads as an inspection does: without a search path, in UTC.
fn round(
    database: &Database,
    written: &[&str],
    put: impl Fn(&[&str]) -> String,
    read: &str,
) -> Result<Vec<String>, Box<dyn Error>> {
    let put = put(written);
    let sql = format!(
        "SET TimeZone = 'UTC';\nBEGIN;\n{put}\nSET LOCAL search_path = '';\n
        SELECT replace(sql, E'\\n', ' ') FROM ({read}) AS read(name, sql) ORDER BY name COLLATE \"C\";\nROLLBACK;"
    );
    let read: Vec<_> = database.psql(&sql)?.lines().map(str::to_owned).collect();
    if read.len() == written.len() {
        Ok(read)
    } else {
        Err(format!("{} lines of {} expressions", read.len(), written.len()).into())
    }
}

/// A statement for each expression. All numbers have the same length.
fn each(written: &[&str], statement: impl Fn(&str, &str) -> String) -> String {
    let statements = written.iter().enumerate();
    let statements = statements.map(|(index, sql)| statement(&format!("n{index:04}"), sql) + ";\n");
    statements.collect()
}

/// The tables, as inspection finds them.
fn tables() -> Result<Vec<Table>, Box<dyn Error>> {
    let database = Server::shared().create_database("things")?;
    database.psql(TABLES)?;
    let named = ["things", "projects", "members"];
    named.iter().map(|name| table(&database, name)).collect()
}

fn table(database: &Database, name: &str) -> Result<Table, Box<dyn Error>> {
    let columns = database.psql(&format!(
        "SELECT attname || '|' || format_type(atttypid, atttypmod) FROM pg_attribute
         WHERE attrelid = '{name}'::regclass AND attnum > 0 ORDER BY attnum",
    ))?;
    let column = |line: &str| {
        let (name, sql_type) = line.split_once('|')?;
        Some(Column {
            name: name.to_owned(),
            sql_type: SqlType::Sql(sql_type.to_owned()),
            nullable: true,
            default: None,
            generated: None,
            identity: None,
            serial: false,
            comment: None,
            renamed_from: None,
            renamed_labels: Vec::new(),
            allow: Vec::new(),
        })
    };
    Ok(Table {
        name: QualifiedName::new(None, name),
        comment: None,
        columns: columns.lines().filter_map(column).collect(),
        primary_key: None,
        uniques: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
        triggers: Vec::new(),
        row_security: None,
        policies: Vec::new(),
        partition_by: None,
        partitions: Vec::new(),
        partitions_at_run_time: false,
        renamed_from: None,
        allow: Vec::new(),
    })
}

fn assert_equal(texts: &[Texts]) -> TestResult {
    let tables = tables()?;

    let differing = texts.iter().filter_map(|texts| {
        let all = [&texts.written, &texts.read, &texts.read_again];
        let [one, two, three] = all.map(|sql| condition(&tables, sql));
        (one != two || two != three).then(|| {
            format!(
                "{}\n  -> {one}\n{}\n  -> {two}\n{}\n  -> {three}\n\n",
                texts.written, texts.read, texts.read_again
            )
        })
    });
    let differing: Vec<_> = differing.collect();
    assert!(
        differing.is_empty(),
        "{} of {} have more than one normal form:\n{}",
        differing.len(),
        texts.len(),
        differing.concat()
    );
    Ok(())
}

/// The number of different normal forms.
fn distinct(texts: &[Texts]) -> usize {
    let mut forms: Vec<_> = texts.iter().map(|texts| expression(&texts.read)).collect();
    forms.sort();
    forms.dedup();
    forms.len()
}

#[test]
fn checks_have_one_normal_form() -> TestResult {
    let add =
        |name: &str, sql: &str| format!("ALTER TABLE things ADD CONSTRAINT {name} CHECK ({sql}\n)");
    let texts = texts(
        CHECKS,
        |written| each(written, add),
        "SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'n%'",
    )?;
    assert!(texts.len() >= 150, "{} checks", texts.len());
    assert_equal(&texts)?;
    // The list has a few expressions in two or three spellings; most are different.
    assert!(
        distinct(&texts) > texts.len() * 3 / 4,
        "{}",
        distinct(&texts)
    );
    Ok(())
}

#[test]
fn policies_have_one_normal_form() -> TestResult {
    let add = |name: &str, sql: &str| format!("CREATE POLICY {name} ON things USING ({sql})");
    let texts = texts(
        POLICIES,
        |written| each(written, add),
        "SELECT polname, pg_get_expr(polqual, polrelid) FROM pg_policy",
    )?;
    assert_equal(&texts)
}

#[test]
fn predicates_of_indexes_have_one_normal_form() -> TestResult {
    let add = |name: &str, sql: &str| format!("CREATE INDEX {name} ON things (id) WHERE ({sql}\n)");
    let texts = texts(
        PREDICATES,
        |written| each(written, add),
        "SELECT indexrelid::regclass::text, pg_get_expr(indpred, indrelid) FROM pg_index WHERE indpred IS NOT NULL",
    )?;
    assert_equal(&texts)
}

#[test]
fn conditions_of_triggers_have_one_normal_form() -> TestResult {
    let add = |name: &str, sql: &str| {
        format!(
            "CREATE TRIGGER {name} BEFORE UPDATE ON things FOR EACH ROW WHEN ({sql}) EXECUTE FUNCTION act()"
        )
    };
    let texts = texts(
        WHENS,
        |written| each(written, add),
        "SELECT tgname, substring(pg_get_triggerdef(oid) FROM 'WHEN \\((.*)\\) EXECUTE FUNCTION') FROM pg_trigger",
    )?;
    assert_equal(&texts)
}

#[test]
fn defaults_have_one_normal_form() -> TestResult {
    columns(DEFAULTS, "DEFAULT ")
}

#[test]
fn generated_columns_have_one_normal_form() -> TestResult {
    columns(GENERATED, "GENERATED ALWAYS AS ")
}

fn columns(written: &[(&str, &str)], clause: &str) -> TestResult {
    let end = if clause.starts_with("GENERATED") {
        " STORED"
    } else {
        ""
    };
    let sqls: Vec<_> = written.iter().map(|(_, sql)| *sql).collect();
    let put = |sqls: &[&str]| {
        let columns = written.iter().zip(sqls).enumerate();
        let columns = columns.map(|(index, ((sql_type, _), sql))| {
            format!("ALTER TABLE things ADD n{index:04} {sql_type} {clause}({sql}){end};\n")
        });
        let columns: String = columns.collect();
        format!("CREATE SEQUENCE numbers;\n{columns}")
    };
    let texts = texts(
        &sqls,
        put,
        "SELECT attname, pg_get_expr(adbin, adrelid) FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum",
    )?;
    assert_equal(&texts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_has_a_normal_form(sql in any::<String>()) {
        let once = expression(&sql);
        prop_assert_eq!(expression(&once), once);
    }

    /// The words and symbols are those of SQL, so that some texts can be parsed.
    #[test]
    fn any_tokens_have_a_normal_form(words in vec(select(WORDS), 0..24), tight in any::<bool>()) {
        let sql = words.join(if tight { "" } else { " " });
        let once = expression(&sql);
        prop_assert_eq!(expression(&once), once);
    }

    #[test]
    fn parentheses_and_spaces_are_no_difference(sql in select(plain_checks()), space in "[ \\t\\n]{1,3}") {
        let words = sql.replace(' ', &space);
        prop_assert_eq!(expression(&format!("(({words}))")), expression(sql));
    }
}

/// The checks in which every space only separates tokens.
fn plain_checks() -> Vec<&'static str> {
    let is_plain = |sql: &&str| !sql.contains(['\'', '$', '-']);
    CHECKS.iter().copied().filter(is_plain).collect()
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "t.a",
    "\"A\"",
    "\"left\"",
    "1",
    "-1",
    "1e3",
    ".5",
    "'x'",
    "''",
    "E'\\n'",
    "$$y$$",
    "$1",
    "null",
    "true",
    "(",
    ")",
    "[",
    "]",
    ",",
    ".",
    ":",
    "::",
    "::text",
    "::date",
    "::numeric(3)",
    "=",
    "<>",
    "!=",
    "<",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "^",
    "||",
    "->",
    "->>",
    "@>",
    "?",
    "~~",
    "!",
    "and",
    "or",
    "not",
    "is",
    "is null",
    "is not distinct from",
    "in",
    "in (1, 2)",
    "not in",
    "between",
    "like",
    "escape",
    "similar to",
    "any",
    "all",
    "array[",
    "array(",
    "row(",
    "case",
    "when",
    "then",
    "else",
    "end",
    "exists (",
    "select",
    "from",
    "where",
    "as",
    "join",
    "on",
    "order by",
    "limit",
    "trim(",
    "extract(",
    "year from",
    "substring(",
    "position(",
    "overlay(",
    "placing",
    "coalesce(",
    "lower(",
    "cast(",
    "interval",
    "date",
    "timestamp with time zone",
    "at time zone",
    "collate",
    "now()",
    "current_timestamp",
    "current_date",
    "new.a",
    "filter (",
    "over (",
    "distinct",
    "--",
    "/*",
    "*/",
    "'",
    "\"",
    "$",
    "e",
    "b'1'",
    "u&'x'",
];
