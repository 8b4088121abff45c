//! Every keyword of the server as a column: quoted where necessary, and only there.

use freehold::model::{CheckDef, ColumnDef, Expr, Ownership, PrimaryKeyDef, TableDef, TableName};
use freehold::{Postgres, SchemaDef};
use freehold_test_support::Server;

use super::{TestResult, database_with, lines, refusal};

fn leak<T>(items: Vec<T>) -> &'static [T] {
    items.leak()
}

/// A table with a column, and a check on it, for each word.
fn table_of(words: &[String]) -> SchemaDef {
    let names: Vec<&'static str> = words.iter().map(|word| &*word.clone().leak()).collect();
    let columns = names
        .iter()
        .map(|name| ColumnDef::new::<String>(name))
        .collect();
    let checks = names.iter().map(|name| {
        let column: &'static Expr = Box::leak(Box::new(Expr::Column(name)));
        let condition = Expr::IsNull {
            operand: column,
            negated: true,
        };
        CheckDef::new(leak(vec![*name]), condition)
    });
    let table = TableDef::new(
        TableName::new(None, "keywords"),
        Ownership::Shared,
        leak(columns),
        PrimaryKeyDef::new(leak(vec![names[0]])),
    )
    .checks(leak(checks.collect()))
    .allow(&["uuid_key"]);
    SchemaDef::new("KEYWORDS", leak(vec![&*Box::leak(Box::new(table))]))
}

fn keywords() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let database = Server::shared().create_database("keywords")?;
    lines(
        &database,
        "SELECT word FROM pg_get_keywords() ORDER BY word COLLATE \"C\"",
    )
}

#[test]
fn every_keyword_can_be_a_column() -> TestResult {
    let words = keywords()?;
    let database = database_with(&table_of(&words))?;
    let columns = lines(
        &database,
        "SELECT attname FROM pg_attribute WHERE attrelid = 'keywords'::regclass AND attnum > 0
         ORDER BY attname COLLATE \"C\"",
    )?;
    assert_eq!(columns, words);
    Ok(())
}

/// The words of PL/pgSQL (`pl_unreserved_kwlist.h` and `pl_reserved_kwlist.h`) that are not keywords of SQL.
const OF_PLPGSQL: [&str; 13] = [
    "elsif", "exit", "foreach", "if", "loop", "new", "old", "perform", "raise", "return", "strict",
    "tg_op", "while",
];

/// An audited table of immutable columns and a note. The first columns are its key.
fn kept_table_of(words: &[String]) -> SchemaDef {
    let names: Vec<&'static str> = words.iter().map(|word| &*word.clone().leak()).collect();
    let column = |name: &&'static str| ColumnDef::new::<String>(name).immutable();
    let mut columns: Vec<_> = names.iter().map(column).collect();
    columns.push(ColumnDef::new::<Option<String>>("note_of_it"));
    let table = TableDef::new(
        TableName::new(None, "kept"),
        Ownership::Shared,
        leak(columns),
        PrimaryKeyDef::new(leak(names.into_iter().take(30).collect())),
    )
    .audit()
    .allow(&["uuid_key"]);
    SchemaDef::new("KEPT", leak(vec![&*Box::leak(Box::new(table))]))
}

#[test]
fn every_keyword_can_be_an_immutable_audited_column() -> TestResult {
    let mut words = keywords()?;
    words.extend(OF_PLPGSQL.map(str::to_owned));
    words.sort();
    words.dedup();
    // The words that are reserved in PL/pgSQL also become part of the key.
    words.sort_by_key(|word| !["begin", "by", "declare", "if", "loop"].contains(&word.as_str()));
    let database = database_with(&kept_table_of(&words))?;
    let values = vec!["'a'"; words.len()].join(", ");
    database.psql(&format!("INSERT INTO kept VALUES ({values}, 'b')"))?;
    database.psql("UPDATE kept SET note_of_it = 'c'")?;
    let last = words.last().map(String::as_str).unwrap_or_default();
    let message = refusal(&database, &format!("UPDATE kept SET \"{last}\" = 'b'"))?;
    let expected = format!("`kept.{last}` is immutable");
    assert!(message.contains(&expected), "{message}");
    Ok(())
}

#[test]
fn a_keyword_is_quoted_only_where_necessary() -> TestResult {
    let words = keywords()?;
    let ddl = table_of(&words).schema()?.up(&Postgres);
    let quoted: Vec<_> = words
        .iter()
        .filter(|word| ddl.contains(&format!("\n    \"{word}\" ")))
        .collect();
    let database = Server::shared().create_database("keywords")?;
    let must_be = lines(
        &database,
        r#"
        CREATE TABLE must_be (word text);
        DO $$ DECLARE keyword record; BEGIN
            FOR keyword IN SELECT word FROM pg_get_keywords() LOOP
                BEGIN
                    EXECUTE format('CREATE TABLE try (%s text)', keyword.word);
                    DROP TABLE try;
                EXCEPTION WHEN OTHERS THEN
                    INSERT INTO must_be VALUES (keyword.word);
                END;
            END LOOP;
        END $$;
        SELECT word FROM must_be ORDER BY word COLLATE "C"
        "#,
    )?;
    assert_eq!(quoted, must_be.iter().collect::<Vec<_>>());
    Ok(())
}
