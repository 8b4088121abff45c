//! Roles, owners, policies, and objects that are found by their names.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "SE01",
        &[
            ("ALTER TABLE tasks OWNER TO somebody;", 1),
            ("ALTER FUNCTION f(integer)\n  OWNER TO somebody;", 2),
            ("ALTER VIEW seen OWNER TO somebody;", 1),
            ("ALTER SCHEMA app OWNER TO somebody;", 1),
            ("ALTER TYPE mood OWNER TO somebody;", 1),
            ("ALTER SEQUENCE numbers OWNER TO somebody;", 1),
            ("ALTER DATABASE shop OWNER TO somebody;", 1),
            ("ALTER MATERIALIZED VIEW totals OWNER TO somebody;", 1),
            ("REASSIGN OWNED BY somebody TO other;", 1),
        ],
        &[
            "ALTER TABLE fresh OWNER TO somebody;",
            "CREATE SCHEMA app;\nALTER SCHEMA app OWNER TO somebody;",
            "CREATE FUNCTION g(integer) RETURNS int LANGUAGE sql AS 'SELECT 1';\nALTER FUNCTION g(integer) OWNER TO somebody;",
            "CREATE TYPE size AS ENUM ('s');\nALTER TYPE size OWNER TO somebody;",
        ],
    ),
    case(
        "SE02",
        &[
            ("CREATE ROLE app LOGIN SUPERUSER;", 1),
            ("CREATE USER app WITH\n  BYPASSRLS;", 2),
            ("ALTER ROLE app CREATEROLE;", 1),
            ("ALTER USER app WITH REPLICATION;", 1),
            (
                "DO $$ BEGIN\n  CREATE ROLE app SUPERUSER;\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND $$;",
                2,
            ),
        ],
        &[
            "CREATE ROLE app LOGIN;",
            "CREATE ROLE app NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION;",
            "ALTER ROLE app SET search_path = app;",
            "CREATE ROLE \"superuser\";",
        ],
    ),
    case(
        "SE03",
        &[
            ("GRANT readers TO app;", 1),
            ("GRANT pg_read_all_data TO app WITH ADMIN OPTION;", 1),
            ("CREATE ROLE app LOGIN\n  IN ROLE admin;", 2),
            ("CREATE ROLE readers ROLE app;", 1),
            ("ALTER GROUP readers ADD USER app;", 1),
        ],
        &[
            "GRANT SELECT ON tasks TO app;",
            "REVOKE readers FROM app;",
            "CREATE ROLE app LOGIN;",
            "ALTER GROUP readers DROP USER app;",
        ],
    ),
    case(
        "SE04",
        &[
            (
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql\nSECURITY DEFINER AS 'SELECT 1';",
                2,
            ),
            (
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET work_mem = '1MB' AS 'SELECT 1';",
                1,
            ),
            (
                "CREATE PROCEDURE f() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';",
                1,
            ),
            ("ALTER FUNCTION f() SECURITY DEFINER;", 1),
        ],
        &[
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';\nALTER FUNCTION f() SET search_path = app, pg_temp;",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
            "ALTER FUNCTION f() SECURITY INVOKER;",
        ],
    ),
    case(
        "SE05",
        &[
            ("CREATE POLICY p ON tasks\n  USING (true);", 2),
            (
                "CREATE POLICY p ON fresh FOR SELECT TO app USING ((TRUE));",
                1,
            ),
            ("CREATE POLICY p ON tasks FOR INSERT WITH CHECK (true);", 1),
            ("ALTER POLICY p ON tasks USING (true);", 1),
        ],
        &[
            "CREATE POLICY p ON tasks USING (user_id = 1);",
            "CREATE POLICY p ON tasks AS RESTRICTIVE USING (true);",
            "ALTER POLICY p ON tasks RENAME TO q;",
        ],
    ),
    case(
        "SE06",
        &[
            (
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app;",
                1,
            ),
            (
                "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;",
                1,
            ),
        ],
        &["GRANT SELECT ON ALL TABLES IN SCHEMA public TO app;"],
    ),
    case(
        "SE07",
        &[("DROP ROLE app;", 1), ("DROP USER IF EXISTS app;", 1)],
        &["CREATE ROLE app;", "DROP TABLE tasks;"],
    ),
    case(
        "SE08",
        &[
            ("CREATE ROLE app LOGIN PASSWORD 'secret';", 1),
            ("ALTER USER app\n  ENCRYPTED PASSWORD 'secret';", 2),
            (
                "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'a', password 'secret');",
                1,
            ),
        ],
        &[
            "CREATE ROLE app LOGIN;",
            "ALTER ROLE app PASSWORD NULL;",
            "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'a');",
        ],
    ),
    case(
        "SE09",
        &[
            ("COPY tasks FROM PROGRAM 'cat /etc/passwd';", 1),
            ("COPY tasks TO PROGRAM 'sh';", 1),
            ("LOAD 'auto_explain';", 1),
            (
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return 1';",
                1,
            ),
            (
                "CREATE FUNCTION f() RETURNS int AS 'lib', 'f' LANGUAGE C;",
                1,
            ),
        ],
        &[
            "COPY tasks FROM '/tmp/tasks.csv';",
            "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';",
        ],
    ),
    case(
        "SE10",
        &[
            (
                "ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;\nCREATE VIEW v AS SELECT * FROM tasks;",
                2,
            ),
            (
                "ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;\nCREATE MATERIALIZED VIEW v AS\nSELECT 1 FROM users JOIN tasks ON true;",
                3,
            ),
            ("ALTER VIEW seen RESET (security_invoker);", 1),
            ("ALTER VIEW seen SET (security_barrier = false);", 1),
        ],
        &[
            "ALTER VIEW seen SET (security_invoker = true);",
            "ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;\nCREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM tasks;",
            "ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;\nCREATE VIEW v AS SELECT * FROM users;",
            "CREATE VIEW v AS SELECT * FROM tasks;",
        ],
    ),
    case(
        "SE11",
        &[
            ("ALTER ROLE app SET statement_timeout = '3s';", 1),
            ("ALTER DATABASE shop\n  SET search_path = app;", 2),
            ("ALTER USER app RESET ALL;", 1),
            ("ALTER SYSTEM SET work_mem = '1MB';", 1),
        ],
        &[
            "SET LOCAL statement_timeout = '3s';",
            "ALTER ROLE app NOLOGIN;",
            "ALTER FUNCTION f() SET search_path = '';",
        ],
    ),
    case(
        "DS14",
        &[
            ("ALTER SEQUENCE numbers RESTART;", 1),
            ("ALTER SEQUENCE numbers\n  RESTART WITH 1;", 2),
            ("ALTER TABLE tasks ALTER id RESTART WITH 1;", 1),
        ],
        &[
            "ALTER SEQUENCE numbers INCREMENT 2;",
            "CREATE SEQUENCE other;\nALTER SEQUENCE other RESTART WITH 100;",
        ],
    ),
    case(
        "BC17",
        &[
            ("ALTER TABLE tasks ALTER n DROP DEFAULT;", 1),
            ("ALTER TABLE tasks ALTER id DROP IDENTITY;", 1),
            ("ALTER TABLE tasks ALTER n DROP EXPRESSION;", 1),
            (
                "ALTER TABLE tasks ADD a integer NOT NULL DEFAULT 0;\nALTER TABLE tasks ALTER a DROP DEFAULT;",
                2,
            ),
        ],
        &[
            "ALTER TABLE tasks ALTER n DROP DEFAULT, ALTER n TYPE bigint, ALTER n SET DEFAULT 1;",
            "ALTER TABLE tasks ALTER n DROP DEFAULT;\nALTER TABLE tasks ALTER n SET DEFAULT 2;",
            "ALTER TABLE fresh ALTER n DROP DEFAULT;",
        ],
    ),
    case(
        "DS13",
        &[("DROP OWNED BY somebody;", 1)],
        &["REASSIGN OWNED BY somebody TO other;"],
    ),
    case(
        "BC13",
        &[
            ("DROP TRIGGER audit ON tasks;", 1),
            ("DROP RULE swallow ON tasks;", 1),
            ("DROP EVENT TRIGGER guard;", 1),
            (
                "DROP TRIGGER audit ON tasks;\nCREATE TRIGGER other BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION f();",
                1,
            ),
        ],
        &[
            "DROP TRIGGER audit ON tasks;\nCREATE TRIGGER audit BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION f();",
            "DROP TRIGGER audit ON tasks;\nDROP TABLE tasks;",
            "DROP TRIGGER audit ON fresh;",
        ],
    ),
    case(
        "BC14",
        &[
            ("DROP FUNCTION f(integer);", 1),
            ("DROP PROCEDURE IF EXISTS app.f;", 1),
            ("DROP AGGREGATE total(integer);", 1),
            ("DROP ROUTINE f;", 1),
        ],
        &[
            "DROP FUNCTION f(integer);\nCREATE FUNCTION f(bigint) RETURNS int LANGUAGE sql AS 'SELECT 1';",
            "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';\nDROP FUNCTION g();",
        ],
    ),
    case(
        "BC15",
        &[("DROP TYPE mood;", 1), ("DROP DOMAIN IF EXISTS amount;", 1)],
        &[
            "DROP TYPE mood;\nCREATE TYPE mood AS ENUM ('sad');",
            "ALTER TYPE mood RENAME TO old_mood;\nCREATE TYPE mood AS ENUM ('sad');\nDROP TYPE old_mood;",
        ],
    ),
    case(
        "BC16",
        &[
            ("ALTER VIEW seen RENAME TO viewed;", 1),
            ("ALTER VIEW seen RENAME COLUMN a TO b;", 1),
            ("ALTER MATERIALIZED VIEW totals RENAME TO sums;", 1),
            ("ALTER FUNCTION f(integer) RENAME TO g;", 1),
            ("ALTER TYPE mood RENAME TO feeling;", 1),
            ("ALTER TYPE pair RENAME ATTRIBUTE a TO b;", 1),
            ("ALTER DOMAIN amount SET SCHEMA app;", 1),
            ("ALTER SEQUENCE numbers RENAME TO counts;", 1),
        ],
        &[
            "ALTER TYPE mood RENAME TO old_mood;\nCREATE TYPE mood AS ENUM ('sad');",
            "CREATE TYPE pair AS (a integer);\nALTER TYPE pair RENAME TO two;",
            "ALTER TABLE tasks RENAME n TO m;",
            "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
        ],
    ),
];
