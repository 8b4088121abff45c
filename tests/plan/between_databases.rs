//! Plans from one inspected database to another: hand-written objects that no struct describes.

use freehold::inspect::Inspection;
use freehold::plan::{HazardKind, Plan};
use freehold::{Postgres, Schema};

use crate::server::{Failure, Place};

/// The schema that the statements create, and the facts of its catalog.
async fn made(place: &mut Place, sql: &str) -> Result<(Schema, Vec<String>), Failure> {
    place.empty().await?;
    place.run(sql).await?;
    let what = Inspection::default().namespaces(["public", "app"]);
    let schema = place.find(&what).await?;
    Ok((schema, place.catalog().await?))
}

/// Runs the plan from `old` to `new`, back, and forward again. Returns the plan.
fn there_and_back(old: &str, new: &str) -> Result<Plan, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut place = Place::new("between").await?;
        let (to, new_facts) = made(&mut place, new).await?;
        let (from, old_facts) = made(&mut place, old).await?;
        let plan = Plan::between(&from, &to, &Postgres);
        for _ in 0..2 {
            place.up(&plan).await?;
            assert_eq!(place.catalog().await?, new_facts, "there");
            place.down(&plan).await?;
            assert_eq!(place.catalog().await?, old_facts, "back");
        }
        Ok(plan)
    })
}

fn kinds(plan: &Plan) -> Vec<HazardKind> {
    let hazards = plan.steps().flat_map(|step| &step.hazards);
    hazards.map(|hazard| hazard.kind).collect()
}

/// Functions with bodies as Freehold prints them: two take and return rows of `v`, one takes an array of them, one
/// calls another. A view reads one of them.
const OVER_ROWS: &str = "
    CREATE TABLE t (id int PRIMARY KEY, a int);
    CREATE VIEW v AS SELECT id, a FROM t;
    CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS '\nSELECT * FROM v\n';
    CREATE FUNCTION g(x v) RETURNS int LANGUAGE sql AS '\nSELECT x.id\n';
    CREATE FUNCTION h(xs v[]) RETURNS int LANGUAGE sql AS '\nSELECT cardinality(xs)\n';
    CREATE FUNCTION calls() RETURNS bigint LANGUAGE sql AS '\nSELECT count(*) FROM f()\n';
    CREATE VIEW above AS SELECT id FROM f();
    CREATE FUNCTION top() RETURNS above LANGUAGE sql AS '\nSELECT * FROM above LIMIT 1\n';";

/// PostgreSQL cannot drop a view whose row type a function uses.
#[test]
fn a_view_changes_under_functions_over_its_rows() -> Result<(), Failure> {
    let other_type = OVER_ROWS.replace("a int", "a bigint");
    there_and_back(OVER_ROWS, &other_type)?;
    let other_query = OVER_ROWS.replace("SELECT id, a FROM t", "SELECT id, a, 1 AS b FROM t");
    there_and_back(OVER_ROWS, &other_query)?;
    let other_body = other_type.replace("SELECT x.id", "SELECT x.id + 1");
    there_and_back(OVER_ROWS, &other_body)?;
    there_and_back(OVER_ROWS, "CREATE TABLE t (id int PRIMARY KEY, a int)")?;
    there_and_back(OVER_ROWS, "")?;
    Ok(())
}

const PARTITIONED: &str = "
    CREATE TYPE place AS ENUM ('here', 'there');
    CREATE DOMAIN amount AS int;
    CREATE TABLE by_day (day int NOT NULL, what text) PARTITION BY RANGE (day);
    CREATE TABLE by_day_1 PARTITION OF by_day FOR VALUES FROM (0) TO (10);
    CREATE TABLE by_place (place place NOT NULL, amount amount) PARTITION BY LIST (place);
    CREATE TABLE by_place_here PARTITION OF by_place FOR VALUES IN ('here');
    CREATE TABLE by_amount (amount amount NOT NULL) PARTITION BY RANGE (amount);
    CREATE TABLE by_amount_1 PARTITION OF by_amount FOR VALUES FROM (0) TO (10);
    CREATE FUNCTION days() RETURNS SETOF by_day LANGUAGE sql AS '\nSELECT * FROM by_day\n';";

