//! Parses operators by their precedence (manual, 4.1.6).

use super::{MAX_DEPTH, Parser};
use crate::sql::token::Token;
use crate::sql::tree::{Node, Subscript, Test};

/// Precedence, lowest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    Or,
    And,
    Not,
    Is,
    Comparison,
    Membership,
    Other,
    Additive,
    Multiplicative,
    Power,
    TimeZone,
    Collation,
    Sign,
    Postfix,
}

impl Strength {
    /// The lowest precedence allowed in the right operand of a left-associative operator.
    fn tighter(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Is,
            Self::Is => Self::Comparison,
            Self::Comparison => Self::Membership,
            Self::Membership => Self::Other,
            Self::Other => Self::Additive,
            Self::Additive => Self::Multiplicative,
            Self::Multiplicative => Self::Power,
            Self::Power => Self::TimeZone,
            Self::TimeZone => Self::Collation,
            Self::Collation => Self::Sign,
            Self::Sign | Self::Postfix => Self::Postfix,
        }
    }
}

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Option<Node> {
        self.operand(Strength::Or)
    }

    /// An expression of operators with at least this precedence.
    pub(super) fn operand(&mut self, at_least: Strength) -> Option<Node> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut node = self.prefix()?;
        let mut steps = 0;
        while let Some(strength) = self.infix_strength().filter(|found| *found >= at_least) {
            // One cast and one comparison are free. `AND` and `OR` are lists, so they add no depth.
            steps += usize::from(!matches!(strength, Strength::And | Strength::Or));
            if steps > 2 {
                self.grow()?;
            }
            node = self.infix(node, strength)?;
        }
        self.depth -= 1;
        Some(node)
    }

    fn prefix(&mut self) -> Option<Node> {
        if self.takes(&["not"]) {
            return Some(Node::Not(self.operand(Strength::Not)?.boxed()));
        }
        let Some(Token::Operator(operator)) = self.peek() else {
            return self.primary();
        };
        self.position += 1;
        let strength = match operator.as_str() {
            "+" | "-" => Strength::Sign,
            _ => Strength::Other.tighter(),
        };
        let operand = self.operand(strength)?;
        Some(Node::Prefix(operator.clone(), operand.boxed()))
    }

    /// The precedence of the next token, if it is an infix operator.
    fn infix_strength(&self) -> Option<Strength> {
        match self.peek()? {
            Token::Operator(operator) => Some(match operator.as_str() {
                "::" => Strength::Postfix,
                "=" | "<" | ">" | "<=" | ">=" | "<>" => Strength::Comparison,
                "+" | "-" => Strength::Additive,
                "*" | "/" | "%" => Strength::Multiplicative,
                "^" => Strength::Power,
                "=>" => return None,
                _ => Strength::Other,
            }),
            Token::Symbol('[') => Some(Strength::Postfix),
            Token::Word(word) => self.word_strength(word),
            _ => None,
        }
    }

    fn word_strength(&self, word: &str) -> Option<Strength> {
        let strength = match word {
            "or" => Strength::Or,
            "and" => Strength::And,
            "is" | "isnull" | "notnull" => Strength::Is,
            "between" | "in" | "like" | "ilike" | "similar" => Strength::Membership,
            "not" => match self.word_at(1)? {
                "between" | "in" | "like" | "ilike" | "similar" => Strength::Membership,
                _ => return None,
            },
            "overlaps" => Strength::Other,
            "operator" if self.peek_at(1) == Some(&Token::Symbol('(')) => Strength::Other,
            "at" if self.word_at(1) == Some("time") => Strength::TimeZone,
            "collate" => Strength::Collation,
            _ => return None,
        };
        Some(strength)
    }

    fn infix(&mut self, left: Node, strength: Strength) -> Option<Node> {
        match strength {
            Strength::Or => {
                self.position += 1;
                let right = self.operand(Strength::And)?;
                Some(left.or_also(right))
            }
            Strength::And => {
                self.position += 1;
                let right = self.operand(Strength::Not)?;
                Some(left.and_also(right))
            }
            Strength::Is => self.is(left),
            Strength::Membership => self.membership(left),
            Strength::TimeZone => {
                self.position += 1;
                (self.takes(&["time", "zone"])).then_some(())?;
                let zone = self.operand(strength.tighter())?;
                Some(Node::call("timezone", vec![zone, left]))
            }
            Strength::Collation => {
                self.position += 1;
                Some(Node::Collate(left.boxed(), self.path()?))
            }
            Strength::Postfix => self.postfix(left),
            _ => self.operator(left, strength),
        }
    }

    /// An operator of symbols: between two operands, or before `ANY` or `ALL`.
    fn operator(&mut self, left: Node, strength: Strength) -> Option<Node> {
        let operator = self.operator_name()?;
        let all = match self.peek_word() {
            Some("any" | "some") => false,
            Some("all") => true,
            _ => {
                let right = self.operand(strength.tighter())?;
                return Some(Node::infix(left, &operator, right));
            }
        };
        self.position += 1;
        let right = self.enclosed(Self::query_or_expression)?;
        Some(quantified(left, &operator, all, right))
    }

    /// `+`, or `OPERATOR(pg_catalog.+)`.
    fn operator_name(&mut self) -> Option<String> {
        match self.next()? {
            Token::Operator(operator) => Some(operator.clone()),
            Token::Word(word) if word == "overlaps" => Some(word.clone()),
            _ => self.enclosed(|parser| {
                let mut schema = Vec::new();
                while parser.is_name_at(0) {
                    schema.push(parser.name()?);
                    parser.expects_symbol('.')?;
                }
                match (schema.as_slice(), parser.next()?) {
                    ([], Token::Operator(operator)) => Some(operator.clone()),
                    ([one], Token::Operator(operator)) if parser.is_own(one) => {
                        Some(operator.clone())
                    }
                    _ => None,
                }
            }),
        }
    }

    fn is(&mut self, left: Node) -> Option<Node> {
        let (test, negated) = match self.next()? {
            Token::Word(word) if word == "isnull" => (Test::Null, false),
            Token::Word(word) if word == "notnull" => (Test::Null, true),
            _ => {
                let negated = self.takes(&["not"]);
                if self.takes(&["distinct", "from"]) {
                    let right = self.operand(Strength::Comparison.tighter())?;
                    let distinct = Node::IsDistinct(left.boxed(), right.boxed());
                    return Some(not_if(negated, distinct));
                }
                let test = match self.name()?.as_str() {
                    "null" => Test::Null,
                    "true" => Test::True,
                    "false" => Test::False,
                    "unknown" => Test::Unknown,
                    _ => return None,
                };
                (test, negated)
            }
        };
        let operand = left.boxed();
        Some(Node::Is {
            operand,
            test,
            negated,
        })
    }

    fn membership(&mut self, left: Node) -> Option<Node> {
        let negated = self.takes(&["not"]);
        match self.name()?.as_str() {
            "between" => self.between(left, negated),
            "in" => self.is_in(left, negated),
            "like" => self.pattern(left, if negated { "!~~" } else { "~~" }, "like_escape"),
            "ilike" => self.pattern(left, if negated { "!~~*" } else { "~~*" }, "like_escape"),
            _ => {
                self.expects("to")?;
                let operator = if negated { "!~" } else { "~" };
                self.similar(left, operator)
            }
        }
    }

    fn between(&mut self, left: Node, negated: bool) -> Option<Node> {
        let symmetric = self.takes(&["symmetric"]);
        if !symmetric {
            self.takes(&["asymmetric"]);
        }
        let low = self.operand(Strength::Other)?;
        self.expects("and")?;
        let high = self.operand(Strength::Other)?;
        if !symmetric {
            return Some(range(left, low, high, negated));
        }
        let ways = vec![
            range(left.clone(), low.clone(), high.clone(), negated),
            range(left, high, low, negated),
        ];
        Some(if negated {
            Node::and(ways)
        } else {
            Node::or(ways)
        })
    }

    fn is_in(&mut self, left: Node, negated: bool) -> Option<Node> {
        match self.enclosed(Self::query_or_row)? {
            query @ Node::Query(_) => Some(not_if(negated, quantified(left, "=", false, query))),
            Node::Row(list) => Some(one_of(&left, list, negated)),
            _ => None,
        }
    }

    fn pattern(&mut self, left: Node, operator: &str, escaping: &str) -> Option<Node> {
        if matches!(self.peek_word(), Some("any" | "some" | "all")) {
            let all = self.next() == Some(&Token::Word("all".to_owned()));
            let right = self.enclosed(Self::query_or_expression)?;
            return Some(quantified(left, operator, all, right));
        }
        let mut pattern = self.operand(Strength::Other)?;
        if self.takes(&["escape"]) {
            let escape = self.operand(Strength::Other)?;
            pattern = Node::call(escaping, vec![pattern, escape]);
        }
        Some(Node::infix(left, operator, pattern))
    }

    fn similar(&mut self, left: Node, operator: &str) -> Option<Node> {
        let mut arguments = vec![self.operand(Strength::Other)?];
        if self.takes(&["escape"]) {
            arguments.push(self.operand(Strength::Other)?);
        }
        let pattern = Node::call("similar_to_escape", arguments);
        Some(Node::infix(left, operator, pattern))
    }

    fn postfix(&mut self, left: Node) -> Option<Node> {
        if self.takes_operator("::") {
            return Some(Node::Cast(left.boxed(), self.type_name()?));
        }
        self.expects_symbol('[')?;
        let from = self.bound()?;
        let subscript = if self.takes_symbol(':') {
            Subscript::Slice(from, self.bound()?)
        } else {
            Subscript::Index(from?)
        };
        self.expects_symbol(']')?;
        Some(Node::Subscript(left.boxed(), subscript))
    }

    /// A bound of a slice, which may be missing.
    #[allow(clippy::option_option)] // The outer `None` is a bound that cannot be parsed.
    fn bound(&mut self) -> Option<Option<Box<Node>>> {
        if self.is_symbol(':') || self.is_symbol(']') {
            return Some(None);
        }
        Some(Some(self.expression()?.boxed()))
    }
}

