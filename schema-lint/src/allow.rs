//! The comment `-- freehold: allow LK01 (reason)`, which belongs to the statement after it.

use std::ops::Range;

use freehold_schema_core::sql::lexer::lexemes;

const MARK: &str = "-- freehold:";

/// An `allow` comment.
#[derive(Debug)]
pub(super) struct Allow {
    pub(super) range: Range<usize>,
    /// The ids of the rules, or what is wrong with the comment.
    pub(super) ids: Result<Vec<String>, &'static str>,
}

/// The `allow` comments in the gap before a statement.
pub(super) fn before(sql: &str, gap: Range<usize>) -> Vec<Allow> {
    let comments = lexemes(sql.get(gap.clone()).unwrap_or_default());
    let marks = comments.filter(|lexeme| lexeme.text.starts_with(MARK));
    let allows = marks.map(|lexeme| {
        let comment = lexeme.text.trim_end();
        let start = gap.start + lexeme.start;
        Allow {
            range: start..start + comment.len(),
            ids: ids(comment),
        }
    });
    allows.collect()
}

/// Whether a comment is an `allow` comment. Inside a statement such a comment has no effect.
pub(super) fn is_one(comment: &str) -> bool {
    comment.starts_with(MARK)
}

fn ids(comment: &str) -> Result<Vec<String>, &'static str> {
    let text = comment.strip_prefix(MARK).unwrap_or_default().trim();
    let text = text
        .strip_prefix("allow ")
        .ok_or("expected `-- freehold: allow LK01 (reason)`")?;
    let (ids, reason) = text
        .split_once('(')
        .ok_or("the comment has no reason; write `-- freehold: allow LK01 (reason)`")?;
    let reason = reason.strip_suffix(')').unwrap_or_default();
    if reason.trim().is_empty() {
        return Err("the comment has no reason; write `-- freehold: allow LK01 (reason)`");
    }
    let ids = ids.split(',').map(|id| id.trim().to_owned());
    let ids: Vec<_> = ids.filter(|id| !id.is_empty()).collect();
    if ids.is_empty() {
        return Err("the comment names no rule; write `-- freehold: allow LK01 (reason)`");
    }
    Ok(ids)
}
