//! The page of a comparison.

use askama::Template;

use super::csp;
use super::error::Error;
use crate::compare::{ChangeGroup, Comparison};

/// The parts of the one style of the page.
const STYLES: [&str; 4] = [
    include_str!("../../templates/page.css"),
    include_str!("../../templates/parts.css"),
    include_str!("../../templates/print.css"),
    include_str!("../../templates/changes.css"),
];

/// Writes two schemas side by side as one HTML page. `before` and `after` name them.
///
/// It needs no other file, runs nothing and sends nothing over the network. The words that differ are marked.
///
/// ```
/// use freehold_schema_docs::compare::Comparison;
/// use freehold_schema_docs::html::changes;
///
/// let page = changes(&Comparison::default(), "migrations", "structs")?;
/// assert!(page.contains("Nothing is different."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A template that fails.
pub fn changes(comparison: &Comparison, before: &str, after: &str) -> Result<String, Error> {
    let style = STYLES.concat();
    let page = Changes {
        comparison,
        before,
        after,
        policy: csp::policy_without_script(&style),
        style: &style,
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes<'a> {
    comparison: &'a Comparison,
    before: &'a str,
    after: &'a str,
    policy: String,
    style: &'a str,
}

impl Changes<'_> {
    fn title(group: &ChangeGroup) -> &str {
        group.table.as_deref().unwrap_or("Other objects")
    }
}
