//! What the runner reads from a directory, compared with what `sqlx migrate` reads.

use std::fs;

use freehold::migrate::{Directory, DirectoryError, Script};
use proptest::prelude::*;
use sqlx::migrate::Migrator;

use crate::Fallible;

/// Contents whose hash could be computed wrongly.
const CONTENTS: [&str; 6] = [
    "",
    "SELECT 1;",
    "-- no-transaction\r\nSELECT 1;\r\n",
    "\u{feff}SELECT 'ä \u{1f600}';\n\n\n",
    "SELECT 1; -- no newline at the end",
    "SELECT '\u{0}';",
];

#[tokio::test]
async fn versions_descriptions_and_checksums_equal_those_of_sqlx() -> Fallible {
    let directory = tempfile::tempdir()?;
    let names = [
        "1_first.up.sql",
        "2_.sql",
        "0003_with_many_words__.up.sql",
        "20240102030405_ä'\"; --.sql",
        "9223372036854775807_max.sql",
        "4_a.up.sql.up.sql",
    ];
    for (name, sql) in names.iter().zip(CONTENTS) {
        fs::write(directory.path().join(name), sql)?;
    }
    fs::write(directory.path().join("1_first.down.sql"), "SELECT 2;")?;
    fs::create_dir(directory.path().join("5_directory.sql"))?;
    let own = Directory::read(directory.path())?;
    let own: Vec<_> = own
        .iter()
        .map(|m| {
            (
                m.version,
                m.description.clone(),
                m.up.checksum(),
                !m.up.is_transactional(),
            )
        })
        .collect();
    let theirs = Migrator::new(directory.path()).await?;
    let theirs: Vec<_> = theirs
        .iter()
        .filter(|m| m.migration_type.is_up_migration())
        .map(|m| {
            (
                m.version,
                m.description.to_string(),
                m.checksum.to_vec(),
                m.no_tx,
            )
        })
        .collect();
    assert_eq!(own.len(), names.len());
    assert_eq!(own, theirs);
    Ok(())
}

#[test]
fn ambiguous_directories_are_refused() -> Fallible {
    type Is = fn(&DirectoryError) -> bool;
    let cases: [(&[&str], Is); 6] = [
        (&["1_a.up.sql", "01_b.up.sql"], |e| {
            matches!(e, DirectoryError::SameVersion { .. })
        }),
        (&["1_a.up.sql", "1_a.sql"], |e| {
            matches!(e, DirectoryError::SameVersion { .. })
        }),
        (&["1_a.sql", "1_a.down.sql", "1_b.down.sql"], |e| {
            matches!(e, DirectoryError::SameVersion { .. })
        }),
        (&["1_a.down.sql"], |e| {
            matches!(e, DirectoryError::DownAlone { .. })
        }),
        (&["-1_a.sql"], |e| {
            matches!(e, DirectoryError::SignedVersion { .. })
        }),
        (&["99999999999999999999_a.sql"], |e| {
            matches!(e, DirectoryError::LargeVersion { .. })
        }),
    ];
    for (names, is) in cases {
        let directory = tempfile::tempdir()?;
        for name in names {
            fs::write(directory.path().join(name), "")?;
        }
        match Directory::read(directory.path()) {
            Err(error) => assert!(is(&error), "{names:?}: {error}"),
            Ok(_) => return Err(format!("{names:?} are taken").into()),
        }
    }
    Ok(())
}

#[test]
fn other_files_are_ignored() -> Fallible {
    let directory = tempfile::tempdir()?;
    for name in [
        "README.md",
        "schema.json",
        "seed_data.sql",
        "1_a.sql~",
        "2.sql",
    ] {
        // Ignored files need not be text.
        fs::write(directory.path().join(name), [0xff, 0xfe])?;
    }
    assert_eq!(Directory::read(directory.path())?.iter().count(), 0);
    Ok(())
}

#[test]
fn a_file_that_is_not_text_and_a_missing_directory_are_errors() -> Fallible {
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("1_a.sql"), [0xff])?;
    let no_text = Directory::read(directory.path());
    assert!(matches!(no_text, Err(DirectoryError::Read { path, .. }) if path.ends_with("1_a.sql")));
    let missing = Directory::read(directory.path().join("missing"));
    assert!(matches!(missing, Err(DirectoryError::Read { path, .. }) if path.ends_with("missing")));
    Ok(())
}

/// Pieces that begin and end places in which a semicolon may occur.
const PIECES: [&str; 24] = [
    "'",
    "''",
    "E'",
    "\\",
    "\"",
    "$$",
    "$a$",
    "$1",
    "--",
    "\n",
    "/*",
    "*/",
    ";",
    "(",
    ")",
    " ",
    "x",
    "é",
    "CREATE FUNCTION f() ",
    "BEGIN ATOMIC ",
    "CASE ",
    " END",
    "\r",
    "\u{a0}",
];

proptest! {
    /// A statement alone is the same statement, whatever was before and after it. Otherwise the runner would continue
    /// with other statements.
    #[test]
    fn a_statement_alone_is_the_same_statement(pieces in prop::collection::vec(prop::sample::select(&PIECES), 0..40)) {
        let statements = |sql: String| Script { path: "1_a.sql".into(), sql }.statements();
        let sql = pieces.concat();
        let mut rest = sql.as_str();
        for statement in statements(sql.clone()) {
            let at = rest.find(&statement.text);
            prop_assert!(at.is_some(), "{:?} is not in order in {sql:?}", statement.text);
            rest = rest.get(at.unwrap_or(0) + statement.text.len()..).unwrap_or_default();
            let alone: Vec<_> = statements(statement.text.clone()).into_iter().map(|alone| alone.text).collect();
            prop_assert_eq!(alone, [statement.text], "of {:?}", sql);
        }
    }
}
