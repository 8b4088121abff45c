//! Statements that lock or rewrite a table.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
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
        &[
            (
                "ALTER TABLE tasks ADD a integer GENERATED ALWAYS AS (n * 2) STORED;",
                1,
            ),
            ("ALTER TABLE tasks ALTER n SET EXPRESSION AS (id * 2);", 1),
        ],
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
            ("ALTER TABLE tasks ALTER at TYPE timestamp;", 1),
            (
                "SET timezone = 'UTC';\nALTER TABLE tasks ALTER at TYPE timestamp USING at AT TIME ZONE 'Asia/Tokyo';",
                2,
            ),
        ],
        &[
            "ALTER TABLE tasks ALTER note TYPE text;",
            "ALTER TABLE tasks ALTER note TYPE text USING note::text;",
            "ALTER TABLE tasks ALTER note TYPE varchar(40);",
            "ALTER TABLE tasks ALTER price TYPE numeric(10, 2);",
            "ALTER TABLE tasks ALTER price TYPE numeric;",
            "ALTER TABLE tasks ALTER address TYPE inet;",
            "SET timezone = 'UTC';\nALTER TABLE tasks ALTER at TYPE timestamp;",
            "SET TIME ZONE 'UTC';\nALTER TABLE tasks ALTER at TYPE timestamp USING at;",
            "SET LOCAL timezone TO 'utc';\nALTER TABLE tasks ALTER at TYPE timestamp;",
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
            (
                "ALTER TABLE tasks ADD a integer;\nDO $$ BEGIN PERFORM f(id) FROM users; END $$;",
                2,
            ),
            (
                "ALTER TABLE tasks ADD a integer;\nDO $$ BEGIN\n UPDATE users SET name = '' WHERE id = 1;\nEND $$;",
                3,
            ),
            ("DROP TABLE old_events;\nINSERT INTO users SELECT 1;", 2),
        ],
        &[
            "ALTER TABLE tasks ADD a integer;\nCREATE TABLE other (id bigint PRIMARY KEY);",
            "UPDATE users SET name = '' WHERE id = 1;\nALTER TABLE tasks ADD a integer;",
            "ALTER TABLE tasks ADD a integer;\nINSERT INTO users (id) VALUES (1);",
            "ALTER TABLE fresh ADD a integer;\nUPDATE users SET name = '' WHERE id = 1;",
            "ALTER TABLE tasks ADD a integer;\nCREATE INDEX a ON fresh (n);",
            "ALTER TABLE tasks ADD a integer;\nDO $$ BEGIN END $$;",
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
            (
                "ALTER TABLE tasks\n  ADD COLUMN editor_id bigint REFERENCES users;",
                2,
            ),
        ],
        &[
            "ALTER TABLE tasks ADD COLUMN parent_id bigint REFERENCES tasks;",
            "ALTER TABLE tasks ADD COLUMN fresh_id bigint REFERENCES fresh;",
            "ALTER TABLE fresh ADD COLUMN a bigint REFERENCES users;",
            "ALTER TABLE tasks ADD CONSTRAINT c FOREIGN KEY (n) REFERENCES users NOT VALID;",
            "CREATE TABLE other (id bigint PRIMARY KEY, fresh_id bigint REFERENCES fresh);",
            "CREATE TABLE other (id bigint PRIMARY KEY, user_id bigint);",
        ],
    ),
    case(
        "LK22",
        &[("LOCK TABLE tasks;", 1), ("LOCK tasks IN SHARE MODE;", 1)],
        &["SELECT 1 FROM tasks FOR UPDATE;"],
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
];
