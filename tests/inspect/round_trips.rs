//! The number of times that an inspection waits for the server, counted by a proxy between them.

use std::fmt::Write as _;

use freehold::inspect::{Inspected, Inspection};
use freehold_test_support::Database;
use sqlx::{Connection as _, PgConnection};

use crate::proxy::{Proxy, port_of};
use crate::{TestResult, database};

/// Tables, each with a key, a foreign key, an index, a trigger and a policy.
fn tables(number: usize) -> Result<String, std::fmt::Error> {
    let mut sql =
        "BEGIN; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
            .to_owned();
    for at in 0..number {
        write!(
            sql,
            "CREATE TABLE t{at} (id serial PRIMARY KEY, parent_id integer REFERENCES t{at}, note text NOT NULL DEFAULT '',
                CHECK (id > 0));
            CREATE INDEX t{at}_note ON t{at} (note DESC) WHERE note <> '';
            CREATE TRIGGER t{at}_f BEFORE UPDATE ON t{at} FOR EACH ROW EXECUTE FUNCTION f();
            CREATE POLICY t{at}_all ON t{at} USING (true);"
        )?;
    }
    sql.push_str("COMMIT;");
    Ok(sql)
}

async fn counted(database: &Database) -> Result<(Inspected, u32), Box<dyn std::error::Error>> {
    let proxy = Proxy::start(port_of(&database.url())).await?;
    let mut connection = PgConnection::connect(&proxy.url(&database.url())).await?;
    proxy.take();
    let found = freehold::inspect(&mut connection, &Inspection::default()).await?;
    Ok((found, proxy.take()))
}

#[tokio::test]
async fn a_thousand_tables_need_no_more_round_trips_than_one() -> TestResult {
    let (one, of_one) = counted(&database(&tables(1)?)?).await?;
    assert_eq!(one.schema.tables().len(), 1);
    let (many, of_many) = counted(&database(&tables(1000)?)?).await?;
    let all = many.schema.tables();
    assert_eq!(all.len(), 1000);
    for table in all {
        let parts = (
            table.columns.len(),
            table.checks.len(),
            table.foreign_keys.len(),
            table.indexes.len(),
            table.triggers.len(),
            table.policies.len(),
        );
        assert_eq!(parts, (3, 1, 1, 1, 1, 1), "{}", table.name.name);
    }
    // A question that is not cached is prepared and run: two round trips.
    assert!(of_one > 0 && of_one <= 60, "{of_one} round trips");
    assert_eq!(of_many, of_one, "round trips of 1000 tables, and of one");
    Ok(())
}
