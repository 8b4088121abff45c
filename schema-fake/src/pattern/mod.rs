//! Regular expressions of checks: texts that match one are made from it.
//!
//! It knows what checks usually contain: classes, groups, alternatives, counts and anchors. A pattern with anything
//! else is not understood.

mod make;
mod matching;
mod parse;

use crate::random::Random;

/// A regular expression, or the pattern of a `LIKE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    root: Node,
    ignores_case: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// One character of these ranges, or of none of them.
    Class {
        ranges: Vec<(char, char)>,
        negated: bool,
    },
    Sequence(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: usize,
        most: Option<usize>,
    },
    Start,
    End,
}

impl Pattern {
    /// Reads the right side of `~`, or of `~*` if it ignores the case.
    pub(crate) fn regular(text: &str, ignores_case: bool) -> Option<Self> {
        let root = parse::regular(text)?;
        Some(Self { root, ignores_case })
    }

    /// Reads the right side of `LIKE`, or of `ILIKE` if it ignores the case.
    pub(crate) fn like(text: &str, ignores_case: bool) -> Self {
        Self {
            root: parse::like(text),
            ignores_case,
        }
    }

    /// Whether the text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        matching::matches(&self.root, text, self.ignores_case)
    }

    /// A text that matches, of at most `longest` characters.
    pub(crate) fn text(&self, random: &mut Random, longest: usize) -> Option<String> {
        make::text(&self.root, &mut make::Choice::Random(random), longest)
    }

    /// The text with this number, for texts that must differ.
    pub(crate) fn nth(&self, number: u64, longest: usize) -> Option<String> {
        make::text(&self.root, &mut make::Choice::Numbered(number), longest)
    }

    /// The number of texts that [`nth`](Self::nth) can make.
    pub(crate) fn count(&self, longest: usize) -> u64 {
        make::count(&self.root, longest)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const KNOWN: &[&str] = &[
        r"^[^@]+@[^@]+\.[^@]+$",
        r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$",
        r"^[A-Z]{3}-\d{4}$",
        r"^\+[1-9][0-9]{7,14}$",
        "^#[0-9a-f]{6}$",
        "^[a-z0-9]+(-[a-z0-9]+)*$",
        "^(small|medium|large)$",
        "^https?://",
        "^[[:alpha:]]+$",
        "x",
    ];

    #[test]
    fn texts_that_are_made_match() {
        let mut random = Random::new(3);
        for text in KNOWN {
            let Some(pattern) = Pattern::regular(text, false) else {
                unreachable!("`{text}` is not understood");
            };
            for _ in 0..50 {
                let made = pattern.text(&mut random, 40);
                assert!(
                    made.as_deref().is_some_and(|made| pattern.matches(made)),
                    "{text}: {made:?}"
                );
            }
        }
    }

    #[test]
    fn numbered_texts_differ() {
        for text in [KNOWN[0], KNOWN[1], KNOWN[2], KNOWN[4]] {
            let pattern = Pattern::regular(text, false);
            let made: BTreeSet<_> = (0..2_000)
                .filter_map(|number| pattern.as_ref()?.nth(number, 40))
                .collect();
            assert_eq!(made.len(), 2_000, "{text}");
            assert!(
                made.iter()
                    .all(|made| pattern.as_ref().is_some_and(|it| it.matches(made)))
            );
        }
    }

    #[test]
    fn the_number_of_texts_is_known() {
        let count = |text| Pattern::regular(text, false).map(|pattern| pattern.count(40));
        assert_eq!(count("^[0-9]{2}$"), Some(100));
        assert_eq!(count("^x$"), Some(1));
    }

    #[test]
    fn a_pattern_of_like_is_anchored() {
        let pattern = Pattern::like("SKU-%_", false);
        assert!(pattern.matches("SKU-12"));
        assert!(!pattern.matches("a SKU-12"));
        assert!(Pattern::like("sku%", true).matches("SKU"));
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        for text in [r"(a)\1", "(?=a)", r"\mword", "[[.a.]]", "a{2"] {
            assert_eq!(Pattern::regular(text, false), None, "{text}");
        }
    }
}
