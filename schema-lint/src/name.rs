//! Names in a syntax tree.

use std::fmt;

use squawk_syntax::{SyntaxKind, SyntaxNode};

/// The name of a table, an index or a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name {
    /// `None` for `public`, which the search path finds.
    schema: Option<String>,
    pub(super) name: String,
}

impl Name {
    /// The name in a node.
    pub(super) fn of(node: &SyntaxNode) -> Option<Self> {
        let mut words = words(node);
        let name = words.pop()?;
        let schema = words.pop().filter(|schema| schema != "public");
        Some(Self { schema, name })
    }

    /// Another name in the same schema.
    pub(super) fn beside(&self, name: impl Into<String>) -> Self {
        Self {
            schema: self.schema.clone(),
            name: name.into(),
        }
    }

    /// Whether a text names the same object, with or without `public.`.
    pub(super) fn is(&self, text: &str) -> bool {
        text.strip_prefix("public.").unwrap_or(text) == self.to_string()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// The last word of a name, such as a column or a constraint.
pub(super) fn word(node: &SyntaxNode) -> String {
    words(node).pop().unwrap_or_default()
}

/// The last word, and before it the words that a dot joins to it: `ON ONLY app.tasks` names `app.tasks`.
fn words(node: &SyntaxNode) -> Vec<String> {
    use SyntaxKind::{DOT, L_PAREN, R_PAREN, STAR};
    let mut words = Vec::new();
    let mut is_joined = false;
    let tokens = tokens(node).filter(|(kind, _)| !matches!(kind, L_PAREN | R_PAREN | STAR));
    for (kind, text) in tokens {
        if kind == DOT {
            is_joined = true;
            continue;
        }
        if !is_joined {
            words.clear();
        }
        words.push(folded(&text));
        is_joined = false;
    }
    words
}

/// The tokens of a node, without blanks and comments.
pub(super) fn tokens(node: &SyntaxNode) -> impl Iterator<Item = (SyntaxKind, String)> {
    let tokens = node.descendants_with_tokens();
    let tokens = tokens.filter_map(squawk_syntax::SyntaxElement::into_token);
    let solid = tokens.filter(|token| !token.kind().is_trivia());
    solid.map(|token| (token.kind(), token.text().to_owned()))
}

/// The text of a node in lower case, with one blank between tokens.
pub(super) fn lower(node: &SyntaxNode) -> String {
    let words: Vec<_> = tokens(node)
        .map(|(_, text)| text.to_ascii_lowercase())
        .collect();
    words.join(" ")
}

/// The identifier as PostgreSQL stores it: lower case unless quoted.
pub(super) fn folded(text: &str) -> String {
    let quoted = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    quoted.map_or_else(
        || text.to_ascii_lowercase(),
        |name| name.replace("\"\"", "\""),
    )
}