/// PostgreSQL cannot change the type of a column in a partition key, so the plan drops the table and creates it again.
#[test]
fn a_column_of_a_partition_key_gets_another_type() -> Result<(), Failure> {
    for other in ["day bigint", "day smallint"] {
        let plan = there_and_back(PARTITIONED, &PARTITIONED.replace("day int", other))?;
        let kinds = kinds(&plan);
        for kind in [HazardKind::DataLoss, HazardKind::Irreversible] {
            assert!(kinds.contains(&kind), "{other}: {kind:?} of {kinds:?}");
        }
    }
    Ok(())
}

/// An impossible change is refused by name: a type that must be recreated and is in a partition key.
#[test]
fn a_type_in_a_partition_key_that_must_be_recreated_is_refused() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut place = Place::new("between").await?;
        let (from, _) = made(&mut place, PARTITIONED).await?;
        for (old, new, key) in [
            ("'here', 'there'", "'here'", "`by_place.place`"),
            ("amount AS int", "amount AS bigint", "`by_amount.amount`"),
        ] {
            let (to, _) = made(&mut place, &PARTITIONED.replace(old, new)).await?;
            let plan = Plan::between(&from, &to, &Postgres);
            let refused = plan.refused(&[]);
            let is_named = |kind, message: &str| {
                kind == HazardKind::FailsOnRows
                    && message.contains(key)
                    && message.starts_with("the migration fails")
            };
            assert!(
                refused
                    .iter()
                    .any(|hazard| is_named(hazard.kind, &hazard.message)),
                "{new}: {refused:?}"
            );
        }
        let (to, _) = made(
            &mut place,
            &PARTITIONED.replace("'there'", "'there', 'away'"),
        )
        .await?;
        let plan = Plan::between(&from, &to, &Postgres);
        let fails: Vec<_> = plan
            .steps()
            .filter_map(|step| step.fails_back.as_deref())
            .collect();
        assert!(
            fails
                .iter()
                .any(|fails| fails.contains("`by_place.place` is in the partition key")),
            "a new label: {fails:?}"
        );
        Ok(())
    })
}

/// A unique index becomes a key without being built again. The way back builds it while others write.
#[test]
fn a_unique_index_becomes_a_key() -> Result<(), Failure> {
    let old = "CREATE TABLE t (a int NOT NULL, b int); CREATE UNIQUE INDEX of_a ON t (a); CREATE UNIQUE INDEX of_b ON t (b) INCLUDE (a);";
    let new = "CREATE TABLE t (a int NOT NULL, b int, CONSTRAINT t_pkey PRIMARY KEY (a), CONSTRAINT b_key UNIQUE (b) INCLUDE (a));";
    let plan = there_and_back(old, new)?;
    let up: Vec<_> = plan
        .steps()
        .flat_map(|step| step.up_sql(&Postgres))
        .collect();
    assert_eq!(
        up,
        [
            "ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX of_a",
            "ALTER TABLE t ADD CONSTRAINT b_key UNIQUE USING INDEX of_b",
        ]
    );
    assert_eq!(kinds(&plan), [], "no hazards");
    // A nullable column, another order, a partial index, and an index that allows only one null.
    for index in [
        "(b)",
        "(a DESC)",
        "(a) WHERE a > 0",
        "(b) NULLS NOT DISTINCT",
    ] {
        let old = format!(
            "CREATE TABLE t (a int NOT NULL, b int); CREATE UNIQUE INDEX of_it ON t {index};"
        );
        there_and_back(&old, new)?;
    }
    Ok(())
}

