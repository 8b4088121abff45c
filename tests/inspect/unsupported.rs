//! Inspection reports what a schema cannot express.

use freehold::inspect::Inspection;

use crate::{TestResult, database, found, inspected};

/// What inspection reports after `sql`, as text.
async fn told(sql: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let found = found(sql).await?;
    Ok(found.unsupported.iter().map(ToString::to_string).collect())
}

#[tokio::test]
async fn unsupported_tables_and_columns_are_reported() -> TestResult {
    let told = told(
        "CREATE TYPE pair AS (a integer, b integer);
        CREATE TABLE typed OF pair;
        CREATE UNLOGGED TABLE unlogged (a integer);
        CREATE TABLE parent (a integer); CREATE TABLE heir (b integer) INHERITS (parent);
        CREATE TABLE filled (a integer) WITH (fillfactor = 70);
        CREATE TABLE replicated (a integer); ALTER TABLE replicated REPLICA IDENTITY FULL;
        CREATE TABLE forced (a integer); ALTER TABLE forced FORCE ROW LEVEL SECURITY;
        CREATE TABLE ruled (a integer); CREATE RULE no_insert AS ON INSERT TO ruled DO INSTEAD NOTHING;
        CREATE TABLE collated (a text COLLATE \"C\", b text); ALTER TABLE collated ALTER b SET STORAGE EXTERNAL;
        CREATE STATISTICS correlated ON a, b FROM heir;
        CREATE EXTENSION hstore VERSION '1.4';
        CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
        CREATE FOREIGN TABLE outside (a text) SERVER files OPTIONS (filename '/dev/null');
        CREATE VIEW barred WITH (security_barrier) AS SELECT 1 AS a;",
    )
    .await?;
    assert_eq!(
        told,
        [
            "composite type `pair`",
            "composite type `typed of public.pair`",
            "extension whose version is not the server default `hstore 1.4`",
            "forced row-level security that is not enabled `forced`",
            "foreign table `outside`",
            "inheritance `heir from parent`",
            "object of another kind `foreign server files`",
            "replica identity `replicated`",
            "rule `ruled.no_insert`",
            "statistics object `correlated`",
            "storage parameter, or option of a view `barred security_barrier=true`",
            "storage parameter, or option of a view `filled fillfactor=70`",
            "collation or storage of a column `collated.a`",
            "collation or storage of a column `collated.b`",
            "unlogged table or sequence `unlogged`",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn unsupported_constraints_and_indexes_are_reported() -> TestResult {
    let sql = "
        CREATE TABLE t (a integer, b int4range, c integer, d integer,
            PRIMARY KEY (a) DEFERRABLE,
            CONSTRAINT apart EXCLUDE USING gist (b WITH &&),
            CONSTRAINT here CHECK (c > 0) NO INHERIT);
        ALTER TABLE t ADD CONSTRAINT unsure CHECK (c > 1) NOT VALID;
        CREATE TABLE u (a integer, b integer, PRIMARY KEY (a, b));
        ALTER TABLE t ADD CONSTRAINT dangling FOREIGN KEY (c, d) REFERENCES u MATCH FULL NOT VALID;
        CREATE INDEX spatial ON t USING spgist (b);
        CREATE INDEX loose ON t (c) WITH (fillfactor = 50);
        CREATE INDEX broken ON t (d);
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;";
    let found = found(sql).await?;
    let told: Vec<_> = found.unsupported.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "option of a constraint `t.dangling`",
            "option of a constraint `t.here`",
            "option of a constraint `t.t_pkey`",
            "exclusion constraint `t.apart`",
            "index of another access method `spatial`",
            "storage or operator-class option of an index `t.loose`",
            "invalid index `t.broken`",
            "constraint that is not validated `t.dangling`",
            "constraint that is not validated `t.unsure`",
        ]
    );
    let table = &found.schema.tables()[0];
    let checks: Vec<_> = table.checks.iter().map(|check| &check.name).collect();
    assert_eq!(
        checks,
        ["here", "unsure"],
        "a check is not hidden by what is reported of it"
    );
    assert_eq!(
        table.checks[1].condition,
        freehold::ir::Expr::Sql("(c > 1)".to_owned())
    );
    let indexes: Vec<_> = table.indexes.iter().map(|index| &index.name).collect();
    assert_eq!(
        indexes,
        ["broken", "loose"],
        "the index of the constraint is not listed"
    );
    Ok(())
}

#[tokio::test]
async fn unsupported_triggers_are_reported() -> TestResult {
    let told = told(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TABLE t (a integer); CREATE VIEW v AS SELECT a FROM t;
        CREATE TRIGGER off BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER off;
        CREATE CONSTRAINT TRIGGER checked AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER instead INSTEAD OF UPDATE ON v FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER seeing AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f();",
    )
    .await?;
    assert_eq!(
        told,
        [
            "constraint trigger `t.checked`",
            "trigger that is disabled or fires only on replicas `t.off`",
            "transition table of a trigger `t.seeing`",
            "trigger on a view `v.instead`",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn unsupported_partitions_are_reported() -> TestResult {
    let sql = "
        CREATE SCHEMA other;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TABLE p (a integer, b text, CHECK (a > 0)) PARTITION BY RANGE (a);
        CREATE INDEX p_b ON p (b);
        CREATE TRIGGER on_all BEFORE UPDATE ON p FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2) PARTITION BY LIST (b);
        CREATE TABLE p1a PARTITION OF p1 FOR VALUES IN ('a');
        CREATE TABLE other.p2 PARTITION OF p FOR VALUES FROM (2) TO (3);
        CREATE TABLE p3 PARTITION OF p (CONSTRAINT own CHECK (a < 10)) FOR VALUES FROM (3) TO (4);
        CREATE INDEX p3_a ON p3 (a);
        CREATE TRIGGER on_one BEFORE UPDATE ON p3 FOR EACH ROW EXECUTE FUNCTION f();
        CREATE POLICY alone ON p3 USING (true);
        ALTER TABLE p3 ENABLE ROW LEVEL SECURITY, ALTER b SET DEFAULT 'x';
        CREATE TABLE e (a integer, b text) PARTITION BY HASH (lower(b));";
    let what = Inspection::default().namespaces(["public", "other"]);
    let found = inspected(&database(sql)?, &what).await?;
    let told: Vec<_> = found.unsupported.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "part that only a partition has `p3.alone`",
            "part that only a partition has `p3.b`",
            "part that only a partition has `p3.on_one`",
            "part that only a partition has `p3.own`",
            "part that only a partition has `p3.p3_a`",
            "expression, collation or operator class in a partition key `e`",
            "row-level security of a partition that differs from its table `p3`",
            "partition in another schema than its table `other.p2`",
            "partition of a partition `p1a`",
        ]
    );
    let partitions: Vec<_> = found.schema.tables()[1]
        .partitions
        .iter()
        .map(|found| &found.name)
        .collect();
    assert_eq!(partitions, ["p1", "p3"], "`p2` has no place in a schema");
    Ok(())
}

#[tokio::test]
async fn unsupported_functions_are_reported() -> TestResult {
    let told = told(
        "CREATE FUNCTION nameless(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION outward(OUT a integer) LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION many(VARIADIC a integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE PROCEDURE inward(INOUT a integer) LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION parsed() RETURNS integer RETURN 1;
        CREATE FUNCTION costly() RETURNS integer LANGUAGE sql COST 7 AS 'SELECT 1';
        CREATE FUNCTION trusted(a integer) RETURNS bool LANGUAGE sql LEAKPROOF SECURITY DEFINER AS 'SELECT true';
        CREATE FUNCTION definer(integer) RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
        CREATE FUNCTION set_up() RETURNS integer LANGUAGE sql SET work_mem = '1MB' AS 'SELECT 1';
        CREATE FUNCTION inside(a integer, b integer) RETURNS integer LANGUAGE internal AS 'int4pl';
        CREATE FUNCTION turned() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
        CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer);
        CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION turned();
        DROP EVENT TRIGGER IF EXISTS nobody;",
    )
    .await?;
    assert_eq!(
        told,
        [
            "aggregate function `total(integer)`",
            "OUT argument of a function, or INOUT or VARIADIC argument `inward(INOUT a integer)`",
            "OUT argument of a function, or INOUT or VARIADIC argument `many(VARIADIC a integer[])`",
            "OUT argument of a function, or INOUT or VARIADIC argument `outward(OUT a integer)`",
            "SECURITY DEFINER routine in a form that is not modelled `definer(integer)`",
            "event trigger `turned()`",
            "event trigger `watch`",
            "LEAKPROOF routine, which may see rows before row-level security `trusted(a integer)`",
            "argument without a name `definer(integer)`",
            "argument without a name `nameless(integer)`",
            "routine whose body is stored parsed `parsed()`",
            "function in another language `inside(a integer, b integer)`",
            "cost, rows, support or parallel mode of a function `costly()`",
            "setting of a function `set_up()`",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn unsupported_types_sequences_and_other_objects_are_reported() -> TestResult {
    let told = told(
        "CREATE ROLE odd_reader;
        CREATE DOMAIN strict AS integer NOT NULL;
        CREATE DOMAIN unsure AS integer; ALTER DOMAIN unsure ADD CONSTRAINT positive CHECK (VALUE > 0) NOT VALID;
        CREATE TYPE span AS RANGE (SUBTYPE = float8);
        CREATE TYPE mood AS ENUM ('ok'); GRANT USAGE ON TYPE mood TO odd_reader;
        CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (START 100), b serial, c integer);
        ALTER SEQUENCE t_b_seq CACHE 10;
        CREATE SEQUENCE kept OWNED BY t.c;
        CREATE INDEX t_c ON t (c);
        COMMENT ON INDEX t_c IS 'Why.'; COMMENT ON SEQUENCE kept IS 'Why.';
        COMMENT ON SCHEMA public IS 'Ours.';
        GRANT SELECT ON t TO odd_reader WITH GRANT OPTION;
        CREATE COLLATION german (provider = libc, locale = 'C');",
    )
    .await?;
    assert_eq!(
        told,
        [
            "comment `kept`",
            "comment `public`",
            "comment `t_c`",
            "default, collation or `NOT NULL` of a domain `strict`",
            "right to grant a right `t for odd_reader`",
            "constraint that is not validated `unsure.positive`",
            "object of another kind `collation german`",
            "type of another kind `span`",
            "sequence that belongs to a column `kept`",
            "option of the sequence of a column `t_a_seq`",
            "option of the sequence of a column `t_b_seq`",
            "right on a type `mood`",
        ]
    );
    Ok(())
}

/// PostgreSQL enforces each foreign key with triggers, which can be disabled like any other trigger.
#[tokio::test]
async fn constraints_that_are_not_enforced_are_reported() -> TestResult {
    let told = told(
        "CREATE TABLE parent (a integer PRIMARY KEY);
        CREATE TABLE child (a integer CONSTRAINT held REFERENCES parent);
        ALTER TABLE child DISABLE TRIGGER ALL;",
    )
    .await?;
    assert_eq!(
        told,
        ["constraint that is not enforced, or whose triggers are disabled `child.held`"]
    );
    Ok(())
}

/// A sequence that is unlogged together with its table is not reported separately.
#[tokio::test]
async fn unlogged_sequences_are_reported() -> TestResult {
    let told = told(
        "CREATE UNLOGGED SEQUENCE lost; CREATE UNLOGGED TABLE gone (a integer GENERATED ALWAYS AS IDENTITY);",
    );
    assert_eq!(
        told.await?,
        [
            "unlogged table or sequence `gone`",
            "unlogged table or sequence `lost`",
        ]
    );
    Ok(())
}

/// Objects and settings of the database itself, outside of its PostgreSQL schemas.
#[tokio::test]
async fn settings_of_the_database_are_reported() -> TestResult {
    let told = told(
        "CREATE PUBLICATION changes; CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
        CREATE TYPE mood AS ENUM ('ok'); CREATE CAST (text AS mood) WITH INOUT AS IMPLICIT;
        CREATE OPERATOR FAMILY alone USING btree;
        CREATE TEXT SEARCH TEMPLATE plain (LEXIZE = dsimple_lexize);
        DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 1024', current_database()); END $$;
        DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database()); END $$;",
    )
    .await?;
    assert_eq!(
        told,
        [
            "object of another kind `cast text to public.mood`",
            "object of another kind `foreign server files`",
            "object of another kind `operator family alone`",
            "object of another kind `publication changes`",
            "object of another kind `text search template plain`",
            "setting of a role or of the database `work_mem=1024`",
            "setting that disables triggers `session_replication_role=replica`",
        ]
    );
    Ok(())
}

/// Schemas that were not requested are reported, and those of extensions are not.
#[tokio::test]
async fn schemas_that_are_not_inspected_are_reported() -> TestResult {
    let sql = "CREATE SCHEMA empty; CREATE SCHEMA full_of; CREATE TABLE full_of.t (a integer); CREATE SCHEMA typed;
        CREATE TYPE typed.mood AS ENUM ('ok'); CREATE SCHEMA of_extension; CREATE EXTENSION citext SCHEMA of_extension;
        CREATE SCHEMA seen; CREATE TABLE seen.t (a integer);";
    let what = Inspection::default().and_namespaces(["seen"]);
    let found = inspected(&database(sql)?, &what).await?;
    assert_eq!(found.other_namespaces, ["full_of", "typed"]);
    Ok(())
}
