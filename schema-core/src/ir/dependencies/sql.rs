//! The names in a piece of SQL that may be relations and functions: enough of PostgreSQL's lexer (manual, 4.1) to leave out what
//! stands in texts and comments.

/// A name in SQL, without its schema.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) name: String,
    /// Whether an argument list follows.
    pub(super) is_called: bool,
    /// Whether it stands where a relation does: after `FROM`, `JOIN`, `INTO`, `UPDATE`, `TABLE`, `ONLY` or a comma.
    pub(super) is_relation: bool,
}

const BEFORE_RELATION: [&str; 6] = ["from", "join", "into", "update", "table", "only"];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word { text: String, quoted: bool },
    Symbol(char),
}

/// The names of `sql`, in order.
pub(super) fn names(sql: &str) -> Vec<Name> {
    let tokens = tokens(sql);
    let mut found = Vec::new();
    let mut may_be_relation = false;
    for (index, token) in tokens.iter().enumerate() {
        let Token::Word { text, quoted } = token else {
            // The dot of `schema.name` keeps the place.
            may_be_relation =
                *token == Token::Symbol(',') || (may_be_relation && *token == Token::Symbol('.'));
            continue;
        };
        let next = tokens.get(index + 1);
        let is_keyword = !quoted && BEFORE_RELATION.contains(&text.as_str());
        if next != Some(&Token::Symbol('.')) {
            found.push(Name {
                name: text.clone(),
                is_called: next == Some(&Token::Symbol('(')),
                is_relation: may_be_relation && !is_keyword,
            });
            may_be_relation = is_keyword;
        }
    }
    found
}

fn tokens(sql: &str) -> Vec<Token> {
    let mut rest = sql;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = token(rest, first);
        tokens.extend(token);
        // At least the first character is read, so that it comes to an end.
        rest = rest.get(length.max(first.len_utf8())..).unwrap_or_default();
    }
    tokens
}

/// The token at the beginning, and how many bytes it takes; nothing for space, comments, texts and numbers.
fn token(rest: &str, first: char) -> (Option<Token>, usize) {
    if rest.starts_with("--") {
        return (None, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (None, block_comment(rest));
    }
    match first {
        '\'' => (None, quoted(rest, '\'', false)),
        'e' | 'E' if rest[1..].starts_with('\'') => (None, 1 + quoted(&rest[1..], '\'', true)),
        '"' => {
            let length = quoted(rest, '"', false);
            let inner = rest.get(1..length.saturating_sub(1)).unwrap_or_default();
            let word = Token::Word {
                text: inner.replace("\"\"", "\""),
                quoted: true,
            };
            (Some(word), length)
        }
        '$' => (None, dollar_quoted(rest)),
        c if c.is_ascii_digit() => (None, word_length(rest)),
        c if is_word(c) => {
            let length = word_length(rest);
            let text = rest.get(..length).unwrap_or_default().to_lowercase();
            (
                Some(Token::Word {
                    text,
                    quoted: false,
                }),
                length,
            )
        }
        c if c.is_whitespace() => (None, c.len_utf8()),
        c => (Some(Token::Symbol(c)), c.len_utf8()),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || !c.is_ascii()
}

fn word_length(rest: &str) -> usize {
    rest.find(|c| !is_word(c) && c != '$').unwrap_or(rest.len())
}

/// The length of what begins with a quote; a doubled one stands for itself, and so does one after a backslash where those escape.
fn quoted(rest: &str, quote: char, backslash_escapes: bool) -> usize {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((index, c)) = characters.next() {
        if c == '\\' && backslash_escapes {
            characters.next();
        } else if c == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return index + c.len_utf8();
        }
    }
    rest.len()
}

/// The length of `$tag$ .. $tag$`; of a parameter such as `$1` just the sign.
fn dollar_quoted(rest: &str) -> usize {
    let Some(end) = rest[1..].find('$') else {
        return 1;
    };
    let tag = &rest[..end + 2];
    let is_tag = |c: char| is_word(c) && !c.is_ascii_digit();
    let name = &tag[1..=end];
    let is_quote = name.is_empty() || name.starts_with(is_tag) && name.chars().all(is_word);
    if !is_quote {
        return 1;
    }
    rest[tag.len()..]
        .find(tag)
        .map_or(rest.len(), |length| length + 2 * tag.len())
}

/// The length of a comment, with those in it.
fn block_comment(rest: &str) -> usize {
    let (mut depth, mut index) = (0_usize, 0);
    while let Some(here) = rest.get(index..).filter(|here| !here.is_empty()) {
        if here.starts_with("/*") {
            depth += 1;
            index += 2;
        } else if here.starts_with("*/") {
            depth = depth.saturating_sub(1);
            index += 2;
            if depth == 0 {
                return index;
            }
        } else {
            index += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relations(sql: &str) -> Vec<String> {
        let names = names(sql).into_iter();
        names
            .filter(|name| name.is_relation)
            .map(|name| name.name)
            .collect()
    }

    fn calls(sql: &str) -> Vec<String> {
        let names = names(sql).into_iter();
        names
            .filter(|name| name.is_called)
            .map(|name| name.name)
            .collect()
    }

    #[test]
    fn relations_stand_after_from_join_and_a_comma() {
        assert_eq!(
            relations("SELECT 1 FROM a, app.b JOIN \"C\" ON true"),
            ["a", "b", "C"]
        );
    }

    #[test]
    fn what_stands_in_texts_and_comments_is_no_name() {
        assert_eq!(
            relations("SELECT 'FROM a' -- FROM b\n /* FROM c /* FROM d */ FROM e */ FROM f"),
            ["f"]
        );
        assert_eq!(
            relations("SELECT $$ FROM a $$, E'\\' FROM b', $x$ FROM $c$ d $x$ FROM e"),
            ["e"]
        );
    }

    #[test]
    fn a_parameter_is_no_dollar_quote() {
        assert_eq!(relations("SELECT $1 FROM a WHERE b = $2"), ["a"]);
    }

    #[test]
    fn calls_have_an_argument_list() {
        assert_eq!(
            calls("SELECT app.total(id), other (1) FROM t"),
            ["total", "other"]
        );
    }

    #[test]
    fn a_text_without_an_end_ends_with_the_sql() {
        for sql in [
            "SELECT 'a",
            "SELECT \"a",
            "SELECT $$ a",
            "SELECT /* a",
            "e",
            "E'",
        ] {
            names(sql);
        }
    }

    #[test]
    fn unquoted_names_are_folded() {
        assert_eq!(relations("SELECT * FROM Users"), ["users"]);
    }
}