/// PostgreSQL drops the statistics of a column that gets another type. The plan gathers them again if the table is
/// rewritten. A change in place holds its lock only for a moment, so the plan reports `slows_queries` instead.
#[test]
fn statistics_are_gathered_again_for_a_column_of_another_type() -> Result<(), Failure> {
    let plan = there_and_back("CREATE TABLE t (a int)", "CREATE TABLE t (a bigint)")?;
    let has = |wanted: &str| {
        plan.steps()
            .any(|step| step.up_sql(&Postgres).iter().any(|sql| sql == wanted))
    };
    assert!(has("ANALYZE t (a)"), "{plan:?}");
    let plan = there_and_back(
        "CREATE TABLE t (a varchar(3))",
        "CREATE TABLE t (a varchar(9))",
    )?;
    assert_eq!(kinds(&plan), [HazardKind::SlowsQueries]);
    Ok(())
}

/// The plan changes the owner before it creates new objects, and the way back restores the old owner.
#[test]
fn every_object_gets_another_owner() -> Result<(), Failure> {
    const OLD: &str = "
        DO $$ BEGIN CREATE ROLE between_one; CREATE ROLE between_two; EXCEPTION WHEN duplicate_object THEN END $$;
        GRANT ALL ON SCHEMA public TO between_one, between_two;
        CREATE SCHEMA app AUTHORIZATION between_one;
        SET ROLE between_one;
        CREATE TYPE place AS ENUM ('here', 'there');
        CREATE DOMAIN amount AS int;
        CREATE SEQUENCE numbers;
        CREATE TABLE app.t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, place place, amount amount);
        CREATE TABLE p (day int) PARTITION BY RANGE (day);
        CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (10);
        CREATE VIEW v AS SELECT id FROM app.t;
        CREATE FUNCTION f(x int) RETURNS int LANGUAGE sql AS '\nSELECT x\n';
        RESET ROLE;";
    let new = OLD.replace("AUTHORIZATION between_one", "AUTHORIZATION between_two");
    let new = new.replace("SET ROLE between_one", "SET ROLE between_two");
    let renamed = new.replace("amount amount", "amount amount, more text");
    let plan = there_and_back(OLD, &renamed)?;
    assert_eq!(kinds(&plan), [HazardKind::RightsChanged]);
    // The objects belong to the current role, which no schema names.
    let by_hand = OLD.replace("AUTHORIZATION between_one", "");
    let by_hand = by_hand.replace("SET ROLE between_one;", "");
    there_and_back(&by_hand, &new)?;
    Ok(())
}

/// A role that gets rights. It is not dropped, because roles belong to the whole cluster.
const READER: &str = "
    DO $$ BEGIN CREATE ROLE rights_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$;";

const RIGHTS: &str = "
    CREATE TABLE day (at int NOT NULL, what text) PARTITION BY RANGE (at);
    CREATE TABLE day_1 PARTITION OF day FOR VALUES FROM (0) TO (10);
    CREATE TABLE day_2 PARTITION OF day FOR VALUES FROM (10) TO (20);
    GRANT SELECT (what), INSERT ON day_1 TO rights_reader;
    GRANT SELECT ON day, day_2 TO rights_reader;";

/// The rights on a partition are dropped with it. A new partition of the same name gets the declared rights.
#[test]
fn rights_on_partitions_that_are_recreated() -> Result<(), Failure> {
    let old = format!("{READER}{RIGHTS}");
    let no_partition = "CREATE TABLE day (at int NOT NULL, what text) PARTITION BY RANGE (at);";
    there_and_back(&old, &format!("{READER}{no_partition}"))?;
    there_and_back(&old, READER)?;
    for (what, other) in [
        ("TO (10)", "TO (5)"),
        ("TABLE day (at int", "TABLE day (at bigint"),
        ("INSERT ON day_1", "UPDATE ON day_1"),
    ] {
        there_and_back(&old, &old.replace(what, other))?;
        let other_rights = old
            .replace(what, other)
            .replace("SELECT ON day,", "DELETE ON day,");
        there_and_back(&old, &other_rights)?;
    }
    let other_table = old
        .replace("TABLE day ", "TABLE days ")
        .replace("OF day ", "OF days ");
    there_and_back(&old, &other_table.replace("ON day,", "ON days,"))?;
    Ok(())
}

