//! The findings that a comment or a header allows.

use crate::{TestResult, found};

#[test]
fn a_comment_allows_the_next_statement() -> TestResult {
    let sql =
        "-- freehold: allow LK02 (the table is empty)\nALTER TABLE tasks ADD a integer NOT NULL;\n";
    assert_eq!(found(&[sql])?, []);
    let twice = format!("{sql}ALTER TABLE users ADD a integer NOT NULL;");
    assert_eq!(
        found(&[&twice])?,
        [("LK20", 3), ("LK02", 3)],
        "it allows that statement alone"
    );
    let both =
        "-- why\n-- freehold: allow DS06, LK13 (twenty rows)\n\n/* ; */\nUPDATE tasks SET n = 1;";
    assert_eq!(
        found(&["-- freehold: allow DS06 (twenty rows)\nUPDATE tasks SET n = 1;"])?,
        []
    );
    assert_eq!(found(&[both])?, [("HX05", 2)], "LK13 is not found there");
    Ok(())
}

#[test]
fn a_comment_that_allows_nothing_is_found() -> TestResult {
    for sql in [
        "-- freehold: allow LK02 (reason)\nSELECT 1;",
        "-- freehold: allow LK99 (reason)\nSELECT 1;",
        "-- freehold: allow LK02\nSELECT 1;",
        "-- freehold: allow LK02 ()\nSELECT 1;",
        "-- freehold: allow (reason)\nSELECT 1;",
        "-- freehold: LK02 (reason)\nSELECT 1;",
    ] {
        assert_eq!(found(&[sql])?, [("HX05", 1)], "{sql}");
    }
    let inside = "SELECT\n-- freehold: allow LK02 (reason)\n1;";
    assert_eq!(found(&[inside])?, [("HX05", 2)]);
    let text = "SELECT '\n-- freehold: allow LK02 (reason)\n';\n/*\n-- freehold: allow LK02 (reason)\n*/ SELECT 1;";
    assert_eq!(found(&[text])?, [], "a text and another comment are none");
    Ok(())
}

#[test]
fn a_comment_cannot_allow_its_own_mistake() -> TestResult {
    let sql = "-- freehold: allow HX05 (reason)\nSELECT 1;";
    assert_eq!(found(&[sql])?, [("HX05", 1)]);
    Ok(())
}

#[test]
fn a_hazard_in_the_header_is_not_found_again() -> TestResult {
    let sql = "ALTER TABLE tasks ADD a uuid DEFAULT gen_random_uuid();";
    assert_eq!(found(&[sql])?, [("LK01", 1)]);
    let header =
        "-- add a\n-- does: add column `a`\n-- hazard: table_rewrite: `tasks` is rewritten\n\n";
    assert_eq!(found(&[&format!("{header}{sql}")])?, []);
    let other = header.replace("table_rewrite", "data_loss");
    assert_eq!(found(&[&format!("{other}{sql}")])?, [("LK01", 5)]);
    Ok(())
}

#[test]
fn a_header_covers_the_locks_of_the_tables_that_it_names() -> TestResult {
    let sql = "CREATE TABLE o (id bigint PRIMARY KEY, u bigint REFERENCES users);";
    assert_eq!(found(&[sql])?, [("LK19", 1)]);
    let header = "-- locks: `users` SHARE ROW EXCLUSIVE (writes wait)\n";
    assert_eq!(found(&[&format!("{header}{sql}")])?, []);
    let other = header.replace("users", "tasks");
    assert_eq!(found(&[&format!("{other}{sql}")])?, [("LK19", 2)]);
    Ok(())
}
