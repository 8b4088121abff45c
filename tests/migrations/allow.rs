//! Hazards that the structs allow.

use freehold::migrate::{NewError, NewMigration, SNAPSHOT_FILE, plan_new};
use freehold::plan::HazardKind::{BreaksRunningCode, DataLoss};
use freehold::plan::{HazardKind, Plan};
use freehold::{Postgres, Schema, SchemaDef};

use crate::Failure;
use crate::new::migration;

/// The schema before.
#[allow(dead_code, reason = "the schema alone is asked")]
mod before {
    use freehold::prelude::*;

    #[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
    #[sql_enum(native, name = mood)]
    pub(crate) enum Mood {
        Glad,
        Sad,
    }

    #[derive(Table)]
    #[table(name = notes, shared, allow(timestamps))]
    pub(crate) struct Note {
        #[column(primary_key)]
        id: Uuid,
        title: String,
        body: String,
        mood: Mood,
    }

    #[derive(Table)]
    #[table(name = tags, shared, allow(timestamps))]
    pub(crate) struct Tag {
        #[column(primary_key)]
        id: Uuid,
        word: String,
        color: String,
        mood: Mood,
    }

    schema!(pub(crate) ALL = [Note, Tag]);
}

/// A schema after it, with what each table and each remaining column allows.
macro_rules! after {
    ($name:ident: notes($($note:ident),*), title($($title:tt)*), mood($($mood:tt)*), tags($($tag:ident),*), tag_mood($($tag_mood:tt)*)) => {
        #[allow(dead_code, reason = "the schema alone is asked")]
        mod $name {
            use freehold::prelude::*;

            #[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
            #[sql_enum(native, name = mood)]
            pub(crate) enum Mood {
                #[sql_enum(renamed_from = "glad")]
                Happy,
                Sad,
            }

            #[derive(Table)]
            #[table(name = notes, shared, allow(timestamps, $($note),*))]
            pub(crate) struct Note {
                #[column(primary_key)]
                id: Uuid,
                #[column(renamed_from = title, $($title)*)]
                heading: String,
                #[column($($mood)*)]
                mood: Mood,
            }

            #[derive(Table)]
            #[table(name = tags, shared, allow(timestamps, $($tag),*))]
            pub(crate) struct Tag {
                #[column(primary_key)]
                id: Uuid,
                word: String,
                color: String,
                #[column($($tag_mood)*)]
                mood: Mood,
            }

            schema!(pub(crate) ALL = [Note, Tag]);
        }
    };
}

after!(nothing_allowed: notes(), title(), mood(), tags(), tag_mood());
after!(by_tables: notes(data_loss, breaks_running_code), title(), mood(), tags(breaks_running_code), tag_mood());
after!(by_columns: notes(data_loss), title(allow(breaks_running_code)), mood(allow(breaks_running_code)), tags(), tag_mood(allow(breaks_running_code)));
after!(by_one_of_two_columns: notes(data_loss, breaks_running_code), title(), mood(), tags(), tag_mood());
after!(by_another_table: notes(), title(), mood(), tags(data_loss, breaks_running_code, table_rewrite), tag_mood());

fn plan(after: &SchemaDef) -> Result<Plan, Failure> {
    let (before, after) = (before::ALL.schema()?, after.schema()?);
    Ok(Plan::between(&before, &after, &Postgres))
}

/// The refused hazards, each with the places that it concerns.
fn refused(after: &SchemaDef) -> Result<Vec<(HazardKind, String)>, Failure> {
    let plan = plan(after)?;
    let refused = plan.refused(&[]).into_iter().map(|hazard| {
        let places = hazard.places.iter().map(ToString::to_string);
        (hazard.kind, places.collect::<Vec<_>>().join(" "))
    });
    let mut refused: Vec<_> = refused.collect();
    refused.sort();
    Ok(refused)
}

fn allowances(plan: &Plan) -> Vec<String> {
    plan.allowances.iter().map(ToString::to_string).collect()
}

#[test]
fn a_hazard_concerns_a_table_or_its_column_or_the_columns_of_a_type() -> Result<(), Failure> {
    let of = |kind, places: &str| (kind, places.to_owned());
    assert_eq!(
        refused(&nothing_allowed::ALL)?,
        [
            // The dropped column has no field: its table must allow it.
            of(DataLoss, "`notes`"),
            of(BreaksRunningCode, "`notes.heading`"),
            of(BreaksRunningCode, "`notes.mood` `tags.mood`"),
            of(BreaksRunningCode, "`notes`"),
        ]
    );
    Ok(())
}

#[test]
fn a_table_allows_hazards_of_its_steps_and_columns() -> Result<(), Failure> {
    assert_eq!(refused(&by_tables::ALL)?, []);
    Ok(())
}

