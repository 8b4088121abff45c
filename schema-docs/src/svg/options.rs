//! How a diagram is written.

/// How [`svg`](super::svg) writes a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SvgOptions {
    /// Whether the text is a file of its own, with its own colours, a background and a legend. Otherwise it is part of
    /// a page, which contains [`style::RULES`](super::style::RULES) and the colours.
    pub standalone: bool,
    /// What precedes the name of a table in the link of its box: `#t:` gives `href="#t:users"`. `None` is no links.
    pub link: Option<String>,
    /// What precedes the name of a table in the `id` of its box. Diagrams of one page need different prefixes.
    pub id_prefix: String,
    /// The title, which screen readers read.
    pub title: String,
}

impl Default for SvgOptions {
    /// A file of its own without links.
    fn default() -> Self {
        Self {
            standalone: true,
            link: None,
            id_prefix: "e:".to_owned(),
            title: "Tables and references".to_owned(),
        }
    }
}

impl SvgOptions {
    /// A diagram in a page: without own colours, and each box links to `#t:` and the name of its table.
    pub fn embedded() -> Self {
        Self {
            standalone: false,
            link: Some("#t:".to_owned()),
            ..Self::default()
        }
    }
}
