//! Partitions that are created at run time and unknown to every plan: work that was done by hand on one is used, and
//! another one gets its own.

use freehold::Postgres;
use freehold::plan::{HazardKind, Plan};

use crate::server::{Failure, Place};

mod before {
    #![allow(dead_code)]
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = users, shared, allow(timestamps, uuid_key))]
    pub(crate) struct User {
        #[column(primary_key)]
        id: i32,
    }

    #[derive(Table)]
    #[table(name = events, shared, allow(timestamps, uuid_key), primary_key(id, day))]
    #[table(partition_by = range(day), monthly_partitions(function = make_event_partitions))]
    pub(crate) struct Event {
        id: i32,
        day: NaiveDate,
        user_id: i32,
        kind: String,
    }

    schema!(pub(crate) SCHEMA = [User, Event]);
}

mod after {
    #![allow(dead_code)]
    use freehold::prelude::*;

    pub(crate) use super::before::User;

    #[derive(Table)]
    #[table(name = events, shared, allow(timestamps, uuid_key), primary_key(id, day))]
    #[table(partition_by = range(day), monthly_partitions(function = make_event_partitions))]
    #[table(index(kind), unique(user_id, day))]
    pub(crate) struct Event {
        id: i32,
        day: NaiveDate,
        #[column(references = User::id, on_delete = cascade)]
        user_id: i32,
        kind: String,
    }

    schema!(pub(crate) SCHEMA = [User, Event]);
}

/// One partition with the steps of the page about migrations, and another one without them.
const BY_HAND: &str = "
    INSERT INTO users VALUES (1);
    CREATE TABLE done PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2020-02-01');
    CREATE TABLE not_done PARTITION OF events FOR VALUES FROM ('2020-02-01') TO ('2020-03-01');
    INSERT INTO events VALUES (1, '2020-01-01', 1, 'a'), (1, '2020-02-01', 1, 'a')";
const ALONE: [&str; 2] = [
    "CREATE INDEX CONCURRENTLY done_kind ON done (kind)",
    "CREATE UNIQUE INDEX CONCURRENTLY done_once ON done (user_id, day)",
];
const CONSTRAINTS: &str = "
    ALTER TABLE done ADD CONSTRAINT done_once UNIQUE USING INDEX done_once;
    ALTER TABLE done ADD CONSTRAINT done_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;
    ALTER TABLE done VALIDATE CONSTRAINT done_user";
/// The indexes and foreign keys of both partitions, each with its parent.
const PARTS: &str = "
    SELECT indexrelid::regclass || ' of ' || coalesce(inhparent::regclass::text, 'nothing') AS part
    FROM pg_index LEFT JOIN pg_inherits ON inhrelid = indexrelid
    WHERE indrelid IN ('done'::regclass, 'not_done'::regclass) AND NOT indisprimary
    UNION ALL
    SELECT part.conrelid::regclass || '.' || part.conname || ' of ' || coalesce(whole.conname, 'nothing')
    FROM pg_constraint AS part LEFT JOIN pg_constraint AS whole ON whole.oid = part.conparentid
    WHERE part.contype = 'f' AND part.conrelid IN ('done'::regclass, 'not_done'::regclass)
    ORDER BY part";

#[tokio::test]
async fn work_by_hand_is_used_and_the_rest_is_added() -> Result<(), Failure> {
    let (before, after) = (before::SCHEMA.schema()?, after::SCHEMA.schema()?);
    let plan = Plan::between(&before, &after, &Postgres);
    let blocking = |hazard: &&freehold::plan::Hazard| hazard.kind == HazardKind::BlockingLock;
    let hazards = plan.steps().flat_map(|step| &step.hazards);
    assert_eq!(hazards.filter(blocking).count(), 3, "{:#?}", plan.stages);
    let mut place = Place::new("at_run_time").await?;
    place.make(&before).await?;
    place.run(BY_HAND).await?;
    for statement in ALONE {
        place.run(statement).await?;
    }
    place.run(CONSTRAINTS).await?;
    place.up(&plan).await?;
    assert_eq!(
        place.rows(PARTS).await?,
        [
            "done.done_user of fk_events_user_id",
            "done_kind of idx_events_kind",
            "done_once of uq_events_user_id_day",
            "not_done.fk_events_user_id of fk_events_user_id",
            "not_done_kind_idx of idx_events_kind",
            "not_done_user_id_day_key of uq_events_user_id_day",
        ]
    );
    place.down(&plan).await?;
    assert_eq!(place.rows(PARTS).await?, [""; 0]);
    Ok(())
}
