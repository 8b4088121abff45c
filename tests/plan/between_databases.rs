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

/// PostgreSQL drops no view whose row type a function uses.
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
                    && message.starts_with("it fails")
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
    assert_eq!(kinds(&plan), [], "nothing is dangerous");
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
