//! The running release, which does not know the change, while the stages of the change run one after another.

use freehold::model::{ColumnDef, Expr, Ownership, PrimaryKeyDef, TableDef, TableName};
use freehold::plan::{Mode, Plan};
use freehold::prelude::Uuid;
use freehold::{Postgres, Schema, SchemaDef};

use crate::server::{Failure, Place};

fn notes(change: impl FnOnce(&mut Vec<ColumnDef>)) -> Result<Schema, Failure> {
    with_key(&["id"], change)
}

fn with_key(
    key: &'static [&'static str],
    change: impl FnOnce(&mut Vec<ColumnDef>),
) -> Result<Schema, Failure> {
    let mut columns = vec![
        ColumnDef::new::<i64>("id"),
        ColumnDef::new::<i64>("count"),
        ColumnDef::new::<Option<String>>("kind"),
    ];
    change(&mut columns);
    let table = TableDef::new(
        TableName::new(None, "notes"),
        Ownership::Shared,
        columns.leak(),
        PrimaryKeyDef::new(key),
    );
    let table: &'static TableDef = Box::leak(Box::new(table.allow(&["uuid_key", "timestamps"])));
    Ok(SchemaDef::new("NOTES", vec![table].leak()).schema()?)
}

/// Runs the stages, and after each stage the statements of the release.
async fn beside(new: &Schema, statements: &[&str]) -> Result<Place, Failure> {
    let mut place = Place::new("running").await?;
    let old = notes(|_| {})?;
    place.make(&old).await?;
    place
        .run("INSERT INTO notes SELECT n, 0, CASE WHEN n % 2 = 0 THEN 'own' END FROM generate_series(1, 3000) AS n")
        .await?;
    let plan = Plan::between(&old, new, &Postgres);
    for (number, stage) in plan.stages.iter().enumerate() {
        place.stage(stage.mode, &plan.up(stage, &Postgres)).await?;
        for statement in statements {
            let done = place.run(statement).await;
            done.map_err(|error| format!("after stage {}: {error}", number + 1))?;
        }
    }
    Ok(place)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

#[test]
fn rows_that_are_not_filled_yet_can_be_updated() -> Result<(), Failure> {
    let filled = notes(|columns| {
        let token = ColumnDef::new::<Uuid>("token");
        columns.push(token.default(Expr::Call("gen_random_uuid", &[])));
    })?;
    let required = notes(|columns| {
        columns[2] = ColumnDef::new::<String>("kind").default(Expr::Text("plain"));
    })?;
    runtime()?.block_on(async {
        for new in [&filled, &required] {
            beside(new, &["UPDATE notes SET count = count + 1"]).await?;
        }
        Ok(())
    })
}

/// How often PostgreSQL has read a whole table. The count may include the transaction before.
const READ: &str =
    "SELECT relname || ' ' || seq_scan FROM pg_stat_xact_user_tables WHERE seq_scan > 0 ORDER BY 1";

#[test]
fn no_table_is_read_in_the_transaction_that_locks_it() -> Result<(), Failure> {
    let all = [
        notes(|columns| {
            let token = ColumnDef::new::<Uuid>("token");
            columns.push(token.default(Expr::Call("gen_random_uuid", &[])));
        })?,
        notes(|columns| columns[2] = ColumnDef::new::<String>("kind"))?,
        with_key(&["id", "kind"], |columns| {
            columns[2] = ColumnDef::new::<String>("kind");
        })?,
        with_key(&["kind", "id"], |columns| {
            columns[2] = ColumnDef::new::<String>("kind").default(Expr::Text("plain"));
        })?,
        with_key(&["token"], |columns| {
            let token = ColumnDef::new::<Uuid>("token");
            columns.push(token.default(Expr::Call("gen_random_uuid", &[])));
        })?,
    ];
    let old = notes(|_| {})?;
    runtime()?.block_on(async {
        for (number, new) in all.iter().enumerate() {
            let mut place = Place::new("reading").await?;
            place.make(&old).await?;
            place
                .run("INSERT INTO notes SELECT n, 0, 'own' FROM generate_series(1, 3000) AS n")
                .await?;
            let plan = Plan::between(&old, new, &Postgres);
            for stage in &plan.stages {
                let statements = plan.up(stage, &Postgres);
                if stage.mode != Mode::Transaction {
                    place.stage(stage.mode, &statements).await?;
                    continue;
                }
                let script = statements.join(";\n");
                place.run("BEGIN").await?;
                let before = place.rows(READ).await?;
                place.run(&script).await?;
                let read = place.rows(READ).await?;
                assert_eq!(
                    read, before,
                    "schema {number} reads its table in:\n{script}"
                );
                place.run("COMMIT").await?;
            }
        }
        Ok(())
    })
}

#[test]
fn nulls_are_filled_before_their_column_becomes_part_of_the_key() -> Result<(), Failure> {
    let keyed = with_key(&["id", "kind"], |columns| {
        columns[2] = ColumnDef::new::<String>("kind").default(Expr::Text("plain"));
    })?;
    runtime()?.block_on(async {
        let mut place = beside(&keyed, &["UPDATE notes SET count = count + 1"]).await?;
        let kinds = "SELECT kind || ' ' || count(*) FROM notes GROUP BY kind ORDER BY kind";
        assert_eq!(place.rows(kinds).await?, ["own 1500", "plain 1500"]);
        Ok(())
    })
}

/// The old structs allow nulls; only the last stages can refuse them.
#[test]
fn a_null_that_is_written_between_two_stages_is_filled() -> Result<(), Failure> {
    let required = notes(|columns| {
        columns[2] = ColumnDef::new::<String>("kind").default(Expr::Text("plain"));
    })?;
    let old = notes(|_| {})?;
    runtime()?.block_on(async {
        let mut place = Place::new("between").await?;
        place.make(&old).await?;
        place.run("INSERT INTO notes VALUES (1, 0, NULL)").await?;
        let plan = Plan::between(&old, &required, &Postgres);
        let is_filled = |title: &str| title.starts_with("fill `");
        for stage in &plan.stages {
            place.stage(stage.mode, &plan.up(stage, &Postgres)).await?;
            if stage.steps.iter().any(|step| is_filled(&step.title)) {
                place.run("INSERT INTO notes VALUES (2, 0, NULL)").await?;
            }
        }
        let kinds = place.rows("SELECT kind FROM notes ORDER BY id").await?;
        assert_eq!(kinds, ["plain", "plain"]);
        Ok(())
    })
}