fn not_if(negated: bool, node: Node) -> Node {
    if negated {
        Node::Not(node.boxed())
    } else {
        node
    }
}

fn quantified(left: Node, operator: &str, all: bool, right: Node) -> Node {
    Node::Quantified {
        left: left.boxed(),
        operator: operator.to_owned(),
        all,
        right: right.boxed(),
    }
}

fn range(operand: Node, low: Node, high: Node, negated: bool) -> Node {
    if negated {
        let below = Node::infix(operand.clone(), "<", low);
        Node::or(vec![below, Node::infix(operand, ">", high)])
    } else {
        let above = Node::infix(operand.clone(), ">=", low);
        Node::and(vec![above, Node::infix(operand, "<=", high)])
    }
}

/// `IN`, as PostgreSQL reads it: an array of the constant values, and a comparison with each value that depends on
/// the row.
fn one_of(operand: &Node, list: Vec<Node>, negated: bool) -> Node {
    let operator = if negated { "<>" } else { "=" };
    let is_row = matches!(operand, Node::Row(_));
    let (fixed, others): (Vec<_>, Vec<_>) = list.into_iter().partition(|value| !depends(value));
    let compare = |value| Node::infix(operand.clone(), operator, value);
    let mut comparisons = Vec::new();
    if fixed.len() > 1 && !is_row {
        let array = Node::Array(fixed);
        comparisons.push(quantified(operand.clone(), operator, negated, array));
    } else {
        comparisons.extend(fixed.into_iter().map(compare));
    }
    comparisons.extend(others.into_iter().map(compare));
    if negated {
        Node::and(comparisons)
    } else {
        Node::or(comparisons)
    }
}

/// Whether the node contains a column.
fn depends(node: &Node) -> bool {
    matches!(node, Node::Name(_) | Node::Star(_)) || node.children().into_iter().any(depends)
}
