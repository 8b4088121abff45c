//! Full-text search.

use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines};

#[derive(Table)]
#[table(name = articles, shared, allow(timestamps, uuid_key))]
#[table(search(title = a, body = b, language = "english"))]
struct Article {
    #[column(primary_key)]
    id: i32,
    title: String,
    body: Option<String>,
}

schema!(ARTICLES = [Article]);

const ROWS: &str = "
    INSERT INTO articles VALUES
        (1, 'Running shoes', NULL),
        (2, 'A book', 'about shoes that run'),
        (3, 'A hat', 'of felt');";

#[test]
fn a_search_finds_word_forms_and_ranks_by_weight() -> TestResult {
    let database = database_with(&ARTICLES)?;
    let found = lines(
        &database,
        &format!(
            "{ROWS} SELECT id FROM articles, websearch_to_tsquery('english', 'shoe run') AS words
             WHERE search @@ words ORDER BY ts_rank(search, words) DESC"
        ),
    )?;
    assert_eq!(found, ["1", "2"]);
    Ok(())
}

#[test]
fn the_document_follows_its_columns() -> TestResult {
    let database = database_with(&ARTICLES)?;
    let found = lines(
        &database,
        &format!(
            "{ROWS} UPDATE articles SET body = 'and shoes' WHERE id = 3;
             SELECT id FROM articles WHERE search @@ websearch_to_tsquery('english', 'hat shoes')"
        ),
    )?;
    assert_eq!(found, ["3"]);
    Ok(())
}

#[test]
fn a_search_has_an_index() -> TestResult {
    let database = database_with(&ARTICLES)?;
    let plan = lines(
        &database,
        "SET enable_seqscan = off;
         EXPLAIN (COSTS OFF) SELECT id FROM articles WHERE search @@ websearch_to_tsquery('english', 'hat')",
    )?;
    assert!(
        plan.iter().any(|line| line.contains("idx_articles_search")),
        "{plan:?}"
    );
    Ok(())
}

#[test]
fn down_leaves_nothing() -> TestResult {
    assert_down_leaves_nothing(&ARTICLES)
}
