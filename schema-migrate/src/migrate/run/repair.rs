//! Records the decision of a person about a version.

use super::error::MigrateError;
use super::execution::Execution;
use super::history::Past;
use super::options::Repair;
use super::status::{self, State};
use crate::migrate::{Directory, Migration};

pub(super) async fn apply(
    work: &mut Execution<'_>,
    directory: &Directory,
    repair: Repair,
) -> Result<(), MigrateError> {
    let past = work.past().await?;
    let version = repair.version();
    let state = state_of(directory, &past, version)?;
    work.begin_transaction().await?;
    let done = match repair {
        Repair::Forget(_) => forget(work, version, &state).await,
        Repair::Applied(_) => applied(work, directory, version, &state).await,
        Repair::AcceptEdit(_) => accept_edit(work, directory, version, &state).await,
        Repair::StatementDone(_) => statement_done(work, version).await,
        Repair::StatementAgain(_) => statement_again(work, version, &state).await,
    };
    match done {
        Ok(()) => work.commit().await,
        Err(error) => {
            work.roll_back().await;
            Err(error)
        }
    }
}

pub(super) async fn baseline(
    work: &mut Execution<'_>,
    directory: &Directory,
    version: i64,
) -> Result<(), MigrateError> {
    let past = work.past().await?;
    if let Some(newest) = past.recorded.last() {
        return Err(MigrateError::NotEmpty {
            newest: newest.version,
        });
    }
    file_of(directory, version)?;
    work.begin_transaction().await?;
    for migration in directory
        .iter()
        .take_while(|migration| migration.version <= version)
    {
        let (history, main) = (&work.history, &mut work.session.main);
        history
            .applied(main, migration, None)
            .await
            .map_err(MigrateError::history)?;
    }
    work.commit().await
}

fn state_of(directory: &Directory, past: &Past, version: i64) -> Result<State, MigrateError> {
    let mut statuses = status::all(directory, past).into_iter();
    let found = statuses.find(|status| status.version == version);
    found
        .map(|status| status.state)
        .ok_or(MigrateError::UnknownVersion { version })
}

fn file_of(directory: &Directory, version: i64) -> Result<&Migration, MigrateError> {
    directory
        .get(version)
        .ok_or(MigrateError::UnknownVersion { version })
}

fn is_unfinished(state: &State) -> bool {
    matches!(state, State::Failed | State::HalfDone { .. })
}

async fn forget(work: &mut Execution<'_>, version: i64, state: &State) -> Result<(), MigrateError> {
    if !is_unfinished(state) {
        let reason = "only a failed or half done migration can be forgotten; revert an applied one with its down file";
        return Err(MigrateError::NothingToRepair { version, reason });
    }
    work.history
        .forget(&mut work.session.main, version)
        .await
        .map_err(MigrateError::history)
}

async fn applied(
    work: &mut Execution<'_>,
    directory: &Directory,
    version: i64,
    state: &State,
) -> Result<(), MigrateError> {
    if !is_unfinished(state) {
        let reason = "it neither failed nor stopped half way";
        return Err(MigrateError::NothingToRepair { version, reason });
    }
    let migration = file_of(directory, version)?;
    let (history, main) = (&work.history, &mut work.session.main);
    let written = history.applied(main, migration, None).await;
    written.map_err(MigrateError::history)
}

async fn accept_edit(
    work: &mut Execution<'_>,
    directory: &Directory,
    version: i64,
    state: &State,
) -> Result<(), MigrateError> {
    if *state != State::Edited {
        let reason = "its file was not edited after it was applied";
        return Err(MigrateError::NothingToRepair { version, reason });
    }
    let migration = file_of(directory, version)?;
    let written = work
        .history
        .set_checksum(&mut work.session.main, migration)
        .await;
    written.map_err(MigrateError::history)
}

async fn statement_done(work: &mut Execution<'_>, version: i64) -> Result<(), MigrateError> {
    let written = work
        .history
        .set_started_done(&mut work.session.main, version)
        .await;
    if written.map_err(MigrateError::history)? {
        Ok(())
    } else {
        Err(MigrateError::NothingToRepair {
            version,
            reason: NOTHING_STARTED,
        })
    }
}

async fn statement_again(
    work: &mut Execution<'_>,
    version: i64,
    state: &State,
) -> Result<(), MigrateError> {
    let State::HalfDone {
        direction,
        started: Some(statement),
        ..
    } = *state
    else {
        return Err(MigrateError::NothingToRepair {
            version,
            reason: NOTHING_STARTED,
        });
    };
    let (history, main) = (&work.history, &mut work.session.main);
    history
        .unwrite(main, version, direction, statement)
        .await
        .map_err(MigrateError::history)
}

const NOTHING_STARTED: &str = "no statement of it had begun when a run was stopped; to run a failed statement again, correct it or its cause and run `migrate up` or `migrate down`; to give the migration up, remove what it did and run `migrate repair .. forgotten`";
