use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines};

#[derive(Table)]
#[table(name = notes, shared, allow(uuid_key))]
struct Note {
    #[column(primary_key)]
    id: i32,
    #[column(created_at)]
    created_at: DateTime<Utc>,
    #[column(updated_at)]
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = drafts, shared, allow(uuid_key))]
struct Draft {
    #[column(primary_key)]
    id: i32,
    #[column(created_at)]
    created_at: NaiveDateTime,
    #[column(updated_at)]
    changed: NaiveDateTime,
}

#[derive(Table)]
#[table(name = logs, shared, allow(uuid_key))]
struct Log {
    #[column(primary_key)]
    id: i32,
    #[column(created_at)]
    created_at: DateTime<Utc>,
    #[column(updated_at = application)]
    updated_at: DateTime<Utc>,
}

mod allowed {
    use super::{Draft, Log, Note};
    use freehold::prelude::*;

    schema!(pub(super) NOTES = [Note, Draft, Log], updated_at(function = touch, clock = current_timestamp));
}
use allowed::NOTES;

#[test]
fn an_update_sets_updated_at_if_the_trigger_does() -> TestResult {
    let database = database_with(&NOTES)?;
    let long_ago = lines(
        &database,
        "INSERT INTO notes (id, updated_at) VALUES (1, '2001-01-01');
         INSERT INTO drafts (id, changed) VALUES (1, '2001-01-01');
         INSERT INTO logs (id, updated_at) VALUES (1, '2001-01-01');
         UPDATE notes SET id = 2; UPDATE drafts SET id = 2; UPDATE logs SET id = 2;
         SELECT updated_at < '2002-01-01' FROM notes
         UNION ALL SELECT changed < '2002-01-01' FROM drafts
         UNION ALL SELECT updated_at < '2002-01-01' FROM logs",
    )?;
    assert_eq!(
        long_ago,
        ["f", "f", "t"],
        "notes and drafts by trigger, logs by the application"
    );
    Ok(())
}

#[test]
fn there_is_one_function_for_each_column_name() -> TestResult {
    let database = database_with(&NOTES)?;
    let functions = lines(
        &database,
        "SELECT proname || ' ' || array_to_string(proconfig, ',') FROM pg_proc WHERE oid >= 16384 ORDER BY 1",
    )?;
    assert_eq!(
        functions,
        ["touch search_path=\"\"", "touch_changed search_path=\"\""]
    );
    Ok(())
}

#[test]
fn the_schema_chooses_the_clock() -> TestResult {
    let database = database_with(&NOTES)?;
    let default = lines(
        &database,
        "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'notes'::regclass AND adnum = 2",
    )?;
    assert_eq!(default, ["CURRENT_TIMESTAMP"]);
    Ok(())
}

#[test]
fn down_drops_the_functions() -> TestResult {
    assert_down_leaves_nothing(&NOTES)
}

#[derive(Function)]
#[function(trigger, name = "Touch")]
#[function(body = "BEGIN NEW.updated_at := '2001-01-01'; RETURN NEW; END;")]
struct Touch {}

mod written {
    use super::{Note, Touch};
    use freehold::prelude::*;

    schema!(pub(super) TOUCHED = [Note], functions(Touch), updated_at(function = "Touch"));
    schema!(
        pub(super) WITH_BODY = [Note],
        updated_at(body = "BEGIN NEW.updated_at := '2002-02-02'; RETURN NEW; END;")
    );
}

#[test]
fn the_trigger_function_can_be_written_by_hand() -> TestResult {
    let update = "INSERT INTO notes (id) VALUES (1); UPDATE notes SET id = 2; SELECT updated_at::date FROM notes";
    let database = database_with(&written::TOUCHED)?;
    assert_eq!(lines(&database, update)?, ["2001-01-01"]);
    let database = database_with(&written::WITH_BODY)?;
    assert_eq!(lines(&database, update)?, ["2002-02-02"]);
    assert_down_leaves_nothing(&written::TOUCHED)
}

#[derive(Function)]
#[function(trigger, schema = stamps, body = "BEGIN NEW.text = upper(NEW.text); RETURN NEW; END;")]
struct Shout;

#[derive(Table)]
#[table(name = shouts, shared, allow(timestamps, uuid_key))]
#[table(trigger(name = shout, before(insert), function = Shout))]
#[table(trigger(name = shout_again, before(update), function = Shout))]
struct Shouted {
    #[column(primary_key)]
    id: i32,
    text: String,
}

schema!(SHOUTS = [Shouted]);

#[test]
fn the_function_of_a_trigger_is_created_even_if_no_list_names_it() -> TestResult {
    let database = database_with(&SHOUTS)?;
    let found = lines(
        &database,
        "INSERT INTO shouts VALUES (1, 'a') RETURNING text",
    )?;
    assert_eq!(found, ["A"]);
    assert_down_leaves_nothing(&SHOUTS)
}
