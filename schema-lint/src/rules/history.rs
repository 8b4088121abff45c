//! Files that the rules cannot use: wrong comments, statements that do not parse, missing down files.

use std::ops::Range;

use squawk_syntax::ast::AstNode as _;
use squawk_syntax::{SyntaxElement, SyntaxKind};

use crate::allow;
use crate::findings::{At, Find, Findings};
use crate::rule::LintRule;

pub(crate) static HX05: LintRule =
    LintRule::warning("HX05", "useless_allow", "an `allow` comment allows nothing")
        .why("The comment outlives its reason, and can hide a later finding at the same place.")
        .instead("remove it, or write `-- freehold: allow LK01 (reason)` before the statement");

pub(crate) static HX06: LintRule =
    LintRule::note("HX06", "no_way_back", "a migration has no down file")
        .why("If you have to revert the release, there is no tested way to revert its schema.")
        .instead("write `<version>_<name>.down.sql`, or allow the rule before the first statement");

pub(crate) static HX07: LintRule =
    LintRule::warning("HX07", "unreadable", "a statement cannot be parsed")
        .why("The statement has a mistake, or its syntax is newer than the parser. The rules see only a part of it, or nothing.")
        .instead("correct the statement, or allow the rule here if the server accepts it");

pub(crate) fn no_way_back() -> Find {
    Find::new(&HX06, 0, 0..0, "the migration has no down file")
}

pub(crate) fn unreadable(index: usize, at: usize, reason: &str) -> Find {
    Find::new(
        &HX07,
        index,
        at..at,
        format!("the statement cannot be parsed here: {reason}"),
    )
}

pub(crate) fn bad_allow(index: usize, range: Range<usize>, reason: String) -> Find {
    Find::new(&HX05, index, range, reason)
}

/// Reports `allow` comments inside a statement: it would be unclear what they allow.
pub(crate) fn misplaced(at: &At<'_>, found: &mut Findings) {
    let tokens = at.tree.syntax().descendants_with_tokens();
    let tokens = tokens.filter_map(SyntaxElement::into_token);
    for comment in tokens.filter(|it| it.kind() == SyntaxKind::COMMENT) {
        if allow::is_one(comment.text()) {
            let start = at.statement.range.start + usize::from(comment.text_range().start());
            let range = start..start + comment.text().trim_end().len();
            let reason =
                "the comment is inside the statement; write it before the statement".to_owned();
            found.add(bad_allow(at.index, range, reason));
        }
    }
}
