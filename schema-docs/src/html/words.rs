//! The small parts of the page: names that are links, sentences, numbers.

use askama::Template;
use askama::filters::HtmlSafe;

use super::context::Context;
use crate::document::{Cascade, Effect, Fragment, Sentence};

/// A name, as a link if the page has the object.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% if let Some(href) = href %}<a href=\"{{ href }}\"><code>{{ text }}</code></a>\
              {% else %}<code>{{ text }}</code>{% endif %}"
)]
pub(super) struct Link<'a> {
    pub(super) href: Option<String>,
    pub(super) text: &'a str,
}

/// A sentence with its marked names.
#[derive(Template)]
#[template(
    ext = "html",
    source = "{% for part in sentence.parts %}{% match part %}\
              {% when Fragment::Text(text) %}{{ text }}\
              {% when Fragment::Code(code) %}<code>{{ code }}</code>\
              {% when Fragment::Relation(name) %}{{ at.relation(name) }}\
              {% endmatch %}{% endfor %}"
)]
pub(super) struct Words<'a> {
    pub(super) at: &'a Context<'a>,
    pub(super) sentence: &'a Sentence,
}

/// What a delete does in other tables, as nested lists.
#[derive(Template)]
#[template(path = "cascade.html")]
pub(super) struct Tree<'a> {
    pub(super) at: &'a Context<'a>,
    pub(super) tree: &'a [Cascade],
}

impl Tree<'_> {
    /// The class that colours an effect.
    fn class(effect: &Effect) -> &'static str {
        match effect {
            Effect::Deleted => "deleted",
            Effect::SetNull(_) | Effect::SetDefault(_) => "changed",
            Effect::Refused(_) => "refused",
            Effect::Nothing => "quiet",
        }
    }
}

// Their templates escape what they contain.
impl HtmlSafe for Link<'_> {}
impl HtmlSafe for Words<'_> {}
impl HtmlSafe for Tree<'_> {}

/// A number with separators: `1,234,567`.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size in bytes, with at most one decimal: `1.4 MB`.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    // In tenths, rounded to the nearest.
    let mut tenths = bytes.saturating_add(50) / 100;
    let mut units = UNITS.iter();
    let mut unit = units.next();
    while let Some(next) = units.as_slice().first().filter(|_| tenths >= 10_000) {
        tenths = (tenths + 500) / 1000;
        unit = Some(next);
        units.next();
    }
    let unit = unit.unwrap_or(&"");
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} {unit}"),
        (100.., _) => format!("{} {unit}", (tenths + 5) / 10),
        (whole, tenth) => format!("{whole}.{tenth} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, number};

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let texts: Vec<_> = [0, 999, 1000, 1_234_567].map(number).into();
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn sizes_have_the_largest_unit_below_them() {
        let sizes = [
            0,
            999,
            1000,
            8192,
            1_450_000,
            113_800_000,
            999_999,
            5_000_000_000_000,
        ];
        let texts: Vec<_> = sizes.map(bytes).into();
        let expected = [
            "0 B", "999 B", "1 kB", "8.2 kB", "1.5 MB", "114 MB", "1 MB", "5 TB",
        ];
        assert_eq!(texts, expected);
    }
}
