//! Parses calls, and the functions that have a grammar of their own in SQL.

use super::Parser;
use super::operator::Strength;
use crate::sql::token::Token;
use crate::sql::tree::{Argument, Call, Node};

impl Parser<'_> {
    /// The rest of a call, after its name.
    pub(super) fn call(&mut self, path: Vec<String>, quoted: bool) -> Option<Node> {
        let path = match path.as_slice() {
            [schema, name] if self.is_own(schema) => vec![name.clone()],
            _ => path,
        };
        if let ([name], false) = (path.as_slice(), quoted)
            && let Some(node) = self.special(name)
        {
            return node;
        }
        self.expects_symbol('(')?;
        let mut call = self.arguments(path)?;
        if self.takes(&["filter"]) {
            call.filter = Some(self.enclosed(|parser| {
                parser.expects("where")?;
                parser.expression()
            })?);
        }
        let is_window = matches!(self.peek_word(), Some("over" | "within"));
        (!is_window).then(|| Node::Call(Box::new(call)))
    }

    fn arguments(&mut self, name: Vec<String>) -> Option<Call> {
        let mut call = Call {
            name,
            distinct: false,
            arguments: Vec::new(),
            order_by: Vec::new(),
            filter: None,
        };
        if self.takes_symbol(')') {
            return Some(call);
        }
        if self.takes_operator("*") {
            let prefix = None;
            let value = Node::Star(Vec::new());
            call.arguments.push(Argument { prefix, value });
        } else {
            call.distinct = self.takes(&["distinct"]);
            call.arguments = self.list(Self::argument)?;
            call.order_by = self.order_by()?;
        }
        self.expects_symbol(')')?;
        Some(call)
    }

    fn argument(&mut self) -> Option<Argument> {
        let prefix = if self.takes(&["variadic"]) {
            Some("variadic".to_owned())
        } else if self.peek_at(1) == Some(&Token::Operator("=>".to_owned())) {
            let name = crate::sql::token::name(&self.name()?);
            self.position += 1;
            Some(format!("{name} =>"))
        } else {
            None
        };
        let value = self.expression()?;
        Some(Argument { prefix, value })
    }

    /// A call of a function that has its own grammar. The inner `None` is a call that cannot be parsed.
    #[allow(clippy::option_option)]
    fn special(&mut self, name: &str) -> Option<Option<Node>> {
        let is_extract = || self.peek_at(2) == Some(&Token::Word("from".to_owned()));
        match name {
            "trim" => Some(self.enclosed(Self::trim)),
            "extract" if is_extract() => Some(self.enclosed(Self::extract)),
            "position" => Some(self.enclosed(Self::find)),
            "substring" => Some(self.enclosed(Self::substring)),
            "overlay" => Some(self.enclosed(Self::overlay)),
            _ => None,
        }
    }

    /// `TRIM(BOTH 'x' FROM a)`, `trim(a, 'x')`
    fn trim(&mut self) -> Option<Node> {
        let function = match self.peek_word() {
            Some("leading") => "ltrim",
            Some("trailing") => "rtrim",
            _ => "btrim",
        };
        if matches!(self.peek_word(), Some("leading" | "trailing" | "both")) {
            self.position += 1;
        }
        let mut before = Vec::new();
        if self.peek_word() != Some("from") {
            before = self.list(Self::expression)?;
        }
        if self.takes(&["from"]) {
            let mut arguments = self.list(Self::expression)?;
            arguments.extend(before);
            return Some(Node::call(function, arguments));
        }
        Some(Node::call(function, before))
    }

    /// `EXTRACT(year FROM a)`
    fn extract(&mut self) -> Option<Node> {
        let field = match self.next()? {
            Token::Word(field) | Token::Quoted(field) | Token::Text(field) => field.clone(),
            _ => return None,
        };
        self.expects("from")?;
        let field = Node::Text(field.to_ascii_lowercase());
        Some(Node::call("extract", vec![field, self.expression()?]))
    }

    /// `POSITION(a IN b)`, `position(b, a)`
    fn find(&mut self) -> Option<Node> {
        let first = self.operand(Strength::Other)?;
        if self.takes_symbol(',') {
            let second = self.expression()?;
            return Some(Node::call("position", vec![first, second]));
        }
        self.expects("in")?;
        let whole = self.operand(Strength::Other)?;
        Some(Node::call("position", vec![whole, first]))
    }

    /// `SUBSTRING(a FROM b FOR c)`, `substring(a, b, c)`
    fn substring(&mut self) -> Option<Node> {
        let mut arguments = self.list(Self::expression)?;
        if self.is_symbol(')') {
            return Some(Node::call("substring", arguments));
        }
        let mut from = None;
        let mut length = None;
        for _ in 0..2 {
            if self.takes(&["from"]) {
                from = Some(self.expression()?);
            } else if self.takes(&["for"]) {
                length = Some(self.expression()?);
            }
        }
        arguments.push(from.unwrap_or_else(|| Node::Number("1".to_owned())));
        arguments.extend(length);
        Some(Node::call("substring", arguments))
    }

    /// `OVERLAY(a PLACING b FROM c FOR d)`, `overlay(a, b, c, d)`
    fn overlay(&mut self) -> Option<Node> {
        let mut arguments = self.list(Self::expression)?;
        for word in ["placing", "from", "for"] {
            if self.takes(&[word]) {
                arguments.push(self.expression()?);
            }
        }
        Some(Node::call("overlay", arguments))
    }
}
