//! Monthly partitions that are created ahead of time.

use freehold::prelude::*;
use freehold::{Month, PartitionError, Postgres};

use super::{TestResult, assert_down_leaves_nothing, database_with, lines};

#[derive(Table)]
#[table(name = events, schema = log, shared, allow(timestamps, uuid_key), primary_key(id, at))]
#[table(partition_by = range(at), monthly_partitions(function = make_event_partitions, ahead = 2))]
#[table(partition(name = events_2026_12, from = "2026-12-01 00:00:00+00", to = "2027-01-01 00:00:00+00"))]
struct Event {
    id: i32,
    at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = days, shared, allow(timestamps, uuid_key), primary_key(id, day))]
#[table(partition_by = range(day), monthly_partitions(function = "make 100% of days"))]
struct Day {
    id: i32,
    day: NaiveDate,
}

#[derive(Table)]
#[table(name = plain, shared, allow(timestamps, uuid_key))]
struct Plain {
    #[column(primary_key)]
    id: i32,
}

schema!(CALENDAR = [Event, Day, Plain]);

fn december() -> Result<Month, &'static str> {
    Month::new(2026, 12).ok_or("2026-12 is a month")
}

#[test]
fn the_plan_contains_every_month_that_is_not_declared() -> TestResult {
    let sql = CALENDAR
        .schema()?
        .plan_monthly_partitions(&Postgres, "events", december()?, 2)?;
    assert_eq!(
        sql,
        "CREATE TABLE IF NOT EXISTS log.events_2027_01 PARTITION OF log.events FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-02-01 00:00:00+00');\n"
    );
    Ok(())
}

#[test]
fn a_plan_can_run_twice() -> TestResult {
    let database = database_with(&CALENDAR)?;
    let sql = CALENDAR
        .schema()?
        .plan_monthly_partitions(&Postgres, "days", december()?, 14)?;
    let count = lines(
        &database,
        &format!("{sql}{sql} SELECT count(*) FROM pg_inherits WHERE inhparent = 'days'::regclass"),
    )?;
    assert_eq!(count, ["14"]);
    Ok(())
}

#[test]
fn a_table_without_months_has_no_plan() -> TestResult {
    let schema = CALENDAR.schema()?;
    let plan = |table: &str| {
        schema
            .plan_monthly_partitions(&Postgres, table, december()?, 1)
            .map_err(|error| error.to_string())
            .err()
            .ok_or("this was planned")
    };
    assert_eq!(
        plan("nothing")?,
        PartitionError::UnknownTable("nothing".to_owned()).to_string()
    );
    assert_eq!(
        plan("plain")?,
        PartitionError::NotByTime("plain".to_owned()).to_string()
    );
    Ok(())
}

#[test]
fn the_function_creates_this_month_and_the_months_ahead_once() -> TestResult {
    let database = database_with(&CALENDAR)?;
    let partitions = lines(
        &database,
        "SET timezone = 'Pacific/Auckland';
         SELECT make_event_partitions(); SELECT make_event_partitions(); SELECT \"make 100% of days\"();
         SET timezone = 'UTC';
         SELECT child.relname = 'events_' || to_char(month, 'YYYY_MM')
             AND pg_get_expr(child.relpartbound, child.oid) = format('FOR VALUES FROM (%L) TO (%L)', month, month + interval '1 month')
         FROM generate_series(0, 2) AS step,
              LATERAL (SELECT date_trunc('month', now()) + make_interval(months => step) AS month) AS months
              LEFT JOIN pg_class AS child ON child.relname = 'events_' || to_char(month, 'YYYY_MM');
         SELECT count(*) FROM pg_inherits WHERE inhparent = 'days'::regclass",
    )?;
    let partitions: Vec<_> = partitions.iter().filter(|line| !line.is_empty()).collect();
    assert_eq!(partitions, ["t", "t", "t", "4"]);
    Ok(())
}

mod owned {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, owner, allow(timestamps, uuid_key))]
    pub(super) struct User {
        #[column(primary_key)]
        id: i32,
    }

    #[derive(Table)]
    #[table(name = visits, scope = user_id, allow(timestamps, uuid_key), primary_key(user_id, id, day))]
    #[table(partition_by = range(day), monthly_partitions(function = make_visit_partitions))]
    pub(super) struct Visit {
        #[column(references = User::id, on_delete = cascade)]
        user_id: i32,
        id: i32,
        day: NaiveDate,
    }

    schema!(pub(super) VISITS = [User, Visit], isolation(role = monthly_app, owner = monthly_owner));
}

#[test]
fn partitions_belong_to_the_owner_whichever_role_calls_the_function() -> TestResult {
    let database = database_with(&owned::VISITS)?;
    let of_others = lines(
        &database,
        "SELECT make_visit_partitions();
         SELECT DISTINCT relowner::regrole, current_user FROM pg_class WHERE relname LIKE 'visits_2%' AND relkind = 'r'",
    )?;
    assert_eq!(of_others, ["", "monthly_owner|postgres"]);
    Ok(())
}

#[test]
fn down_drops_them() -> TestResult {
    assert_down_leaves_nothing(&CALENDAR)
}
