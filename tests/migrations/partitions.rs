//! The files of a change that is made partition by partition.

use freehold::migrate::{Directory, plan_new, verify};
use freehold_test_support::Server;

use crate::Failure;
use crate::new::migration;

mod before {
    #![allow(dead_code)]
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = teams, shared, allow(timestamps, uuid_key))]
    pub(crate) struct Team {
        #[column(primary_key)]
        id: i64,
    }

    #[derive(Table)]
    #[table(name = games, shared, allow(timestamps, uuid_key), primary_key(id, day))]
    #[table(partition_by = list(day), partition(name = games_1, in(1)), partition(name = games_2, in(2)))]
    pub(crate) struct Game {
        id: i64,
        day: i32,
        team_id: i64,
        score: i32,
    }

    schema!(pub(crate) SCHEMA = [Team, Game]);
}

mod after {
    #![allow(dead_code)]
    use freehold::prelude::*;

    pub(crate) use super::before::Team;

    #[derive(Table)]
    #[table(name = games, shared, allow(timestamps, uuid_key), primary_key(id, day))]
    #[table(partition_by = list(day), partition(name = games_1, in(1)), partition(name = games_2, in(2)))]
    #[table(index(score), unique(team_id, day))]
    pub(crate) struct Game {
        id: i64,
        day: i32,
        #[column(references = Team::id, on_delete = cascade)]
        team_id: i64,
        score: i32,
    }

    schema!(pub(crate) SCHEMA = [Team, Game]);
}

/// One file for each index, one for the keys, one that validates, one for the foreign key of the table.
const FILES: usize = 4 + 1 + 1 + 1;

#[tokio::test]
async fn the_files_are_proved() -> Result<(), Failure> {
    let (before, after) = (before::SCHEMA.schema()?, after::SCHEMA.schema()?);
    let directory = tempfile::tempdir()?;
    plan_new(directory.path(), &before, &migration("first"))?;
    plan_new(directory.path(), &after, &migration("more"))?;
    let migrations = Directory::read(directory.path())?;
    let database = Server::shared().create_database("partitions")?;
    let verified = verify(&migrations, &after, &database.url()).await?;
    assert_eq!(verified.migrations, 1 + FILES);
    Ok(())
}
