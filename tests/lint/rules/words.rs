//! Rows, names, enums, transactions, types, and changes that break a release.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
    case(
        "DS01",
        &[
            ("DROP TABLE tasks;", 1),
            ("DROP TABLE old_events,\n  tasks;", 1),
        ],
        &["DROP TABLE fresh;"],
    ),
    case(
        "DS02",
        &[
            ("ALTER TABLE tasks DROP COLUMN n;", 1),
            ("ALTER TABLE tasks\n  DROP note;", 2),
        ],
        &[
            "ALTER TABLE fresh DROP COLUMN n;",
            "ALTER TABLE tasks DROP CONSTRAINT short;",
        ],
    ),
    case("DS03", &[("DROP SCHEMA app;", 1)], &["CREATE SCHEMA app;"]),
    case(
        "DS04",
        &[("-- no-transaction\nDROP DATABASE app;", 2)],
        &["DROP TABLE tasks;"],
    ),
    case(
        "DS05",
        &[("TRUNCATE tasks;", 1), ("TRUNCATE TABLE users CASCADE;", 1)],
        &["TRUNCATE fresh;"],
    ),
    case(
        "DS06",
        &[
            ("UPDATE tasks SET n = 1;", 1),
            ("DELETE FROM tasks;", 1),
            (
                "WITH gone AS (\n  DELETE FROM tasks RETURNING *\n) SELECT 1;",
                2,
            ),
        ],
        &[
            "UPDATE tasks SET n = 1 WHERE n IS NULL;",
            "DELETE FROM tasks WHERE id = 1;",
            "UPDATE fresh SET n = 1;",
            "DELETE FROM fresh;",
            "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM tasks; END;",
        ],
    ),
    case(
        "DS12",
        &[
            (
                "MERGE INTO tasks t USING users u ON t.user_id = u.id\nWHEN MATCHED THEN DELETE;",
                2,
            ),
            (
                "WITH u AS (SELECT 1 AS id)\nMERGE INTO tasks t USING u ON t.id = u.id\nWHEN NOT MATCHED BY SOURCE AND t.n = 1 THEN DELETE;",
                3,
            ),
        ],
        &[
            "MERGE INTO tasks t USING users u ON t.user_id = u.id WHEN MATCHED THEN UPDATE SET n = 1;",
            "MERGE INTO fresh t USING users u ON t.user_id = u.id WHEN MATCHED THEN DELETE;",
        ],
    ),
    case(
        "DS07",
        &[
            ("ALTER TABLE tasks DROP COLUMN at;", 1),
            ("ALTER TABLE tasks DROP COLUMN small;", 1),
        ],
        &[
            "ALTER TABLE tasks DROP COLUMN note;",
            "ALTER TABLE tasks DROP COLUMN title;",
        ],
    ),
    case(
        "DS08",
        &[
            ("ALTER TABLE tasks ALTER note TYPE varchar(10);", 1),
            ("ALTER TABLE tasks ALTER price TYPE integer;", 1),
        ],
        &[
            "ALTER TABLE tasks ALTER n TYPE bigint;",
            "ALTER TABLE tasks ALTER note TYPE text;",
            "ALTER TABLE tasks ALTER at TYPE timestamp;",
        ],
    ),
    case(
        "DS09",
        &[("DROP SEQUENCE numbers;", 1)],
        &["CREATE SEQUENCE other;"],
    ),
    case(
        "DS10",
        &[(
            "ALTER TABLE tasks DROP COLUMN n;\nALTER TABLE tasks ADD COLUMN n text;",
            2,
        )],
        &["ALTER TABLE tasks DROP COLUMN n;\nALTER TABLE tasks ADD COLUMN m text;"],
    ),
    case(
        "BC01",
        &[
            ("ALTER TABLE tasks RENAME TO jobs;", 1),
            (
                "ALTER TABLE tasks RENAME TO jobs;\nCREATE VIEW other AS SELECT * FROM jobs;",
                1,
            ),
        ],
        &[
            "ALTER TABLE tasks RENAME TO jobs;\nCREATE VIEW tasks AS SELECT * FROM jobs;",
            "ALTER TABLE fresh RENAME TO fresher;",
        ],
    ),
    case(
        "BC02",
        &[("ALTER TABLE tasks RENAME COLUMN n TO m;", 1)],
        &[
            "ALTER TABLE fresh RENAME COLUMN n TO m;",
            "ALTER TABLE tasks RENAME CONSTRAINT short TO s;",
        ],
    ),
    case(
        "BC03",
        &[
            ("ALTER SCHEMA app RENAME TO other;", 1),
            ("ALTER TABLE tasks SET SCHEMA app;", 1),
        ],
        &[
            "ALTER SCHEMA app OWNER TO somebody;",
            "ALTER TABLE fresh SET SCHEMA app;",
        ],
    ),
    case(
        "BC04",
        &[("ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';", 1)],
        &["ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';"],
    ),
    case(
        "BC05",
        &[("ALTER TABLE tasks ALTER n DROP NOT NULL;", 1)],
        &[
            "ALTER TABLE fresh ALTER n DROP NOT NULL;",
            "ALTER TABLE tasks ALTER n DROP DEFAULT;",
        ],
    ),
    case(
        "BC06",
        &[("ALTER TABLE tasks ALTER n SET DEFAULT 1;", 1)],
        &["ALTER TABLE fresh ALTER n SET DEFAULT 1;"],
    ),
    case(
        "BC07",
        &[
            ("ALTER TABLE tasks REPLICA IDENTITY FULL;", 1),
            ("ALTER TABLE tasks REPLICA IDENTITY NOTHING;", 1),
        ],
        &[
            "ALTER TABLE tasks REPLICA IDENTITY USING INDEX i;",
            "ALTER TABLE tasks REPLICA IDENTITY DEFAULT;",
        ],
    ),
    case(
        "BC08",
        &[
            ("ALTER EXTENSION hstore UPDATE TO '2.0';", 1),
            ("DROP EXTENSION hstore;", 1),
        ],
        &["CREATE EXTENSION hstore;"],
    ),
    case(
        "BC09",
        &[
            ("ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;", 1),
            ("REVOKE SELECT ON tasks FROM somebody;", 1),
            ("DROP POLICY p ON tasks;", 1),
            ("GRANT ALL ON tasks TO PUBLIC;", 1),
            ("CREATE POLICY p ON tasks USING (id = 1);", 1),
            ("ALTER POLICY p ON tasks USING (id = 1);", 1),
            ("ALTER TABLE tasks DISABLE ROW LEVEL SECURITY;", 1),
            ("ALTER TABLE tasks FORCE ROW LEVEL SECURITY;", 1),
            ("ALTER TABLE tasks NO FORCE ROW LEVEL SECURITY;", 1),
        ],
        &[
            "ALTER TABLE fresh ENABLE ROW LEVEL SECURITY;",
            "DROP POLICY p ON tasks;\nDROP TABLE tasks;",
            "CREATE POLICY p ON fresh USING (id = 1);",
            "CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';\nREVOKE EXECUTE ON FUNCTION g() FROM PUBLIC;",
            "REVOKE ALL ON fresh FROM PUBLIC;",
            "GRANT SELECT ON tasks TO somebody;",
        ],
    ),
    case(
        "BC10",
        &[
            ("ALTER TABLE tasks ALTER n SET NOT NULL;", 1),
            (
                "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0) NOT VALID;",
                1,
            ),
            (
                "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES users NOT VALID;",
                1,
            ),
        ],
        &["ALTER TABLE fresh ALTER n SET NOT NULL;"],
    ),
    case(
        "BC11",
        &[
            ("ALTER TABLE tasks DISABLE TRIGGER ALL;", 1),
            ("ALTER TABLE tasks ENABLE REPLICA TRIGGER audit;", 1),
            ("SET session_replication_role = replica;", 1),
            ("SET LOCAL session_replication_role TO 'replica';", 1),
            (
                "SELECT set_config('session_replication_role', 'replica', true);",
                1,
            ),
            (
                "ALTER ROLE app\n SET session_replication_role = 'replica';",
                2,
            ),
            (
                "CREATE RULE swallow AS ON DELETE TO tasks DO INSTEAD NOTHING;",
                1,
            ),
        ],
        &[
            "ALTER TABLE tasks ENABLE TRIGGER ALL;",
            "ALTER TABLE fresh DISABLE TRIGGER ALL;",
            "SET session_replication_role = origin;",
            "SET session_replication_role TO DEFAULT;",
            "RESET session_replication_role;",
            "COMMENT ON TABLE tasks IS 'session_replication_role';",
        ],
    ),
    case(
        "BC12",
        &[
            ("DROP VIEW seen;", 1),
            ("DROP MATERIALIZED VIEW IF EXISTS counted;", 1),
            ("DROP VIEW seen;\nCREATE VIEW other AS SELECT 1;", 1),
        ],
        &[
            "DROP VIEW seen;\nCREATE VIEW seen AS SELECT 1;",
            "CREATE OR REPLACE VIEW seen AS SELECT 1;",
        ],
    ),
    case(
        "DS11",
        &[
            ("DROP TYPE mood CASCADE;", 1),
            ("DROP VIEW seen CASCADE;", 1),
            ("DROP FUNCTION f(integer) CASCADE;", 1),
            ("ALTER TABLE tasks DROP COLUMN note CASCADE;", 1),
        ],
        &[
            "DROP TYPE mood;",
            "DROP VIEW seen RESTRICT;",
            "ALTER TABLE tasks ADD FOREIGN KEY (id) REFERENCES users ON DELETE CASCADE NOT VALID;",
        ],
    ),
    case(
        "EN01",
        &[("ALTER TYPE mood ADD VALUE 'happy';", 1)],
        &["ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';"],
    ),
    case(
        "EN02",
        &[
            (
                "ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';\nINSERT INTO faces VALUES (1, 'happy');",
                2,
            ),
            (
                "ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';\nALTER TABLE tasks ADD m mood DEFAULT 'happy';",
                2,
            ),
        ],
        &[
            "ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';\nALTER TYPE mood ADD VALUE 'glad' AFTER 'happy';",
            "ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';\nCOMMENT ON TYPE mood IS 'happy';",
            "-- no-transaction\nALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';\nINSERT INTO faces VALUES (1, 'happy');",
        ],
    ),
    case(
        "EN03",
        &[("DELETE FROM pg_catalog.pg_enum WHERE enumlabel = 'sad';", 1)],
        &["DELETE FROM tasks WHERE id = 1;"],
    ),
    case(
        "EN04",
        &[("CREATE TYPE size AS ENUM ('s', 'm');", 1)],
        &["CREATE TYPE pair AS (a integer, b integer);"],
    ),
    case(
        "TX01",
        &[
            ("BEGIN;\nSELECT 1;", 1),
            ("SELECT 1;\nCOMMIT;", 2),
            ("-- no-transaction\nCOMMIT;", 2),
            ("-- no-transaction\nBEGIN;\nBEGIN;\nCOMMIT;", 3),
        ],
        &[
            "-- no-transaction\nBEGIN;\nSELECT 1;\nCOMMIT;",
            "SAVEPOINT s;\nROLLBACK TO SAVEPOINT s;",
        ],
    ),
    case(
        "TX02",
        &[("-- no-transaction\nBEGIN;\nSELECT 1;", 2)],
        &["-- no-transaction\nBEGIN;\nSELECT 1;\nCOMMIT;"],
    ),
    case(
        "TX03",
        &[
            ("VACUUM tasks;", 1),
            ("SELECT 1;\nALTER SYSTEM SET work_mem = '1MB';", 2),
            (
                "-- no-transaction\nSET lock_timeout = 0;\nCREATE INDEX CONCURRENTLY a ON tasks (n);",
                3,
            ),
        ],
        &["-- no-transaction\nVACUUM tasks;", "SELECT 1;\nSELECT 2;"],
    ),
    case(
        "TX05",
        &[
            ("DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'tasks'; END $$;", 1),
            (
                "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'tasks'); END $$;",
                1,
            ),
            ("DO LANGUAGE plpython3u $$ pass $$;", 1),
            ("PREPARE p AS SELECT 1;\nEXECUTE p;", 2),
        ],
        &[
            "SELECT 1;",
            "DO $$ BEGIN PERFORM 1; END $$;",
            "DO $$ BEGIN EXECUTE 'DROP TABLE tasks'; END $$;",
        ],
    ),
    case(
        "TX06",
        &[
            ("COPY tasks FROM stdin;\n1\t2\n\\.\n", 1),
            (
                "SELECT 1;\nCOPY tasks (id) FROM STDIN WITH (FORMAT csv);",
                2,
            ),
        ],
        &["COPY tasks FROM '/tmp/stdin';", "COPY tasks TO STDOUT;"],
    ),
    case(
        "TY01",
        &[
            ("CREATE TABLE o (\n  id integer PRIMARY KEY\n);", 2),
            ("CREATE TABLE o (id int2, PRIMARY KEY (id));", 1),
            ("CREATE TABLE o (id serial PRIMARY KEY);", 1),
        ],
        &[
            "CREATE TABLE o (id bigint PRIMARY KEY, n integer);",
            "CREATE TABLE o (id bigserial PRIMARY KEY);",
        ],
    ),
    case(
        "TY02",
        &[("CREATE TABLE o (id bigserial PRIMARY KEY);", 1)],
        &["CREATE TABLE o (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"],
    ),
    case(
        "TY03",
        &[
            ("ALTER TABLE tasks ADD a varchar(10);", 1),
            ("ALTER TABLE tasks ADD a character varying(10);", 1),
        ],
        &[
            "ALTER TABLE tasks ADD a varchar;",
            "ALTER TABLE tasks ADD a text;",
        ],
    ),
    case(
        "TY04",
        &[("ALTER TABLE tasks ADD a char(10);", 1)],
        &[
            "ALTER TABLE tasks ADD a text;",
            "ALTER TABLE tasks ADD a varchar(10);",
        ],
    ),
    case(
        "TY05",
        &[
            ("ALTER TABLE tasks ADD a timestamp;", 1),
            (
                "CREATE TABLE o (id bigint PRIMARY KEY,\n a timestamp without time zone);",
                2,
            ),
        ],
        &[
            "ALTER TABLE tasks ADD a timestamptz;",
            "ALTER TABLE tasks ADD a timestamp with time zone;",
        ],
    ),
    case(
        "TY06",
        &[("ALTER TABLE tasks ADD a json;", 1)],
        &["ALTER TABLE tasks ADD a jsonb;"],
    ),
    case(
        "TY08",
        &[
            ("ALTER TABLE tasks ADD a timestamptz DEFAULT 'now';", 1),
            (
                "CREATE TABLE o (id bigint PRIMARY KEY, a date DEFAULT 'today'::date);",
                1,
            ),
            (
                "ALTER TABLE tasks ALTER at SET DEFAULT 'NOW'::timestamptz;",
                1,
            ),
        ],
        &[
            "ALTER TABLE tasks ADD a timestamptz DEFAULT now();",
            "ALTER TABLE tasks ADD a text DEFAULT 'now or never';",
        ],
    ),
    case(
        "NM07",
        &[(
            "CREATE TABLE a234567890123456789012345678901234567890123456789012345678901234 (id bigint PRIMARY KEY);",
            1,
        )],
        &[
            "CREATE TABLE a23456789012345678901234567890123456789012345678901234567890123 (id bigint PRIMARY KEY);",
        ],
    ),
    case(
        "NM08",
        &[("CREATE TABLE o (id bigint PRIMARY KEY);", 1)],
        &[
            "CREATE TABLE public.o (id bigint PRIMARY KEY);",
            "CREATE TEMP TABLE o (id bigint);",
        ],
    ),
    case(
        "NM10",
        &[
            (
                "CREATE TABLE o (id bigint PRIMARY KEY, a text,\n A text);",
                2,
            ),
            ("UPDATE tasks SET n = 1, n = 2 WHERE id = 1;", 1),
            ("INSERT INTO tasks (id, n, id) VALUES (1, 2, 3);", 1),
        ],
        &[
            "UPDATE tasks SET n = 1, small = 2 WHERE id = 1;",
            "CREATE TABLE o (a text PRIMARY KEY, \"A\" text);",
        ],
    ),
    case(
        "HX07",
        &[("SELECT 1;\nALTER TABEL tasks ADD a integer;", 2)],
        &[
            "SELECT 1;",
            "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
        ],
    ),
];
