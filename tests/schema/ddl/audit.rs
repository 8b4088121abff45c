//! The audit trail.

use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

#[derive(Table)]
#[table(name = "Accounts", shared, audit, primary_key(bank, number))]
#[table(allow(timestamps, uuid_key, sensitive_column))]
struct Account {
    bank: i32,
    number: i32,
    #[column(secret)]
    pin: String,
    #[column(name = "the \"balance\"")]
    balance: i32,
}

#[derive(Table)]
#[table(name = readings, shared, audit, allow(timestamps, uuid_key), primary_key(id, year))]
#[table(partition_by = list(year), partition(name = readings_2026, in(2026)))]
#[table(partition(name = readings_2027, in(2027)))]
struct Reading {
    id: i32,
    year: i32,
}

#[derive(Table, Clone)]
#[table(name = cards, shared, audit, allow(timestamps, uuid_key, sensitive_column))]
struct Card {
    #[column(primary_key)]
    id: i32,
    #[column(secret)]
    digits: String,
    #[column(generated = right(digits, 4))]
    last: String,
    #[column(generated_sql = "upper(\"digits\")")]
    upper: String,
    #[column(generated = id + 1)]
    next: i32,
}

schema!(CARDS = [Card]);

#[test]
fn a_column_computed_from_a_secret_is_secret() -> TestResult {
    let database = database_with(&CARDS)?;
    let rows = lines(
        &database,
        "INSERT INTO cards (id, digits) VALUES (1, '1234abcd'); SELECT new_row FROM audit.log",
    )?;
    assert_eq!(rows, ["{\"id\": 1, \"next\": 2}"]);
    Ok(())
}

mod schemas {
    use super::{Account, Reading};
    use freehold::prelude::*;

    schema!(pub(super) TRAIL = [Account, Reading], audit(schema = trail, table = "Changes", actor = "app.who"));
}
use schemas::TRAIL;

const TRAIL_OF_ROWS: &str = "SELECT table_name, action, row_key, actor, old_row, new_row, changed_columns FROM trail.\"Changes\" ORDER BY id";

#[test]
fn each_change_is_recorded_with_both_rows_and_without_secrets() -> TestResult {
    let database = database_with(&TRAIL)?;
    let trail = lines(
        &database,
        &format!(
            "INSERT INTO \"Accounts\" VALUES (1, 2, 'pin-1', 10);
             BEGIN; SET LOCAL app.who = 'ann';
             UPDATE \"Accounts\" SET \"the \"\"balance\"\"\" = 11, pin = 'pin-2'; COMMIT;
             DELETE FROM \"Accounts\";
             {TRAIL_OF_ROWS}"
        ),
    )?;
    let row = |balance: i32| {
        format!("{{\"bank\": 1, \"number\": 2, \"the \\\"balance\\\"\": {balance}}}")
    };
    let key = "{\"bank\": 1, \"number\": 2}";
    let (before, after) = (row(10), row(11));
    assert_eq!(
        trail,
        [
            format!("Accounts|insert|{key}|||{before}|"),
            format!("Accounts|update|{key}|ann|{before}|{after}|{{pin,\"the \\\"balance\\\"\"}}"),
            format!("Accounts|delete|{key}||{after}||"),
        ]
    );
    Ok(())
}

#[test]
fn a_truncate_is_recorded_without_a_row() -> TestResult {
    let database = database_with(&TRAIL)?;
    let trail = lines(
        &database,
        &format!("TRUNCATE \"Accounts\"; {TRAIL_OF_ROWS}"),
    )?;
    assert_eq!(trail, ["Accounts|truncate|||||"]);
    Ok(())
}

#[test]
fn a_change_of_a_partition_is_recorded_under_its_table() -> TestResult {
    let database = database_with(&TRAIL)?;
    let trail = lines(
        &database,
        "INSERT INTO readings VALUES (1, 2026);
         UPDATE readings SET year = 2027;
         SELECT table_name, action, row_key FROM trail.\"Changes\" ORDER BY id",
    )?;
    // PostgreSQL moves a row to another partition by a deletion and an insertion.
    assert_eq!(
        trail,
        [
            "readings|insert|{\"id\": 1, \"year\": 2026}",
            "readings|delete|{\"id\": 1, \"year\": 2026}",
            "readings|insert|{\"id\": 1, \"year\": 2027}",
        ]
    );
    Ok(())
}

#[test]
fn an_update_that_changes_nothing_is_recorded_as_such() -> TestResult {
    let database = database_with(&TRAIL)?;
    let changed = lines(
        &database,
        "INSERT INTO \"Accounts\" VALUES (1, 2, 'p', 10);
         UPDATE \"Accounts\" SET pin = pin;
         SELECT changed_columns FROM trail.\"Changes\" WHERE action = 'update'",
    )?;
    assert_eq!(changed, ["{}"]);
    Ok(())
}

#[test]
fn only_the_owner_may_use_the_function_that_writes_the_trail() -> TestResult {
    let database = database_with(&TRAIL)?;
    database.psql(
        "DO $$ BEGIN CREATE ROLE audit_forger; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
         GRANT USAGE ON SCHEMA trail TO audit_forger; GRANT TEMPORARY ON DATABASE \"postgres\" TO audit_forger",
    )?;
    let message = refusal(
        &database,
        "SET ROLE audit_forger;
         CREATE TEMPORARY TABLE mine (id int);
         CREATE TRIGGER forge AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION trail.\"record_Accounts_change\"()",
    )?;
    assert!(
        message.contains("permission denied for function trail.record_Accounts_change"),
        "{message}"
    );
    Ok(())
}

#[test]
fn down_drops_the_trail() -> TestResult {
    assert_down_leaves_nothing(&TRAIL)
}

/// Two shared tables with the same name in different schemas.
mod of_one_name {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = notes, shared, audit, allow(timestamps, uuid_key))]
    struct Note {
        #[column(primary_key)]
        id: i32,
    }

    mod old {
        use freehold::prelude::*;

        #[derive(Table)]
        #[table(schema = old, name = notes, shared, audit, allow(timestamps, uuid_key))]
        pub(super) struct Note {
            #[column(primary_key)]
            id: i32,
        }
    }

    schema!(pub(super) NOTES = [Note, old::Note], isolation(setting = "notes.reader"));
}

#[test]
fn the_trail_has_schema_names_of_tables_and_the_setting_of_the_isolation() -> TestResult {
    let database = database_with(&of_one_name::NOTES)?;
    let trail = lines(
        &database,
        "SET notes.reader = 'ann'; INSERT INTO notes VALUES (1); INSERT INTO old.notes VALUES (1);
         SELECT table_name, actor FROM audit.log ORDER BY id",
    )?;
    assert_eq!(trail, ["notes|ann", "old.notes|ann"]);
    assert_down_leaves_nothing(&of_one_name::NOTES)
}
