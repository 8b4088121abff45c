//! The queries in a piece of SQL, and the tables that each reads.

use std::ops::Range;

use super::lexer::{Node, Word, spans};
use crate::ir::QualifiedName;

/// A table, a view, a function or a query that a query reads.
pub(super) struct Source {
    /// The name that its columns are found by.
    pub(super) alias: String,
    pub(super) has_alias: bool,
    /// The table, where it is one; a function and a query have none.
    table: Option<QualifiedName>,
    /// The token of the table's name.
    pub(super) table_at: Option<usize>,
}

impl Source {
    pub(super) fn is(&self, table: &QualifiedName) -> bool {
        let schema = |name: &QualifiedName| name.schema.clone();
        self.table.as_ref().is_some_and(|own| {
            // Without a schema it is what the search path finds first.
            own.name == table.name && (schema(own).is_none() || named(own) == named(table))
        })
    }
}

fn named(table: &QualifiedName) -> &str {
    table.schema.as_deref().unwrap_or("public")
}

/// What stands between two parentheses, or all of it.
#[derive(Default)]
pub(super) struct Scope {
    parent: Option<usize>,
    pub(super) sources: Vec<Source>,
    /// Whether it is a query.
    is_query: bool,
    clause: Clause,
}

/// Where in a query what comes next stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Clause {
    /// Outside `FROM`.
    #[default]
    Other,
    /// Behind a table of `FROM`, in a condition of a join.
    From,
    /// Where a table is named.
    Source,
    /// Behind a query or a function of `FROM`, which may have an alias.
    Alias,
}

/// The tokens of some SQL, and the queries that they are in.
pub(super) struct Read {
    pub(super) tokens: Vec<(Node, Range<usize>)>,
    pub(super) scopes: Vec<Scope>,
    /// The scope of each token.
    scope_of: Vec<usize>,
    /// Whether each token is a name of a table in `FROM`, or its alias.
    in_from: Vec<bool>,
}

/// What ends the tables of a query.
const AFTER_FROM: [&str; 13] = [
    "where",
    "group",
    "having",
    "order",
    "limit",
    "offset",
    "fetch",
    "window",
    "union",
    "intersect",
    "except",
    "for",
    "returning",
];
/// What stands behind a table and is no alias of it.
const NO_ALIAS: [&str; 11] = [
    "on",
    "using",
    "join",
    "left",
    "right",
    "full",
    "inner",
    "cross",
    "natural",
    "tablesample",
    "with",
];

impl Read {
    pub(super) fn of(sql: &str) -> Self {
        let tokens = spans(sql);
        let mut read = Self {
            scope_of: vec![0; tokens.len()],
            in_from: vec![false; tokens.len()],
            tokens,
            scopes: vec![Scope::default()],
        };
        let mut scope = 0;
        let mut at = 0;
        while at < read.tokens.len() {
            at = read.step(at, &mut scope);
        }
        read
    }

    /// Reads a token, or a table of `FROM` with its alias. Gives back the next one.
    fn step(&mut self, at: usize, scope: &mut usize) -> usize {
        self.set(at, *scope);
        if self.is_symbol(at, '(') {
            self.open(at, scope);
            return at + 1;
        }
        if self.is_symbol(at, ')') {
            if let Some(parent) = self.scopes.get(*scope).and_then(|inner| inner.parent) {
                *scope = parent;
            }
            return at + 1;
        }
        let Some(current) = self.scopes.get(*scope).filter(|scope| scope.is_query) else {
            return at + 1;
        };
        match current.clause {
            Clause::Alias => self.alias_of_query(at, *scope),
            Clause::Source if self.word(at).is_some() => self.source(at, *scope),
            Clause::Source | Clause::From | Clause::Other => {
                self.keyword(at, *scope);
                at + 1
            }
        }
    }

    fn open(&mut self, at: usize, scope: &mut usize) {
        let is_query = ["select", "with", "values"]
            .iter()
            .any(|word| self.is_word(at + 1, word));
        if let Some(outer) = self.scopes.get_mut(*scope)
            && outer.clause == Clause::Source
        {
            outer.clause = Clause::Alias;
        }
        self.scopes.push(Scope {
            parent: Some(*scope),
            is_query,
            ..Scope::default()
        });
        *scope = self.scopes.len() - 1;
    }

    fn keyword(&mut self, at: usize, scope: usize) {
        let is_from = self.is_word(at, "from") && !(at > 0 && self.is_word(at - 1, "distinct"));
        let is_join = self.is_word(at, "join");
        let is_comma = self.is_symbol(at, ',');
        let ends = AFTER_FROM.iter().any(|word| self.is_word(at, word));
        let Some(scope) = self.scopes.get_mut(scope) else {
            return;
        };
        scope.clause = match scope.clause {
            _ if is_from => Clause::Source,
            _ if ends => Clause::Other,
            Clause::From if is_join || is_comma => Clause::Source,
            clause => clause,
        };
    }

