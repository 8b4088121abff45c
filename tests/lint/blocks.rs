//! The statements in `DO` blocks.

use crate::{TestResult, found};

#[test]
fn the_statements_of_a_block_are_looked_at() -> TestResult {
    let sql = "DO $$\nBEGIN\n  IF true THEN\n    ALTER TABLE tasks DROP COLUMN price;\n  END IF;\nEND\n$$;";
    assert_eq!(found(&[sql])?, [("DS02", 4)]);
    let handled = "DO $do$\nDECLARE a bigint;\nBEGIN\n  DELETE FROM users RETURNING id INTO a;\nEXCEPTION WHEN others THEN\n  DROP TABLE old_events;\nEND\n$do$;";
    assert_eq!(found(&[handled])?, [("DS06", 4), ("DS01", 6)]);
    let concurrently =
        "-- no-transaction\nDO $$ BEGIN\nCREATE INDEX CONCURRENTLY i ON tasks (n);\nEND $$;";
    assert_eq!(found(&[concurrently])?, [("IX03", 3)]);
    Ok(())
}

#[test]
fn an_executed_text_is_looked_at() -> TestResult {
    let sql = "DO $$ BEGIN\n  EXECUTE 'DROP TABLE old_events';\n  EXECUTE $sql$\nDROP TYPE mood CASCADE\n$sql$;\nEND $$;";
    assert_eq!(found(&[sql])?, [("DS01", 2), ("BC15", 4), ("DS11", 4)]);
    let escaped = "DO 'BEGIN EXECUTE ''DROP TABLE old_events''; END';";
    assert_eq!(found(&[escaped])?, [("TX05", 1)], "its places are lost");
    let broken = "DO $$ BEGIN IF; END $$;";
    assert_eq!(found(&[broken])?, [("TX05", 1)]);
    Ok(())
}

#[test]
fn objects_that_a_block_creates_are_known() -> TestResult {
    let make = "DO $$ BEGIN CREATE TABLE jobs (id bigint PRIMARY KEY, n integer); END $$;";
    assert_eq!(found(&[make, "CREATE INDEX jobs_n ON jobs (n);"])?, []);
    let variable = "DO $$ DECLARE old_events integer; BEGIN SELECT 1 INTO old_events; END $$;";
    let drop = "DROP TABLE old_events;";
    assert_eq!(found(&[variable, drop])?, [("DS01", 1)]);
    Ok(())
}

#[test]
fn a_comment_before_a_block_allows_findings_in_it() -> TestResult {
    let sql = "-- freehold: allow DS01 (empty since spring)\nDO $$ BEGIN\n DROP TABLE old_events;\nEND $$;";
    assert_eq!(found(&[sql])?, []);
    Ok(())
}
