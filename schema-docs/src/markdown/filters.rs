//! The filters of the templates.

// The macro requires the results, and makes the rest.
#![allow(
    unreachable_pub,
    clippy::inline_always,
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    clippy::unnecessary_wraps,
    clippy::unused_self
)]

use std::fmt::Display;

use askama::{Values, filter_fn};
use freehold_schema_core::ddl;

use super::escape;
use crate::size;

/// Words.
#[filter_fn]
pub(super) fn text(text: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(escape::text(&text.to_string()))
}

/// A name or SQL within a line.
#[filter_fn]
pub(super) fn code(text: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(escape::code(&text.to_string()))
}

/// Names, separated by commas.
#[filter_fn]
pub(super) fn codes(names: &[String], _: &dyn Values) -> askama::Result<String> {
    Ok(super::section::codes(names))
}

/// Markdown in a cell of a table.
#[filter_fn]
pub(super) fn cell(markdown: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(escape::cell(&markdown.to_string()))
}

/// A statement as a block.
#[filter_fn]
pub(super) fn sql(text: impl Display, _: &dyn Values) -> askama::Result<String> {
    Ok(escape::block("sql", &text.to_string()))
}

/// Statements as a block.
#[filter_fn]
pub(super) fn script(statements: &[String], _: &dyn Values) -> askama::Result<String> {
    Ok(escape::block("sql", &ddl::script(statements)))
}

/// A number of rows.
#[filter_fn]
pub(super) fn number(number: &u64, _: &dyn Values) -> askama::Result<String> {
    Ok(size::number(*number))
}

/// A number of bytes.
#[filter_fn]
pub(super) fn bytes(bytes: &u64, _: &dyn Values) -> askama::Result<String> {
    Ok(size::bytes(*bytes))
}