    /// A table or a function in `FROM`.
    fn source(&mut self, at: usize, scope: usize) -> usize {
        if ["only", "lateral"]
            .iter()
            .any(|word| self.is_word(at, word))
        {
            return at + 1;
        }
        let mut last = at;
        while self.is_symbol(last + 1, '.') && self.word(last + 2).is_some() {
            last += 2;
        }
        let name = |at: usize| self.word(at).map(|word| word.name.clone());
        let table = QualifiedName {
            schema: (last > at).then(|| name(last - 2)).flatten(),
            name: name(last).unwrap_or_default(),
        };
        self.mark(at..=last, scope);
        if self.is_symbol(last + 1, '(') {
            // A function: its columns are those of its result.
            self.turn(scope, Clause::Source);
            return last + 1;
        }
        self.turn(scope, Clause::From);
        let (alias, next) = self.alias(last + 1, scope);
        let has_alias = alias.is_some();
        self.add(
            scope,
            Source {
                alias: alias.unwrap_or_else(|| table.name.clone()),
                has_alias,
                table: Some(table),
                table_at: Some(last),
            },
        );
        next
    }

    fn alias_of_query(&mut self, at: usize, scope: usize) -> usize {
        self.turn(scope, Clause::From);
        let (alias, next) = self.alias(at, scope);
        self.add(
            scope,
            Source {
                alias: alias.unwrap_or_default(),
                has_alias: true,
                table: None,
                table_at: None,
            },
        );
        next
    }

    /// An alias that stands here, and the token behind it.
    fn alias(&mut self, at: usize, scope: usize) -> (Option<String>, usize) {
        let here = if self.is_word(at, "as") { at + 1 } else { at };
        let is_other = |word: &&str| self.is_word(here, word);
        let ends = AFTER_FROM.iter().chain(&NO_ALIAS).any(is_other);
        match self
            .word(here)
            .filter(|_| !ends)
            .map(|word| word.name.clone())
        {
            Some(alias) => {
                self.mark(at..=here, scope);
                (Some(alias), here + 1)
            }
            None => (None, at),
        }
    }

    fn turn(&mut self, scope: usize, clause: Clause) {
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.clause = clause;
        }
    }

    fn add(&mut self, scope: usize, source: Source) {
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.sources.push(source);
        }
    }

    fn mark(&mut self, tokens: std::ops::RangeInclusive<usize>, scope: usize) {
        for at in tokens {
            self.set(at, scope);
            if let Some(in_from) = self.in_from.get_mut(at) {
                *in_from = true;
            }
        }
    }

    fn set(&mut self, at: usize, scope: usize) {
        if let Some(of) = self.scope_of.get_mut(at) {
            *of = scope;
        }
    }

    pub(super) fn word(&self, at: usize) -> Option<&Word> {
        match self.tokens.get(at) {
            Some((Node::Word(word), _)) => Some(word),
            _ => None,
        }
    }

    fn is_word(&self, at: usize, keyword: &str) -> bool {
        self.word(at).is_some_and(|word| word.is(keyword))
    }

    pub(super) fn is_symbol(&self, at: usize, symbol: char) -> bool {
        matches!(self.tokens.get(at), Some((Node::Symbol(own), _)) if *own == symbol)
    }

    pub(super) fn span(&self, at: usize) -> Range<usize> {
        self.tokens.get(at).map_or(0..0, |(_, span)| span.clone())
    }

    pub(super) fn is_in_from(&self, at: usize) -> bool {
        self.in_from.get(at).copied().unwrap_or_default()
    }

    /// The name before the dot before the token.
    pub(super) fn qualifier(&self, at: usize) -> Option<&str> {
        let dot = at.checked_sub(1).filter(|dot| self.is_symbol(*dot, '.'))?;
        self.word(dot.checked_sub(1)?)
            .map(|word| word.name.as_str())
    }

    /// A function that is called, a type that something is cast to, the name of a result.
    pub(super) fn names_something_else(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back);
        let is_cast = [1, 2]
            .iter()
            .all(|back| before(*back).is_some_and(|at| self.is_symbol(at, ':')));
        let is_alias = before(1).is_some_and(|at| self.is_word(at, "as"));
        self.is_symbol(at + 1, '(') || is_cast || is_alias
    }

    /// The scope of the token, and those around it.
    pub(super) fn scopes_from(&self, at: usize) -> impl Iterator<Item = &Scope> {
        let first = self
            .scope_of
            .get(at)
            .and_then(|scope| self.scopes.get(*scope));
        std::iter::successors(first, |scope| self.scopes.get(scope.parent?))
    }
}
