//! `-- freehold: allow LK01 (reason)`, before the statement that it is about.

use std::ops::Range;

const MARK: &str = "-- freehold:";

/// A comment of it.
#[derive(Debug)]
pub(super) struct Allow {
    pub(super) range: Range<usize>,
    /// The rules, or what is wrong with the comment.
    pub(super) ids: Result<Vec<String>, &'static str>,
}

/// Those in what stands before a statement.
pub(super) fn before(sql: &str, gap: Range<usize>) -> Vec<Allow> {
    let mut allows = Vec::new();
    let mut at = gap.start;
    while let Some(rest) = sql.get(at..gap.end).filter(|rest| !rest.is_empty()) {
        let length = next(rest);
        if rest.starts_with(MARK) {
            let comment = rest.get(..length).unwrap_or_default().trim_end();
            allows.push(Allow {
                range: at..at + comment.len(),
                ids: ids(comment),
            });
        }
        at += length;
    }
    allows
}

/// Those inside a statement, where they say nothing about it.
pub(super) fn is_one(comment: &str) -> bool {
    comment.starts_with(MARK)
}

/// How long a comment is, or a character that is in none.
fn next(rest: &str) -> usize {
    if rest.starts_with("--") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block(rest);
    }
    rest.chars().next().map_or(1, char::len_utf8)
}

/// How long a comment is that may have others in it.
fn block(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn ids(comment: &str) -> Result<Vec<String>, &'static str> {
    let text = comment.strip_prefix(MARK).unwrap_or_default().trim();
    let text = text
        .strip_prefix("allow ")
        .ok_or("it is not `-- freehold: allow LK01 (reason)`")?;
    let (ids, reason) = text
        .split_once('(')
        .ok_or("it gives no reason: `-- freehold: allow LK01 (reason)`")?;
    let reason = reason.strip_suffix(')').unwrap_or_default();
    if reason.trim().is_empty() {
        return Err("it gives no reason: `-- freehold: allow LK01 (reason)`");
    }
    let ids = ids.split(',').map(|id| id.trim().to_owned());
    let ids: Vec<_> = ids.filter(|id| !id.is_empty()).collect();
    if ids.is_empty() {
        return Err("it names no rule: `-- freehold: allow LK01 (reason)`");
    }
    Ok(ids)
}
