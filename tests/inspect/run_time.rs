//! Partitions that the database created itself are no difference.

use freehold::diff::Diff;
use freehold::inspect::Inspection;
use freehold::{Postgres, Schema};

use crate::{TestResult, database, inspected};

mod visits {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps, uuid_key))]
    pub struct User {
        #[column(primary_key)]
        id: i32,
    }

    #[derive(Table)]
    #[table(name = visits, scope = user_id, audit, allow(timestamps, uuid_key), primary_key(user_id, id, day))]
    #[table(partition_by = range(day), monthly_partitions(function = make_visit_partitions))]
    #[table(index(user_id, page))]
    pub struct Visit {
        #[column(references = User::id, on_delete = cascade)]
        user_id: i32,
        id: i32,
        day: NaiveDate,
        page: String,
    }

    schema!(pub VISITS = [User, Visit], isolation(role = run_time_app, owner = run_time_owner));
}

async fn changes(sql: &str) -> Result<[Vec<String>; 2], Box<dyn std::error::Error>> {
    let schema: Schema = visits::VISITS.schema()?;
    let database = database(&schema.up(&Postgres))?;
    database.psql(sql)?;
    let found = inspected(&database, &Inspection::of(&schema)).await?.schema;
    let of = |diff: Diff| diff.changes.iter().map(ToString::to_string).collect();
    Ok([
        of(Diff::between(&found, &schema)),
        of(Diff::between(&schema, &found)),
    ])
}

#[tokio::test]
async fn partitions_of_the_function_are_no_difference() -> TestResult {
    let none: [Vec<String>; 2] = Default::default();
    assert_eq!(changes("SELECT make_visit_partitions()").await?, none);
    Ok(())
}

#[tokio::test]
async fn a_partition_by_hand_is_a_difference() -> TestResult {
    let by_hand = "CREATE TABLE visits_old PARTITION OF visits FOR VALUES FROM ('2001-01-01') TO ('2002-01-01');
        ALTER TABLE visits_old OWNER TO run_time_owner";
    let [back, there] = changes(by_hand).await?;
    assert!(
        back.contains(&"in `visits`: drop partition `visits_old`".to_owned()),
        "{back:?}"
    );
    assert!(
        there.contains(&"in `visits`: add partition `visits_old`".to_owned()),
        "{there:?}"
    );
    Ok(())
}
