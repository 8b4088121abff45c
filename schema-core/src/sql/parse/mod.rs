//! Parses tokens into a tree. Two spellings of one meaning give one tree. `None` means that it cannot be parsed.

mod call;
mod operator;
mod primary;
mod select;
mod types;

use super::token::Token;
use super::tree::{Node, Type};

/// How deep parentheses and other nested expressions may be.
const MAX_DEPTH: usize = 60;

/// How many operators may follow each other: the tree of `a + b + c` is as deep as the expression is long.
const MAX_GROWTH: usize = 150;

/// The parser: its tokens, and the position of the next one.
pub(crate) struct Parser<'t> {
    tokens: &'t [Token],
    /// The schemas, besides `pg_catalog` and `public`, whose names need no qualifier.
    path: &'t [String],
    position: usize,
    depth: usize,
    growth: usize,
}

/// Parses all tokens as an expression. Names of the schemas in `path` need no qualifier.
pub(crate) fn expression(tokens: &[Token], path: &[String]) -> Option<Node> {
    let mut parser = Parser::new(tokens, path);
    let node = parser.expression()?;
    parser.is_at_end().then_some(node)
}

/// Parses all tokens as the name of a type.
pub(crate) fn type_name(tokens: &[Token]) -> Option<Type> {
    let mut parser = Parser::new(tokens, &[]);
    let name = parser.type_name()?;
    parser.is_at_end().then_some(name)
}

impl<'t> Parser<'t> {
    fn new(tokens: &'t [Token], path: &'t [String]) -> Self {
        Self {
            tokens,
            path,
            position: 0,
            depth: 0,
            growth: 0,
        }
    }

    /// Whether names of this schema need no qualifier.
    fn is_own(&self, schema: &str) -> bool {
        matches!(schema, "pg_catalog" | "public") || self.path.iter().any(|own| own == schema)
    }

    /// Makes the tree one level deeper. `None` if it would become too deep.
    fn grow(&mut self) -> Option<()> {
        self.growth += 1;
        (self.growth <= MAX_GROWTH).then_some(())
    }

    fn is_at_end(&self) -> bool {
        self.position == self.tokens.len()
    }

    fn peek(&self) -> Option<&'t Token> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.position + ahead)
    }

    fn next(&mut self) -> Option<&'t Token> {
        let token = self.peek()?;
        self.position += 1;
        Some(token)
    }

    /// The next token, if it is a keyword or a plain name.
    fn peek_word(&self) -> Option<&'t str> {
        self.word_at(0)
    }

    fn word_at(&self, ahead: usize) -> Option<&'t str> {
        match self.peek_at(ahead)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Reads these words if they come next. Returns whether it did.
    fn takes(&mut self, words: &[&str]) -> bool {
        let mut ahead = 0..;
        let come = words
            .iter()
            .all(|word| ahead.next().and_then(|ahead| self.word_at(ahead)) == Some(word));
        if come {
            self.position += words.len();
        }
        come
    }

    fn expects(&mut self, word: &str) -> Option<()> {
        self.takes(&[word]).then_some(())
    }

    fn is_symbol(&self, symbol: char) -> bool {
        self.peek() == Some(&Token::Symbol(symbol))
    }

    fn takes_symbol(&mut self, symbol: char) -> bool {
        let comes = self.is_symbol(symbol);
        if comes {
            self.position += 1;
        }
        comes
    }

    fn expects_symbol(&mut self, symbol: char) -> Option<()> {
        self.takes_symbol(symbol).then_some(())
    }

    fn is_operator(&self, operator: &str) -> bool {
        matches!(self.peek(), Some(Token::Operator(next)) if next == operator)
    }

    fn takes_operator(&mut self, operator: &str) -> bool {
        let comes = self.is_operator(operator);
        if comes {
            self.position += 1;
        }
        comes
    }

    /// A name, with quotes or without.
    fn name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Word(name) | Token::Quoted(name) => Some(name.clone()),
            _ => None,
        }
    }

    /// Names separated by dots.
    fn path(&mut self) -> Option<Vec<String>> {
        let mut path = vec![self.name()?];
        while self.is_symbol('.') && self.is_name_at(1) {
            self.position += 1;
            path.push(self.name()?);
        }
        Some(path)
    }

    fn is_name_at(&self, ahead: usize) -> bool {
        matches!(self.peek_at(ahead), Some(Token::Word(_) | Token::Quoted(_)))
    }

    /// Items separated by commas.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.takes_symbol(',') {
            items.push(item(self)?);
        }
        Some(items)
    }

    /// Reads parentheses and what they contain.
    fn enclosed<T>(&mut self, inner: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.expects_symbol('(')?;
        let inner = inner(self)?;
        self.expects_symbol(')')?;
        Some(inner)
    }

    /// Zero or more expressions separated by commas, up to `end`.
    fn expressions_until(&mut self, end: char) -> Option<Vec<Node>> {
        if self.takes_symbol(end) {
            return Some(Vec::new());
        }
        let list = self.list(Self::expression)?;
        self.expects_symbol(end)?;
        Some(list)
    }
}