#[test]
fn a_column_allows_only_its_own_hazards() -> Result<(), Failure> {
    assert_eq!(
        refused(&by_columns::ALL)?,
        [(BreaksRunningCode, "`notes`".to_owned())],
        "the column that goes is for the table to allow, and all else is allowed"
    );
    Ok(())
}

#[test]
fn a_change_of_a_type_must_be_allowed_by_every_column_of_the_type() -> Result<(), Failure> {
    assert_eq!(
        refused(&by_one_of_two_columns::ALL)?,
        [(BreaksRunningCode, "`notes.mood` `tags.mood`".to_owned())]
    );
    Ok(())
}

#[test]
fn another_table_allows_nothing() -> Result<(), Failure> {
    assert_eq!(
        refused(&by_another_table::ALL)?,
        refused(&nothing_allowed::ALL)?
    );
    Ok(())
}

#[test]
fn an_allowance_is_reported_as_needed_or_as_stale() -> Result<(), Failure> {
    const NEEDED: &str = "which this plan needs; remove it afterwards, because it also allows the next hazard of this kind";
    const STALE: &str = "which nothing in this plan needs; remove it, because it also allows the next hazard of this kind";
    assert_eq!(
        allowances(&plan(&by_another_table::ALL)?),
        [
            format!("`tags` has `allow(data_loss)`, {STALE}"),
            format!("`tags` has `allow(breaks_running_code)`, {NEEDED}"),
            format!("`tags` has `allow(table_rewrite)`, {STALE}"),
        ]
    );
    assert_eq!(
        allowances(&plan(&by_columns::ALL)?),
        [
            format!("`notes` has `allow(data_loss)`, {NEEDED}"),
            format!("`notes.heading` has `allow(breaks_running_code)`, {NEEDED}"),
            format!("`notes.mood` has `allow(breaks_running_code)`, {NEEDED}"),
            format!("`tags.mood` has `allow(breaks_running_code)`, {NEEDED}"),
        ]
    );
    Ok(())
}

#[test]
fn an_allowance_is_no_difference_and_is_not_in_the_snapshot() -> Result<(), Failure> {
    let (plain, allowed) = (nothing_allowed::ALL.schema()?, by_tables::ALL.schema()?);
    assert!(Plan::between(&plain, &allowed, &Postgres).is_empty());
    let directory = tempfile::tempdir()?;
    plan_new(directory.path(), &allowed, &migration("first"))?;
    let snapshot = std::fs::read_to_string(directory.path().join(SNAPSHOT_FILE))?;
    assert!(!snapshot.contains("data_loss"), "{snapshot}");
    Ok(())
}

/// The message of a refused plan.
fn message(old: &Schema, new: &Schema) -> Result<String, Failure> {
    let directory = tempfile::tempdir()?;
    plan_new(directory.path(), old, &migration("first"))?;
    match plan_new(directory.path(), new, &migration("next")) {
        Err(error @ NewError::Refused(_)) => Ok(error.to_string()),
        other => Err(format!("it was not refused: {other:?}").into()),
    }
}

#[test]
fn a_refusal_names_both_ways_to_allow_it() -> Result<(), Failure> {
    let message = message(&before::ALL.schema()?, &nothing_allowed::ALL.schema()?)?;
    let (_, ways) = message
        .split_once("allow what you intend with ")
        .ok_or("the message names no way")?;
    assert_eq!(
        ways,
        "`--allow breaks_running_code --allow data_loss`, or in the structs:\
        \n  `#[column(allow(breaks_running_code))]` of `notes.heading`\
        \n  `#[column(allow(breaks_running_code))]` of `notes.mood`\
        \n  `#[column(allow(breaks_running_code))]` of `tags.mood`\
        \n  `#[table(allow(breaks_running_code))]` of `notes`\
        \n  `#[table(allow(data_loss))]` of `notes`"
    );
    Ok(())
}

#[test]
fn a_dropped_table_has_no_struct_to_allow_it() -> Result<(), Failure> {
    let message = message(&before::ALL.schema()?, &Schema::default())?;
    assert!(
        message.ends_with(
            "allow what you intend with `--allow breaks_running_code --allow data_loss`"
        ),
        "{message}"
    );
    Ok(())
}

#[test]
fn a_plan_that_the_structs_allow_is_written() -> Result<(), Failure> {
    let directory = tempfile::tempdir()?;
    plan_new(
        directory.path(),
        &before::ALL.schema()?,
        &migration("first"),
    )?;
    let next = NewMigration {
        allow: vec![BreaksRunningCode],
        ..migration("next")
    };
    let written = plan_new(directory.path(), &by_columns::ALL.schema()?, &next)?;
    assert!(
        written.is_some(),
        "what is allowed by both ways was not written"
    );
    Ok(())
}