/// No statement names the partition in the other PostgreSQL schema. PostgreSQL creates its index with that of the
/// table.
#[test]
fn a_partition_in_another_schema_is_in_no_statement() -> Result<(), Failure> {
    let old = "CREATE SCHEMA app; CREATE TABLE t (a int NOT NULL) PARTITION BY LIST (a);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
        CREATE TABLE app.t_2 PARTITION OF t FOR VALUES IN (2);";
    there_and_back(old, &format!("{old} CREATE INDEX t_a ON t (a);"))?;
    there_and_back(
        old,
        &format!("{old} ALTER TABLE t ADD CONSTRAINT t_key UNIQUE (a);"),
    )?;
    Ok(())
}

/// A relation of another kind gets the name, and the declared rights are granted on it.
#[test]
fn rights_on_a_name_that_another_relation_gets() -> Result<(), Failure> {
    let table =
        "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE TABLE days (a int NOT NULL);
        GRANT SELECT ON t, u TO rights_reader;";
    let view = "CREATE TABLE u (a int); CREATE VIEW t AS SELECT a FROM u; CREATE TABLE days (a int NOT NULL);
        GRANT SELECT ON t, u TO rights_reader;";
    let partition = "CREATE TABLE days (a int NOT NULL) PARTITION BY LIST (a);
        CREATE TABLE t PARTITION OF days FOR VALUES IN (1); CREATE TABLE u (a int);
        GRANT SELECT ON t, u TO rights_reader;";
    let all = [table, view, partition];
    for old in all {
        for new in all {
            there_and_back(&format!("{READER}{old}"), &format!("{READER}{new}"))?;
            let other = new.replace("SELECT ON t", "UPDATE ON t");
            there_and_back(&format!("{READER}{old}"), &format!("{READER}{other}"))?;
        }
    }
    Ok(())
}

/// A generated column is recreated, or is dropped before any rights change. The rights on the column are dropped and
/// granted with it.
#[test]
fn rights_on_columns_that_are_recreated() -> Result<(), Failure> {
    let old = format!(
        "{READER} CREATE DOMAIN whole AS int;
        CREATE TABLE t (a int, w whole, c int GENERATED ALWAYS AS (a + 1) STORED, d int GENERATED ALWAYS AS (w) STORED);
        GRANT SELECT (a, c), UPDATE (a) ON t TO rights_reader; GRANT INSERT (d) ON t TO PUBLIC;"
    );
    for (what, other) in [
        ("(a + 1)", "(a + 2)"),
        ("(a + 1)", "(a + 2)#SELECT (a, c)#SELECT (a)"),
        ("(a + 1)", "(a + 2)#UPDATE (a)#UPDATE (a, c)"),
        ("TABLE t (a int", "TABLE t (a smallint"),
        (
            ", c int GENERATED ALWAYS AS (a + 1) STORED",
            "#SELECT (a, c)#SELECT (a)",
        ),
        (
            ", d int GENERATED ALWAYS AS (w) STORED",
            "#GRANT INSERT (d) ON t TO PUBLIC;#",
        ),
    ] {
        let mut words = other.split('#');
        let new = old.replace(what, words.next().unwrap_or_default());
        let rights = words.next().zip(words.next());
        let new = rights.map_or(new.clone(), |(before, after)| new.replace(before, after));
        there_and_back(&old, &new)?;
    }
    Ok(())
}

/// The plan grants no right on a column that the new view does not have.
#[test]
fn rights_on_columns_of_a_view_that_is_recreated() -> Result<(), Failure> {
    let old = format!(
        "{READER} CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a, b FROM t;
        GRANT SELECT (a, b), UPDATE (b) ON v TO rights_reader; GRANT INSERT ON v TO rights_reader;"
    );
    let view = old.replace("SELECT a, b FROM", "SELECT a FROM");
    let kept = view.replace("SELECT (a, b), UPDATE (b)", "SELECT (a)");
    there_and_back(&old, &kept)?;
    there_and_back(&old, &kept.replace("SELECT (a) ON v", "SELECT ON t"))?;
    there_and_back(&old, &old.replace("SELECT a, b FROM", "SELECT b, a FROM"))?;
    Ok(())
}

