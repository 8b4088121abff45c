//! Indexes, constraints and partitions.

use super::{Case, case};

pub(super) const CASES: &[Case] = &[
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
        &[
            ("CREATE INDEX a ON events (user_id);", 1),
            (
                "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON events_2024 (at);\nCREATE INDEX a ON events (user_id);",
                3,
            ),
        ],
        &[
            "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON events_2024 (user_id);\nCREATE INDEX a ON events (user_id);",
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
            // An index that is not a constraint cannot be used.
            (
                "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY i ON events_2024 (id, at);\nALTER TABLE events ADD CONSTRAINT c UNIQUE (id, at);",
                3,
            ),
        ],
        &[
            "-- no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY i ON events_2024 (id, at);\nALTER TABLE events_2024 ADD CONSTRAINT i UNIQUE USING INDEX i;\nALTER TABLE events ADD CONSTRAINT c UNIQUE (id, at);",
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
        "PT01",
        &[("ALTER TABLE events DETACH PARTITION events_2024;", 1)],
        &["-- no-transaction\nALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;"],
    ),
    case(
        "PT02",
        &[
            (
                "ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
                1,
            ),
            // These checks do not prove the other end, are not about the key, or prove too little.
            (
                "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at < '2024-01-01');\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
                2,
            ),
            (
                "ALTER TABLE old_events ADD CONSTRAINT c CHECK (id > 0);\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
                2,
            ),
            (
                "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at >= '2022-12-01' AND at < '2024-01-01');\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
                2,
            ),
            (
                "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at >= '2023-01-01' AND at < '2024-01-01') NOT VALID;\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
                2,
            ),
            (
                "ALTER TABLE old_events ALTER at DROP NOT NULL;\nALTER TABLE old_events ADD CONSTRAINT c CHECK (at >= '2023-01-01' AND at < '2024-01-01');\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
                3,
            ),
        ],
        &[
            "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at < '2024-01-01'::date AND (DATE '2023-01-01' <= at));\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
            "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at >= '2023-02-01' AND at < '2023-03-01');\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
            "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at > '2023-01-01' AND at <= '2023-12-31');\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');",
            "CREATE TABLE p (k integer) PARTITION BY LIST (k);\nALTER TABLE old_events ADD k integer NOT NULL, ADD CONSTRAINT c CHECK (k IN (1, 2));\nALTER TABLE p ATTACH PARTITION old_events FOR VALUES IN (1, 2, 3);",
            "ALTER TABLE old_events ADD CONSTRAINT c CHECK (at < '2024-01-01');\nALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM (MINVALUE) TO ('2024-01-01');",
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
];
