//! SQL that is passed on as written: it must not be empty, and PostgreSQL must be able to store it.

use super::texts;
use crate::ast::Source;
use crate::errors::Errors;

/// Checks the body of a function.
pub(super) fn body(source: &Source, errors: &Errors) {
    let text =
        "the body is empty; write it in the language of the function: `body = \"BEGIN .. END;\"`";
    let path =
        "the path is empty; write the path of a file: `body_file = \"sql/process_order.sql\"`";
    check(source, text, path, "a body", errors);
}

/// Checks the query of a view.
pub(super) fn query(source: &Source, errors: &Errors) {
    let text = "the query is empty; write it in SQL: `query = \"SELECT ..\"`";
    let path =
        "the path is empty; write the path of a file: `query_file = \"sql/order_summary.sql\"`";
    check(source, text, path, "a query", errors);
}

fn check(source: &Source, no_text: &str, no_path: &str, what: &str, errors: &Errors) {
    match source {
        Source::Text(text) => {
            texts::not_empty(text, no_text, errors);
            texts::literal(text, what, errors);
        }
        Source::File(path) => texts::not_empty(path, no_path, errors),
    }
}
