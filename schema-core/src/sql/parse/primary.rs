//! Parses the operands between operators.

use super::Parser;
use super::operator::Strength;
use crate::sql::token::Token;
use crate::sql::tree::Node;

/// The functions that SQL calls without parentheses, each with its canonical name.
const KEYWORDS: &[(&str, &str)] = &[
    ("current_catalog", "current_catalog"),
    ("current_date", "current_date"),
    ("current_role", "current_user"),
    ("current_schema", "current_schema"),
    ("current_time", "current_time"),
    ("current_user", "current_user"),
    ("localtime", "localtime"),
    ("localtimestamp", "localtimestamp"),
    ("session_user", "session_user"),
    ("user", "current_user"),
];

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Option<Node> {
        match self.peek()? {
            Token::Text(text) => Some(self.read(Node::Text(text.clone()))),
            Token::Number(number) => Some(self.read(Node::Number(number.clone()))),
            Token::Verbatim(text) => Some(self.read(Node::Verbatim(text.clone()))),
            Token::Word(word) => self.word(word),
            Token::Quoted(_) => self.named(),
            Token::Symbol('(') => self.parenthesis(),
            Token::Operator(_) | Token::Symbol(_) => None,
        }
    }

    /// Accepts the current token as `node`.
    fn read(&mut self, node: Node) -> Node {
        self.position += 1;
        node
    }

    fn word(&mut self, word: &str) -> Option<Node> {
        match word {
            "null" => return Some(self.read(Node::Null)),
            "true" => return Some(self.read(Node::Bool(true))),
            "false" => return Some(self.read(Node::Bool(false))),
            "case" => return self.case(),
            "cast" => return self.cast(),
            "array" => return self.array(),
            _ => {}
        }
        if let Some(typed) = self.typed_text() {
            return Some(typed);
        }
        if self.peek_at(1) == Some(&Token::Symbol('(')) {
            match word {
                "exists" => return self.exists(),
                "row" => return self.row(),
                "current_schema" if self.peek_at(2) == Some(&Token::Symbol(')')) => {
                    self.position += 3;
                    return Some(Node::Keyword(word.to_owned()));
                }
                _ => {}
            }
        } else if word == "current_timestamp" {
            return Some(self.read(Node::call("now", Vec::new())));
        } else if let Some((_, keyword)) = KEYWORDS.iter().find(|(written, _)| *written == word) {
            return Some(self.read(Node::Keyword((*keyword).to_owned())));
        }
        if is_no_name(word) {
            return None;
        }
        self.named()
    }

    /// A literal with its type before it: `date '2026-01-01'`.
    fn typed_text(&mut self) -> Option<Node> {
        let has_text = matches!(self.peek_at(1), Some(Token::Text(_)));
        if !has_text && !self.peek_word().is_some_and(has_more_words) {
            return None;
        }
        let start = self.position;
        let typed = self.type_name().and_then(|name| match self.next()? {
            Token::Text(text) => Some(Node::Cast(Node::Text(text.clone()).boxed(), name)),
            _ => None,
        });
        // Not for `interval '1' year`, which has a further word.
        let is_whole = !matches!(
            self.peek_word(),
            Some("year" | "month" | "day" | "hour" | "minute" | "second")
        );
        if typed.is_none() || !is_whole {
            self.position = start;
            return None;
        }
        typed
    }

    /// A column or a call.
    fn named(&mut self) -> Option<Node> {
        let quoted = matches!(self.peek(), Some(Token::Quoted(_)));
        let path = self.path()?;
        if self.is_symbol('.') && self.peek_at(1) == Some(&Token::Operator("*".to_owned())) {
            self.position += 2;
            return Some(Node::Star(path));
        }
        if self.is_symbol('(') {
            return self.call(path, quoted);
        }
        Some(Node::Name(path))
    }

    /// A row, a query, or an expression in parentheses, with the fields selected from it.
    fn parenthesis(&mut self) -> Option<Node> {
        let mut node = match self.enclosed(Self::query_or_row)? {
            Node::Row(mut one) if one.len() == 1 => one.pop()?,
            other => other,
        };
        while self.is_symbol('.') && self.is_name_at(1) {
            self.position += 1;
            self.grow()?;
            node = Node::Field(node.boxed(), self.name()?);
        }
        Some(node)
    }

    /// A query, or a row of the expressions between commas.
    pub(super) fn query_or_row(&mut self) -> Option<Node> {
        match self.query() {
            Some(select) => Some(Node::Query(Box::new(select?))),
            None => Some(Node::Row(self.list(Self::expression)?)),
        }
    }

    pub(super) fn query_or_expression(&mut self) -> Option<Node> {
        match self.query() {
            Some(select) => Some(Node::Query(Box::new(select?))),
            None => self.expression(),
        }
    }

    fn row(&mut self) -> Option<Node> {
        self.position += 2;
        Some(Node::Row(self.expressions_until(')')?))
    }

    fn exists(&mut self) -> Option<Node> {
        self.position += 1;
        let select = self.enclosed(|parser| parser.query()?)?;
        Some(Node::Exists(Box::new(select)))
    }

    /// `ARRAY[..]` or `ARRAY(SELECT ..)`. Inner arrays of several dimensions have no keyword.
    fn array(&mut self) -> Option<Node> {
        self.position += 1;
        if self.is_symbol('(') {
            let select = self.enclosed(|parser| parser.query()?)?;
            return Some(Node::ArrayOf(Box::new(select)));
        }
        self.elements()
    }

    fn elements(&mut self) -> Option<Node> {
        self.expects_symbol('[')?;
        if self.takes_symbol(']') {
            return Some(Node::Array(Vec::new()));
        }
        self.depth += 1;
        let elements = self.list(|parser| {
            if parser.is_symbol('[') && parser.depth < super::MAX_DEPTH {
                parser.elements()
            } else {
                parser.expression()
            }
        })?;
        self.depth -= 1;
        self.expects_symbol(']')?;
        Some(Node::Array(elements))
    }

    fn case(&mut self) -> Option<Node> {
        self.position += 1;
        let operand = if self.peek_word() == Some("when") {
            None
        } else {
            Some(self.expression()?.boxed())
        };
        let mut branches = Vec::new();
        while self.takes(&["when"]) {
            let when = self.expression()?;
            self.expects("then")?;
            branches.push((when, self.expression()?));
        }
        let otherwise = if self.takes(&["else"]) {
            Some(self.expression()?.boxed())
        } else {
            None
        };
        self.expects("end")?;
        Some(Node::Case {
            operand,
            branches,
            otherwise,
        })
    }

    fn cast(&mut self) -> Option<Node> {
        self.position += 1;
        self.enclosed(|parser| {
            let operand = parser.operand(Strength::Or)?;
            parser.expects("as")?;
            Some(Node::Cast(operand.boxed(), parser.type_name()?))
        })
    }
}

/// Whether the name of a type may continue after the word.
fn has_more_words(word: &str) -> bool {
    matches!(
        word,
        "bit"
            | "bpchar"
            | "char"
            | "character"
            | "decimal"
            | "double"
            | "interval"
            | "national"
            | "numeric"
            | "time"
            | "timestamp"
            | "timestamptz"
            | "varchar"
    )
}

/// Whether the keyword begins or ends something, so that it cannot be a column here.
fn is_no_name(word: &str) -> bool {
    matches!(
        word,
        "all"
            | "and"
            | "any"
            | "as"
            | "asc"
            | "both"
            | "collate"
            | "desc"
            | "distinct"
            | "else"
            | "end"
            | "except"
            | "fetch"
            | "for"
            | "from"
            | "group"
            | "having"
            | "in"
            | "intersect"
            | "is"
            | "leading"
            | "limit"
            | "offset"
            | "on"
            | "or"
            | "order"
            | "select"
            | "some"
            | "symmetric"
            | "then"
            | "trailing"
            | "union"
            | "using"
            | "variadic"
            | "when"
            | "where"
            | "window"
            | "with"
    )
}
