//! Which words of two definitions differ.

use similar::{ChangeTag, TextDiff};

use super::Change;

/// Words of a definition that are all different from the other definition, or all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The words, with the spaces between them.
    pub text: String,
    /// Whether the other definition has other words in their place.
    pub is_changed: bool,
}

impl Change {
    /// The definition before, in segments; empty if the object is added.
    pub fn segments_before(&self) -> Vec<Segment> {
        self.segments(self.before.as_deref(), ChangeTag::Delete)
    }

    /// The definition after, in segments; empty if the object is removed.
    pub fn segments_after(&self) -> Vec<Segment> {
        self.segments(self.after.as_deref(), ChangeTag::Insert)
    }

    fn segments(&self, own: Option<&str>, tag: ChangeTag) -> Vec<Segment> {
        match (&self.before, &self.after, own) {
            (Some(before), Some(after), _) => differing(before, after, tag),
            (_, _, Some(text)) => vec![Segment {
                text: text.to_owned(),
                is_changed: false,
            }],
            (_, _, None) => Vec::new(),
        }
    }
}

/// The segments of the text that has the words with `tag`.
fn differing(before: &str, after: &str, tag: ChangeTag) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let is_changed = change.tag() == tag;
        if change.tag() != ChangeTag::Equal && !is_changed {
            continue;
        }
        match segments
            .last_mut()
            .filter(|last| last.is_changed == is_changed)
        {
            Some(last) => last.text.push_str(change.value()),
            None => segments.push(Segment {
                text: change.value().to_owned(),
                is_changed,
            }),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::{Change, Segment};

    fn change(before: Option<&str>, after: Option<&str>) -> Change {
        Change {
            kind: "column",
            name: "city".to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }

    fn texts(segments: &[Segment]) -> Vec<(&str, bool)> {
        let pair = |one: &'_ Segment| one.is_changed;
        segments
            .iter()
            .map(|one| (one.text.as_str(), pair(one)))
            .collect()
    }

    #[test]
    fn the_words_that_differ_are_marked() {
        let change = change(Some("city text NOT NULL"), Some("city varchar NOT NULL"));
        let before = change.segments_before();
        assert_eq!(
            texts(&before),
            [("city ", false), ("text", true), (" NOT NULL", false)]
        );
        let after = change.segments_after();
        assert_eq!(
            texts(&after),
            [("city ", false), ("varchar", true), (" NOT NULL", false)]
        );
    }

    #[test]
    fn an_added_object_has_only_an_after() {
        let change = change(None, Some("city text"));
        assert!(change.segments_before().is_empty());
        assert_eq!(texts(&change.segments_after()), [("city text", false)]);
    }
}
