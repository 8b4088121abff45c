use askama::Template;

use super::filters;
use crate::compare::Comparison;

/// The page of a comparison.
#[derive(Template)]
#[template(path = "markdown/changes.md")]
pub(super) struct Changes<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}
