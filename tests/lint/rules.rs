//! Each rule: what it finds, with the line, and what it does not.

use freehold::lint::RULES;

use crate::{TestResult, everything, findings};

struct Case {
    rule: &'static str,
    found: &'static [(&'static str, usize)],
    not_found: &'static [&'static str],
}

const fn case(
    rule: &'static str,
    found: &'static [(&'static str, usize)],
    not_found: &'static [&'static str],
) -> Case {
    Case {
        rule,
        found,
        not_found,
    }
}

const NEW: &str = "CREATE TABLE fresh (id bigint PRIMARY KEY, n integer, user_id bigint);\n";

const CASES: &[Case] = &[
    case(
        "LK01",
        &[
            (
                "ALTER TABLE tasks ADD COLUMN a uuid DEFAULT gen_random_uuid();",
                1,
            ),
            (
                "ALTER TABLE tasks\n  ADD a timestamptz NOT NULL DEFAULT clock_timestamp();",
                2,
            ),
            (
                "ALTER TABLE tasks ADD a integer DEFAULT (random() * 10)::integer;",
                1,
            ),
            (
                "ALTER TABLE tasks ADD a integer DEFAULT own_function(1);",
                1,
            ),
        ],
        &[
            "ALTER TABLE tasks ADD a timestamptz DEFAULT now();",
            "ALTER TABLE tasks ADD a timestamptz DEFAULT CURRENT_TIMESTAMP;",
            "ALTER TABLE tasks ADD a timestamptz DEFAULT (now() + interval '1 day');",
            "ALTER TABLE tasks ADD a numeric(10, 2) DEFAULT '1'::numeric(10, 2);",
            "ALTER TABLE tasks ADD a uuid;",
            "ALTER TABLE tasks ALTER a SET DEFAULT gen_random_uuid();",
            "ALTER TABLE fresh ADD COLUMN a uuid DEFAULT gen_random_uuid();",
        ],
    ),
    case(
        "LK02",
        &[
            ("ALTER TABLE tasks ADD a integer NOT NULL;", 1),
            ("ALTER TABLE tasks ADD a integer NOT NULL DEFAULT NULL;", 1),
        ],
        &[
            "ALTER TABLE tasks ADD a integer NOT NULL DEFAULT 1;",
            "ALTER TABLE tasks ADD a bigserial NOT NULL;",
            "ALTER TABLE tasks ADD a integer;",
            "ALTER TABLE fresh ADD a integer NOT NULL;",
        ],
    ),
    case(
        "LK03",
        &[
            ("ALTER TABLE tasks ADD a bigserial;", 1),
            (
                "ALTER TABLE tasks ADD a bigint GENERATED ALWAYS AS IDENTITY;",
                1,
            ),
        ],
        &[
            "ALTER TABLE fresh ADD a bigserial;",
            "CREATE TABLE other (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
        ],
    ),
    case(
        "LK04",
        &[
            ("ALTER TABLE tasks ALTER COLUMN n SET NOT NULL;", 1),
            (
                "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID;\nALTER TABLE tasks ALTER n SET NOT NULL;",
                2,
            ),
            (
                "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0);\nALTER TABLE tasks ALTER n SET NOT NULL;",
                2,
            ),
            (
                "ALTER TABLE tasks ADD CONSTRAINT c CHECK (small IS NOT NULL);\nALTER TABLE tasks ALTER n SET NOT NULL;",
                2,
            ),
        ],
        &[
            "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID;\nALTER TABLE tasks VALIDATE CONSTRAINT c;\nALTER TABLE tasks ALTER n SET NOT NULL;",
            "ALTER TABLE fresh ALTER n SET NOT NULL;",
        ],
    ),
    case(
        "LK05",
        &[(
            "ALTER TABLE tasks ADD a integer GENERATED ALWAYS AS (n * 2) STORED;",
            1,
        )],
        &[
            "ALTER TABLE tasks ADD a integer GENERATED ALWAYS AS (n * 2) VIRTUAL;",
            "ALTER TABLE fresh ADD a integer GENERATED ALWAYS AS (n * 2) STORED;",
        ],
    ),
    case(
        "LK06",
        &[
            ("ALTER TABLE tasks ALTER n TYPE bigint;", 1),
            (
                "ALTER TABLE tasks ALTER COLUMN note SET DATA TYPE varchar(10);",
                1,
            ),
            ("ALTER TABLE tasks ALTER price TYPE numeric(8, 3);", 1),
            ("ALTER TABLE tasks ALTER body TYPE jsonb;", 1),
            (
                "ALTER TABLE tasks ALTER note TYPE text USING lower(note);",
                1,
            ),
            ("ALTER TABLE unknown ALTER a TYPE bigint;", 1),
        ],
        &[
            "ALTER TABLE tasks ALTER note TYPE text;",
            "ALTER TABLE tasks ALTER note TYPE text USING note::text;",
            "ALTER TABLE tasks ALTER note TYPE varchar(40);",
            "ALTER TABLE tasks ALTER price TYPE numeric(10, 2);",
            "ALTER TABLE tasks ALTER price TYPE numeric;",
            "ALTER TABLE tasks ALTER address TYPE inet;",
            "ALTER TABLE fresh ALTER n TYPE bigint;",
        ],
    ),
    case(
        "LK07",
        &[
            ("ALTER TABLE tasks SET UNLOGGED;", 1),
            ("ALTER TABLE tasks SET LOGGED;", 1),
        ],
        &["ALTER TABLE fresh SET UNLOGGED;"],
    ),
    case(
        "LK08",
        &[("ALTER TABLE tasks SET ACCESS METHOD heap2;", 1)],
        &["ALTER TABLE fresh SET ACCESS METHOD heap2;"],
    ),
    case(
        "LK09",
        &[
            ("VACUUM FULL tasks;", 1),
            ("VACUUM (FULL, ANALYZE) tasks;", 1),
            ("CLUSTER tasks USING tasks_at;", 1),
        ],
        &[
            "VACUUM tasks;",
            "VACUUM (ANALYZE) tasks;",
            "CLUSTER fresh USING fresh_pkey;",
        ],
    ),
    case(
        "LK10",
        &[(
            "CREATE TRIGGER a BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION f();",
            1,
        )],
        &["CREATE TRIGGER a BEFORE UPDATE ON fresh FOR EACH ROW EXECUTE FUNCTION f();"],
    ),
    case(
        "LK11",
        &[
            ("SELECT 1;\nALTER TABLE tasks ADD a integer;", 2),
            (
                "CREATE TABLE other (id bigint PRIMARY KEY, user_id bigint REFERENCES users);",
                1,
            ),
        ],
        &[
            "SET lock_timeout = '3s';\nALTER TABLE tasks ADD a integer;",
            "SET LOCAL lock_timeout TO 3000;\nALTER TABLE tasks ADD a integer;",
            "ALTER TABLE fresh ADD a integer;",
            "ALTER TABLE tasks VALIDATE CONSTRAINT short;",
            "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON tasks (n);",
        ],
    ),
    case(
        "LK12",
        &[("ALTER TABLE tasks ADD a integer;", 1)],
        &["SET statement_timeout = '30s';\nALTER TABLE tasks ADD a integer;"],
    ),
    case(
        "LK13",
        &[
            (
                "ALTER TABLE tasks ADD a integer;\nUPDATE users SET name = '' WHERE id = 1;",
                2,
            ),
            ("ALTER TABLE tasks ADD a integer;\nDO $$ BEGIN END $$;", 2),
            ("DROP TABLE old_events;\nINSERT INTO users SELECT 1;", 2),
        ],
        &[
            "ALTER TABLE tasks ADD a integer;\nCREATE TABLE other (id bigint PRIMARY KEY);",
            "UPDATE users SET name = '' WHERE id = 1;\nALTER TABLE tasks ADD a integer;",
            "ALTER TABLE tasks ADD a integer;\nINSERT INTO users (id) VALUES (1);",
            "ALTER TABLE fresh ADD a integer;\nUPDATE users SET name = '' WHERE id = 1;",
            "ALTER TABLE tasks ADD a integer;\nCREATE INDEX a ON fresh (n);",
        ],
    ),
    case(
        "LK14",
        &[(
            "ALTER TABLE tasks ADD a integer;\nALTER TABLE tasks ADD b integer;",
            2,
        )],
        &[
            "ALTER TABLE tasks ADD a integer, ADD b integer;",
            "ALTER TABLE tasks RENAME n TO m;\nALTER TABLE tasks ADD b integer;",
            "ALTER TABLE fresh ADD a integer;\nALTER TABLE fresh ADD b integer;",
            "ALTER TABLE tasks ADD a integer;\nALTER TABLE users ADD b integer;",
        ],
    ),
    case(
        "LK15",
        &[("REFRESH MATERIALIZED VIEW totals;", 1)],
        &[
            "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;",
            "CREATE MATERIALIZED VIEW sums AS SELECT 1 AS a WITH NO DATA;\nREFRESH MATERIALIZED VIEW sums;",
        ],
    ),
    case(
        "LK16",
        &[("ALTER TABLE tasks ALTER note TYPE text COLLATE \"C\";", 1)],
        &["ALTER TABLE tasks ALTER note TYPE text;"],
    ),
    case(
        "LK17",
        &[("ALTER TABLE tasks ADD a integer CHECK (a > 0);", 1)],
        &[
            "ALTER TABLE tasks ADD a integer;\nALTER TABLE tasks ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
            "ALTER TABLE fresh ADD a integer CHECK (a > 0);",
        ],
    ),
    case(
        "LK18",
        &[
            ("DROP TABLE tasks;", 1),
            ("ALTER TABLE tasks DROP CONSTRAINT tasks_user;", 1),
            ("DROP TABLE events_2024;", 1),
        ],
        &[
            "DROP TABLE old_events;",
            "DROP TABLE tasks, users;",
            "ALTER TABLE tasks DROP CONSTRAINT short;",
        ],
    ),
    case(
        "LK19",
        &[
            (
                "CREATE TABLE other (id bigint PRIMARY KEY, user_id bigint REFERENCES users);",
                1,
            ),
            (
                "CREATE TABLE other (id bigint PRIMARY KEY, user_id bigint, FOREIGN KEY (user_id) REFERENCES public.users (id));",
                1,
            ),
        ],
        &[
            "CREATE TABLE other (id bigint PRIMARY KEY, fresh_id bigint REFERENCES fresh);",
            "CREATE TABLE other (id bigint PRIMARY KEY, user_id bigint);",
        ],
    ),
    case(
        "LK20",
        &[
            (
                "ALTER TABLE tasks ADD a integer;\nALTER TABLE users ADD a integer;",
                2,
            ),
            (
                "ALTER TABLE old_events ADD a integer;\nCREATE TABLE o (id bigint PRIMARY KEY, u bigint REFERENCES users);",
                2,
            ),
        ],
        &[
            "ALTER TABLE tasks ADD a integer;\nALTER TABLE tasks ADD b integer;",
            "ALTER TABLE tasks ADD a integer;\nALTER TABLE fresh ADD a integer;",
            "ALTER TABLE tasks ADD a integer;\nALTER TABLE users VALIDATE CONSTRAINT c;",
            "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES users NOT VALID;",
        ],
    ),
    case(
        "LK21",
        &[
            ("CREATE POLICY p ON tasks USING (true);", 1),
            ("ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;", 1),
            ("ALTER TABLE tasks OWNER TO somebody;", 1),
            ("ALTER TABLE tasks ALTER title SET STORAGE EXTERNAL;", 1),
        ],
        &[
            "CREATE POLICY p ON fresh USING (true);",
            "ALTER TABLE tasks SET (fillfactor = 70);",
        ],
    ),
    case(
        "IX01",
        &[
            ("SELECT 1;\n\nCREATE INDEX a ON tasks (n);", 3),
            ("CREATE UNIQUE INDEX a ON public.\"tasks\" (n);", 1),
        ],
        &[
            "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON tasks (n);",
            "CREATE INDEX a ON fresh (n);",
            "CREATE INDEX a ON \"public\".Fresh (n);",
            "CREATE INDEX a ON events (id);",
        ],
    ),
    case(
        "IX02",
        &[
            ("DROP INDEX tasks_at;", 1),
            ("DROP INDEX IF EXISTS unknown;", 1),
        ],
        &[
            "-- no-transaction\nDROP INDEX CONCURRENTLY tasks_at;",
            "CREATE INDEX a ON fresh (n);\nDROP INDEX a;",
        ],
    ),
    case(
        "IX03",
        &[
            ("CREATE INDEX CONCURRENTLY a ON tasks (n);", 1),
            ("DROP INDEX CONCURRENTLY tasks_at;", 1),
            ("REINDEX INDEX CONCURRENTLY tasks_at;", 1),
            (
                "ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;",
                1,
            ),
            (
                "-- no-transaction\nBEGIN;\nCREATE INDEX CONCURRENTLY a ON tasks (n);\nCOMMIT;",
                3,
            ),
        ],
        &[
            "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON tasks (n);",
            "CREATE INDEX a ON fresh (n);",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;",
        ],
    ),
    case(
        "IX04",
        &[("REINDEX TABLE tasks;", 1), ("REINDEX INDEX tasks_at;", 1)],
        &[
            "-- no-transaction\nREINDEX TABLE CONCURRENTLY tasks;",
            "REINDEX TABLE fresh;",
        ],
    ),
    case(
        "IX05",
        &[("CREATE INDEX a ON events (user_id);", 1)],
        &[
            "CREATE INDEX a ON ONLY events (user_id);",
            "CREATE INDEX a ON tasks (n);",
        ],
    ),
    case(
        "IX06",
        &[("CREATE INDEX a ON fresh (id, n, user_id, (n + 1));", 1)],
        &[
            "CREATE INDEX a ON fresh (id, n, user_id);",
            "CREATE UNIQUE INDEX a ON fresh (id, n, user_id, (n + 1));",
        ],
    ),
    case(
        "IX10",
        &[(
            "-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS a ON tasks (n);",
            2,
        )],
        &[
            "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON tasks (n);",
            "CREATE INDEX IF NOT EXISTS a ON tasks (n);",
        ],
    ),
    case(
        "IX12",
        &[(
            "-- no-transaction\nCREATE INDEX CONCURRENTLY ON tasks (n);",
            2,
        )],
        &[
            "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON tasks (n);",
            "CREATE INDEX ON fresh (n);",
        ],
    ),
    case(
        "IX13",
        &[
            ("ALTER TABLE tasks SET (autovacuum_enabled = false);", 1),
            (
                "CREATE TABLE other (id bigint PRIMARY KEY) WITH (autovacuum_enabled = off);",
                1,
            ),
        ],
        &[
            "ALTER TABLE tasks SET (autovacuum_enabled = true);",
            "ALTER TABLE tasks SET (fillfactor = 70);",
        ],
    ),
    case(
        "CK01",
        &[("ALTER TABLE tasks\n  ADD CONSTRAINT c CHECK (n > 0);", 2)],
        &[
            "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0) NOT VALID;",
            "ALTER TABLE fresh ADD CONSTRAINT c CHECK (n > 0);",
            "ALTER TABLE tasks ADD CONSTRAINT c UNIQUE (n);",
        ],
    ),
    case(
        "CK02",
        &[
            (
                "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES users (id);",
                1,
            ),
            (
                "ALTER TABLE tasks ADD a bigint DEFAULT 1 REFERENCES users;",
                1,
            ),
        ],
        &[
            "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES users (id) NOT VALID;",
            "ALTER TABLE tasks ADD a bigint REFERENCES users;",
            "ALTER TABLE fresh ADD CONSTRAINT c FOREIGN KEY (user_id) REFERENCES users (id);",
        ],
    ),
    case(
        "CK03",
        &[
            (
                "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0) NOT VALID;\nALTER TABLE tasks VALIDATE CONSTRAINT c;",
                2,
            ),
            (
                "ALTER TABLE tasks ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;\nALTER TABLE tasks VALIDATE CONSTRAINT tasks_user_id_fkey;",
                2,
            ),
        ],
        &[
            "ALTER TABLE tasks VALIDATE CONSTRAINT c;",
            "-- no-transaction\nALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0) NOT VALID;\nALTER TABLE tasks VALIDATE CONSTRAINT c;",
            "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT c;",
        ],
    ),
    case(
        "CK04",
        &[
            ("ALTER TABLE tasks ADD CONSTRAINT c UNIQUE (n);", 1),
            ("ALTER TABLE tasks ADD a integer UNIQUE;", 1),
        ],
        &[
            "ALTER TABLE tasks ADD CONSTRAINT c UNIQUE USING INDEX i;",
            "ALTER TABLE fresh ADD CONSTRAINT c UNIQUE (n);",
        ],
    ),
    case(
        "CK05",
        &[
            ("ALTER TABLE old_events ADD PRIMARY KEY (id);", 1),
            ("ALTER TABLE old_events ADD a bigint PRIMARY KEY;", 1),
        ],
        &[
            "ALTER TABLE old_events ADD CONSTRAINT c PRIMARY KEY USING INDEX i;",
            "CREATE TABLE other (id bigint);\nALTER TABLE other ADD PRIMARY KEY (id);",
        ],
    ),
    case(
        "CK07",
        &[(
            "ALTER TABLE tasks ADD CONSTRAINT c EXCLUDE USING gist (n WITH =);",
            1,
        )],
        &["ALTER TABLE fresh ADD CONSTRAINT c EXCLUDE USING gist (n WITH =);"],
    ),
    case(
        "CK08",
        &[
            ("ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0);", 1),
            ("ALTER DOMAIN d SET NOT NULL;", 1),
            ("CREATE DOMAIN d AS integer CHECK (VALUE > 0);", 1),
        ],
        &[
            "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID;",
            "CREATE DOMAIN d AS integer;",
        ],
    ),
    case(
        "CK09",
        &[("ALTER TABLE tasks ALTER title TYPE varchar(40);", 1)],
        &[
            "ALTER TABLE tasks ALTER note TYPE varchar(40);",
            "ALTER TABLE tasks DROP CONSTRAINT short;\nALTER TABLE tasks ALTER title TYPE varchar(40);",
        ],
    ),
    case(
        "CK10",
        &[("ALTER TABLE tasks DROP CONSTRAINT short;", 1)],
        &[
            "ALTER TABLE tasks DROP CONSTRAINT short, ADD CONSTRAINT short CHECK (title <> '-') NOT VALID;",
            "ALTER TABLE tasks ADD CONSTRAINT c CHECK (n IS NOT NULL);\nALTER TABLE tasks DROP CONSTRAINT c;",
            "ALTER TABLE fresh DROP CONSTRAINT fresh_pkey;",
        ],
    ),
    case(
        "CK11",
        &[(
            "ALTER TABLE events ADD CONSTRAINT c FOREIGN KEY (user_id) REFERENCES users NOT VALID;",
            1,
        )],
        &["ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES users NOT VALID;"],
    ),
    case(
        "CK12",
        &[("ALTER TABLE tasks ADD CHECK (n > 0) NOT VALID;", 1)],
        &["ALTER TABLE tasks ADD CONSTRAINT c CHECK (n > 0) NOT VALID;"],
    ),
    case(
        "CK13",
        &[("CREATE TABLE other (id bigint);", 1)],
        &[
            "CREATE TABLE other (id bigint PRIMARY KEY);",
            "CREATE TABLE other (a bigint, b bigint, PRIMARY KEY (a, b));",
            "CREATE TABLE other (id bigint);\nALTER TABLE other ADD PRIMARY KEY (id);",
            "CREATE TEMP TABLE other (id bigint);",
            "CREATE TABLE e PARTITION OF events DEFAULT;",
            "CREATE TABLE other (LIKE tasks INCLUDING ALL);",
        ],
    ),
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
        &[("UPDATE tasks SET n = 1;", 1), ("DELETE FROM tasks;", 1)],
        &[
            "UPDATE tasks SET n = 1 WHERE n IS NULL;",
            "DELETE FROM tasks WHERE id = 1;",
            "UPDATE fresh SET n = 1;",
            "DELETE FROM fresh;",
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
        ],
        &[
            "ALTER TABLE fresh ENABLE ROW LEVEL SECURITY;",
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
        ],
        &["ALTER TABLE fresh ALTER n SET NOT NULL;"],
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
        &[("DO $$ BEGIN PERFORM 1; END $$;", 1)],
        &["SELECT 1;"],
    ),
    case(
        "PT01",
        &[("ALTER TABLE events DETACH PARTITION events_2024;", 1)],
        &["-- no-transaction\nALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;"],
    ),
    case(
        "PT02",
        &[(
            "ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
            1,
        )],
        &[
            "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at < '2024-01-01');\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
            "ALTER TABLE events ATTACH PARTITION fresh FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
        ],
    ),
    case(
        "PT03",
        &[(
            "CREATE TABLE e PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
            1,
        )],
        &[
            "CREATE TABLE p (a bigint PRIMARY KEY) PARTITION BY RANGE (a);\nCREATE TABLE q PARTITION OF p DEFAULT;",
        ],
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

/// In front of each case stands a file that makes the table `fresh`.
fn of_rule(rule: &str, sql: &str) -> Result<Vec<usize>, Box<dyn std::error::Error>> {
    let findings = findings(&[NEW, sql], &everything())?;
    let of_file = findings
        .iter()
        .filter(|it| it.path.ends_with("3_it.up.sql"));
    let of_rule = of_file.filter(|it| it.rule.id == rule);
    Ok(of_rule.map(|it| it.line).collect())
}

#[test]
fn a_rule_finds_what_it_is_for() -> TestResult {
    for case in CASES {
        for (sql, line) in case.found {
            let found = of_rule(case.rule, sql)?;
            assert!(
                found.contains(line),
                "{} is not found in line {line}, but in {found:?}: {sql}",
                case.rule
            );
        }
    }
    Ok(())
}

#[test]
fn a_rule_finds_nothing_else() -> TestResult {
    for case in CASES {
        for sql in case.not_found {
            let found = of_rule(case.rule, sql)?;
            assert!(
                found.is_empty(),
                "{} is found in line {found:?}: {sql}",
                case.rule
            );
        }
    }
    Ok(())
}

#[test]
fn what_is_written_can_be_read() -> TestResult {
    for case in CASES.iter().filter(|case| case.rule != "HX07") {
        let found = case.found.iter().map(|(sql, _)| sql);
        for sql in found.chain(case.not_found) {
            assert_eq!(of_rule("HX07", sql)?, [0_usize; 0], "{sql}");
        }
    }
    Ok(())
}

#[test]
fn every_rule_has_a_case() {
    // These are about comments and files, and have tests of their own.
    const OTHERS: [&str; 2] = ["HX05", "HX06"];
    for rule in RULES {
        let has = CASES.iter().any(|case| {
            case.rule == rule.id && !case.found.is_empty() && !case.not_found.is_empty()
        });
        assert!(has || OTHERS.contains(&rule.id), "{} has no case", rule.id);
    }
}

#[test]
fn an_id_is_said_once_and_everything_is_explained() {
    for (index, rule) in RULES.iter().enumerate() {
        assert!(
            !RULES[..index]
                .iter()
                .any(|it| it.id == rule.id || it.name == rule.name),
            "{}",
            rule.id
        );
        for text in [rule.summary, rule.why, rule.instead] {
            assert!(!text.is_empty(), "{} does not say all", rule.id);
        }
    }
}
