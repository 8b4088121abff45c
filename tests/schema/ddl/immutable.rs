//! Columns that the database keeps unchanged.

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

#[derive(Table)]
#[table(name = invoices, shared, allow(timestamps, uuid_key))]
struct Invoice {
    #[column(primary_key)]
    id: i32,
    #[column(immutable)]
    number: String,
    // `json` has no equality.
    #[column(json, immutable)]
    lines: Option<Value>,
    #[column(sql_type = "point", immutable)]
    place: String,
    note: Option<String>,
}

schema!(INVOICES = [Invoice]);

const ROW: &str = "INSERT INTO invoices VALUES (1, 'A-1', '[1]', '(1,2)', NULL);";

#[test]
fn a_change_of_an_immutable_column_is_refused_and_named() -> TestResult {
    let database = database_with(&INVOICES)?;
    database.psql(ROW)?;
    for (change, column) in [
        ("number = 'A-2'", "number"),
        ("number = NULL", "number"),
        ("lines = '[2]'", "lines"),
        ("place = '(3,4)'", "place"),
        ("place = '(3,4)', note = 'n'", "place"),
    ] {
        let message = refusal(&database, &format!("UPDATE invoices SET {change}"))?;
        let expected = format!("`invoices.{column}` is immutable");
        assert!(message.contains(&expected), "{change}: {message}");
    }
    Ok(())
}

#[test]
fn other_columns_can_be_updated() -> TestResult {
    let database = database_with(&INVOICES)?;
    database.psql(ROW)?;
    let after = lines(
        &database,
        "UPDATE invoices SET id = 2, note = 'n', number = 'A-1', lines = '[1]' RETURNING id, number, note",
    )?;
    assert_eq!(after, ["2|A-1|n"]);
    Ok(())
}

#[test]
fn an_upsert_is_an_update_too() -> TestResult {
    let database = database_with(&INVOICES)?;
    database.psql(ROW)?;
    let message = refusal(
        &database,
        "INSERT INTO invoices VALUES (1, 'A-9', NULL, '(0,0)', NULL)
         ON CONFLICT (id) DO UPDATE SET number = excluded.number",
    )?;
    assert!(
        message.contains("`invoices.number` is immutable"),
        "{message}"
    );
    Ok(())
}

#[derive(Table)]
#[table(name = entries, shared, allow(timestamps, uuid_key), primary_key(id, month))]
#[table(partition_by = list(month))]
#[table(partition(name = entries_1, in(1)), partition(name = entries_2, in(2)))]
struct Entry {
    id: i32,
    month: i32,
    #[column(immutable)]
    amount: i32,
}

schema!(LEDGER = [Entry]);

#[test]
fn a_row_that_moves_to_another_partition_keeps_its_immutable_columns() -> TestResult {
    let database = database_with(&LEDGER)?;
    database.psql("INSERT INTO entries VALUES (1, 1, 10)")?;
    let message = refusal(&database, "UPDATE entries SET month = 2, amount = 20")?;
    assert!(
        message.contains("`entries.amount` is immutable"),
        "{message}"
    );
    let moved = lines(
        &database,
        "UPDATE entries SET month = 2; SELECT tableoid::regclass, amount FROM entries",
    )?;
    assert_eq!(moved, ["entries_2|10"]);
    Ok(())
}

#[derive(Domain, Debug)]
#[domain(json)]
struct Document(Value);

#[derive(Domain, Debug)]
#[domain(citext)]
struct Word(String);

#[derive(Table)]
#[table(name = texts, shared, audit, allow(timestamps, uuid_key))]
struct Text {
    #[column(primary_key)]
    id: i32,
    #[column(immutable)]
    document: Option<Document>,
    #[column(immutable, array(json))]
    documents: Option<Vec<Value>>,
    #[column(immutable, citext)]
    word: Option<String>,
    #[column(immutable)]
    domain_word: Option<Word>,
}

schema!(TEXTS = [Text]);

/// `json` has no equality, and `citext` treats `a` and `A` as equal. The same holds for domains and arrays of them.
#[test]
fn a_value_that_its_type_treats_as_equal_is_a_change() -> TestResult {
    let database = database_with(&TEXTS)?;
    database.psql("INSERT INTO texts VALUES (1, '[1]', '{\"[1]\"}', 'a', 'a')")?;
    for (change, column) in [
        ("document = '[ 1]'", "document"),
        ("documents = '{\"[ 1]\"}'", "documents"),
        ("word = 'A'", "word"),
        ("domain_word = 'A'", "domain_word"),
    ] {
        let message = refusal(&database, &format!("UPDATE texts SET {change}"))?;
        let expected = format!("`texts.{column}` is immutable");
        assert!(message.contains(&expected), "{change}: {message}");
    }
    database.psql("UPDATE texts SET id = 2, document = '[1]', documents = '{\"[1]\"}', word = 'a', domain_word = 'a'")?;
    Ok(())
}

#[test]
fn down_drops_the_function() -> TestResult {
    assert_down_leaves_nothing(&INVOICES)
}