/// The rights stay with a partition when it is renamed. Another partition may get its old name.
#[test]
fn rights_on_partitions_that_are_renamed() -> Result<(), Failure> {
    let old = format!("{READER}{RIGHTS}");
    let to = |from: &str, to: &str| {
        old.replace(from, "aside")
            .replace(to, from)
            .replace("aside", to)
    };
    there_and_back(&old, &to("day_1", "day_9"))?;
    there_and_back(&old, &to("day_1", "day_2"))?;
    there_and_back(
        &old,
        &to("day_1", "day_9").replace("INSERT ON day_9", "DELETE ON day_9"),
    )?;
    let other = "CREATE TABLE day_1 PARTITION OF day FOR VALUES FROM (20) TO (30);
        GRANT SELECT ON day_1 TO rights_reader;";
    there_and_back(&old, &format!("{}{other}", to("day_1", "day_9")))?;
    Ok(())
}

/// New objects get the default privileges of that moment, also on the way back. It is true of sequences and routines as
/// of tables.
#[test]
fn unwanted_default_privileges_are_revoked() -> Result<(), Failure> {
    let default = |kind: &str, right: &str| {
        format!(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {right} ON {kind} TO rights_reader;"
        )
    };
    let (usage, select) = (
        default("SEQUENCES", "USAGE"),
        default("SEQUENCES", "SELECT"),
    );
    let (execute, read) = (default("FUNCTIONS", "EXECUTE"), default("TABLES", "SELECT"));
    let function = |returns: &str| {
        format!("CREATE FUNCTION f(a int) RETURNS {returns} LANGUAGE sql AS '\nSELECT 1\n';")
    };
    let table = "CREATE TABLE t (a int NOT NULL);";
    let counted = "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);";
    let added = "CREATE TABLE t (a int NOT NULL, b serial);";
    let granted = format!("{added} GRANT USAGE ON SEQUENCE t_b_seq TO rights_reader;");
    let revoked = "REVOKE SELECT ON p_1 FROM rights_reader;";
    let partitioned = |sql_type: &str| {
        format!(
            "CREATE TABLE p (a {sql_type} NOT NULL, b serial) PARTITION BY LIST (a);
            CREATE TABLE p_1 PARTITION OF p DEFAULT;"
        )
    };
    for (old, new) in [
        (usage.clone(), format!("{select} CREATE SEQUENCE s;")),
        (usage.clone(), counted.to_owned()),
        (format!("{usage} {table}"), format!("{select} {added}")),
        (format!("{usage} {table}"), format!("{select} {counted}")),
        (granted, table.to_owned()),
        (counted.to_owned(), format!("{usage} {table}")),
        (execute.clone(), function("int")),
        (function("int"), execute.clone()),
        (function("int"), format!("{execute} {}", function("bigint"))),
        (
            format!("{read} {usage} {} {revoked}", partitioned("int")),
            partitioned("bigint"),
        ),
    ] {
        there_and_back(&format!("{READER} {old}"), &format!("{READER} {new}"))?;
        there_and_back(&format!("{READER} {new}"), &format!("{READER} {old}"))?;
    }
    Ok(())
}

/// A table cannot have the same name as a sequence or a type.
#[test]
fn a_table_makes_room_for_what_gets_its_name() -> Result<(), Failure> {
    for new in [
        "CREATE SEQUENCE t",
        "CREATE TYPE t AS ENUM ('a')",
        "CREATE DOMAIN t AS int",
        "CREATE VIEW t AS SELECT 1 AS a",
    ] {
        there_and_back("CREATE TABLE t (a int)", new)?;
    }
    Ok(())
}
