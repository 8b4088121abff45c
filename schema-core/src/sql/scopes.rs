//! The queries in SQL, and the tables that each of them reads.

use std::ops::Range;

use super::parts::{Part, Word, spans};
use crate::sql::name::QualifiedName;

/// A table, a view, a function or a query in the `FROM` of a query.
pub(super) struct Source {
    /// The name that qualifies its columns.
    pub(super) alias: String,
    pub(super) has_alias: bool,
    /// The table's name; `None` for a function or a query.
    table: Option<QualifiedName>,
    /// The index of the token with the table's name.
    pub(super) table_at: Option<usize>,
    /// Whether names after the alias rename its columns.
    has_names: bool,
}

/// A table to find in SQL, because it or its column is renamed.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The name, without quotes.
    pub name: &'a QualifiedName,
    /// Whether its name without a schema refers to another table.
    pub is_hidden: bool,
}

impl Source {
    /// Whether it is the table, with the columns under their own names.
    pub(super) fn has_columns_of(&self, table: Target<'_>) -> bool {
        self.is(table) && !self.has_names
    }

    pub(super) fn is(&self, table: Target<'_>) -> bool {
        self.table.as_ref().is_some_and(|own| {
            // Without a schema, the name refers to the first table of the search path.
            let is_found = own.schema.is_none() && !table.is_hidden;
            own.name == table.name.name && (is_found || named(own) == named(table.name))
        })
    }
}

fn named(table: &QualifiedName) -> &str {
    table.schema.as_deref().unwrap_or("public")
}

/// The content of two parentheses, or the whole SQL.
#[derive(Default)]
pub(super) struct Scope {
    parent: Option<usize>,
    pub(super) sources: Vec<Source>,
    kind: ScopeKind,
    clause: Clause,
    /// How many parentheses around joins are open.
    joins: usize,
    /// The names that `WITH` has defined, and the name that it defines next.
    made: Vec<String>,
    next_made: Option<String>,
}

/// What two parentheses contain.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum ScopeKind {
    #[default]
    Expression,
    Query,
    /// Names for columns.
    Names,
}

/// Where in a query the next token is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Clause {
    /// Outside of the clauses below.
    #[default]
    Other,
    /// After `WITH`, which defines named queries.
    With,
    /// In the list of output columns.
    Output,
    /// After a table of `FROM`, or in the condition of a join.
    From,
    /// Where a table is named.
    Source,
    /// Between the name of a function and its arguments.
    Function,
    /// After a query or a function in `FROM`, which may have an alias.
    Alias,
    /// After an alias, before its names for columns.
    Names,
}

/// The tokens of SQL, and the scope of each.
pub(super) struct Read {
    pub(super) tokens: Vec<(Part, Range<usize>)>,
    pub(super) scopes: Vec<Scope>,
    /// The scope of each token.
    scope_of: Vec<usize>,
    /// Whether each token names a table in `FROM`, is its alias, or is a name given to a query or a column.
    in_from: Vec<bool>,
    /// Whether each token is part of an output column.
    in_output: Vec<bool>,
}

/// The keywords that end the list of tables.
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
/// The keywords between two queries whose rows are combined.
const SETS: [&str; 3] = ["union", "intersect", "except"];
/// The keywords that follow a table and are not its alias.
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
            in_output: vec![false; tokens.len()],
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

    /// Reads one token, or a table of `FROM` with its alias. Returns the index of the next token.
    fn step(&mut self, at: usize, scope: &mut usize) -> usize {
        self.set(at, *scope);
        if self.is_symbol(at, '(') {
            self.open(at, scope);
            return at + 1;
        }
        if self.is_symbol(at, ')') {
            self.close(scope);
            return at + 1;
        }
        let Some(current) = self.scopes.get(*scope) else {
            return at + 1;
        };
        match (current.kind, current.clause) {
            (ScopeKind::Expression, _) => {}
            (ScopeKind::Names, _) => self.mark(at..=at, *scope),
            (_, Clause::Alias) => return self.alias_of_query(at, *scope),
            (_, Clause::Source) if self.word(at).is_some() => return self.source(at, *scope),
            (_, Clause::With) if self.word(at).is_some() => self.with(at, *scope),
            _ => self.keyword(at, scope),
        }
        at + 1
    }

    fn open(&mut self, at: usize, scope: &mut usize) {
        let is_query = ["select", "with", "values"]
            .iter()
            .any(|word| self.is_word(at + 1, word));
        let mut kind = if is_query {
            ScopeKind::Query
        } else {
            ScopeKind::Expression
        };
        if let Some(outer) = self.scopes.get_mut(*scope) {
            match outer.clause {
                Clause::Source if !is_query => {
                    // A join in parentheses is read like one without them.
                    outer.joins += 1;
                    return;
                }
                Clause::Source | Clause::Function => outer.clause = Clause::Alias,
                Clause::Names => {
                    outer.clause = Clause::From;
                    kind = ScopeKind::Names;
                }
                Clause::With if !is_query => kind = ScopeKind::Names,
                _ => {}
            }
        }
        self.scopes.push(Scope {
            parent: Some(*scope),
            kind,
            ..Scope::default()
        });
        *scope = self.scopes.len() - 1;
    }

    fn close(&mut self, scope: &mut usize) {
        let Some(inner) = self.scopes.get_mut(*scope) else {
            return;
        };
        if inner.joins > 0 {
            inner.joins -= 1;
            inner.clause = Clause::From;
            return;
        }
        let (parent, kind) = (inner.parent, inner.kind);
        let Some(parent) = parent else {
            return;
        };
        *scope = parent;
        if let Some(outer) = self.scopes.get_mut(parent)
            && outer.clause == Clause::With
            && kind == ScopeKind::Query
        {
            let made = outer.next_made.take();
            outer.made.extend(made);
        }
    }

    /// In `WITH`: the name of a query, or the first keyword of the query that uses it.
    fn with(&mut self, at: usize, scope: usize) {
        let begins = ["select", "values"];
        if begins.iter().any(|word| self.is_word(at, word)) {
            self.turn(scope, Clause::Output);
            return;
        }
        let between = ["with", "recursive", "as", "not", "materialized"];
        if between.iter().any(|word| self.is_word(at, word)) {
            return;
        }
        self.mark(at..=at, scope);
        let name = self.word(at).map(|word| word.name.clone());
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.next_made = name;
        }
    }

    fn keyword(&mut self, at: usize, scope: &mut usize) {
        let is_from = self.is_word(at, "from") && !(at > 0 && self.is_word(at - 1, "distinct"));
        let is_join = self.is_word(at, "join");
        let is_comma = self.is_symbol(at, ',');
        let ends = AFTER_FROM.iter().any(|word| self.is_word(at, word));
        if SETS.iter().any(|word| self.is_word(at, word)) {
            self.next_query(scope);
        }
        let begins = |word: &str| self.is_word(at, word);
        let (is_select, is_with) = (begins("select"), begins("with"));
        let is_first = at > 0 && self.is_symbol(at - 1, '(');
        let Some(scope) = self.scopes.get_mut(*scope) else {
            return;
        };
        scope.clause = match scope.clause {
            _ if is_from => Clause::Source,
            _ if is_select => Clause::Output,
            _ if is_with && is_first => Clause::With,
            _ if ends => Clause::Other,
            Clause::From | Clause::Names if is_join || is_comma => Clause::Source,
            Clause::Names => Clause::From,
            clause => clause,
        };
    }

    /// A new query begins after `UNION`, and reads its own tables.
    fn next_query(&mut self, scope: &mut usize) {
        let Some(last) = self.scopes.get(*scope) else {
            return;
        };
        let next = Scope {
            parent: last.parent,
            kind: last.kind,
            made: last.made.clone(),
            ..Scope::default()
        };
        self.scopes.push(next);
        *scope = self.scopes.len() - 1;
    }

    /// Whether `WITH` defines a query with this name.
    fn is_made(&self, name: &str, scope: usize) -> bool {
        let first = self.scopes.get(scope);
        let mut scopes = std::iter::successors(first, |scope| self.scopes.get(scope.parent?));
        scopes.any(|scope| scope.made.iter().any(|made| made == name))
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
            // The columns of a function are those of its result.
            self.turn(scope, Clause::Function);
            return last + 1;
        }
        self.turn(scope, Clause::From);
        let (alias, next) = self.alias(last + 1, scope);
        let has_alias = alias.is_some();
        let is_made = table.schema.is_none() && self.is_made(&table.name, scope);
        self.add(
            scope,
            Source {
                alias: alias.unwrap_or_else(|| table.name.clone()),
                has_alias,
                has_names: has_alias && self.is_symbol(next, '('),
                table: Some(table).filter(|_| !is_made),
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
                has_names: false,
                table: None,
                table_at: None,
            },
        );
        next
    }

    /// The alias at this token, and the index of the token after it.
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
                self.turn(scope, Clause::Names);
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
        let clause = self.scopes.get(scope).map(|scope| scope.clause);
        if let Some(in_output) = self.in_output.get_mut(at) {
            *in_output = clause == Some(Clause::Output);
        }
    }

    pub(super) fn word(&self, at: usize) -> Option<&Word> {
        match self.tokens.get(at) {
            Some((Part::Word(word), _)) => Some(word),
            _ => None,
        }
    }

    fn is_word(&self, at: usize, keyword: &str) -> bool {
        self.word(at).is_some_and(|word| word.is(keyword))
    }

    pub(super) fn is_symbol(&self, at: usize, symbol: char) -> bool {
        matches!(self.tokens.get(at), Some((Part::Symbol(own), _)) if *own == symbol)
    }

    pub(super) fn span(&self, at: usize) -> Range<usize> {
        self.tokens.get(at).map_or(0..0, |(_, span)| span.clone())
    }

    pub(super) fn is_in_from(&self, at: usize) -> bool {
        self.in_from.get(at).copied().unwrap_or_default()
    }

    /// Whether the name is a whole output column, so that the column gets this name.
    pub(super) fn names_output(&self, at: usize) -> bool {
        let mut first = at;
        while first >= 2 && self.is_symbol(first - 1, '.') && self.word(first - 2).is_some() {
            first -= 2;
        }
        let begins = |word: &str| first > 0 && self.is_word(first - 1, word);
        let is_first = first > 0 && self.is_symbol(first - 1, ',')
            || ["select", "distinct", "all"].into_iter().any(begins);
        let ends = |word: &&str| self.is_word(at + 1, word);
        let is_last = [',', ')'].iter().any(|end| self.is_symbol(at + 1, *end))
            || self.is_word(at + 1, "from")
            || AFTER_FROM.iter().any(ends);
        let is_output = self.in_output.get(at).copied().unwrap_or_default();
        is_output && is_first && is_last
    }

    /// The name before the dot, if the token is qualified.
    pub(super) fn qualifier(&self, at: usize) -> Option<&str> {
        let dot = at.checked_sub(1).filter(|dot| self.is_symbol(*dot, '.'))?;
        self.word(dot.checked_sub(1)?)
            .map(|word| word.name.as_str())
    }

    /// Whether the token names something other than a column: a called function, a named argument, the type of a cast
    /// or before a literal, or an alias of an output column.
    pub(super) fn names_something_else(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back);
        let is_cast = [1, 2]
            .iter()
            .all(|back| before(*back).is_some_and(|at| self.is_symbol(at, ':')));
        let is_alias = before(1).is_some_and(|at| self.is_word(at, "as"));
        let is_argument = [('=', '>'), (':', '=')].iter().any(|(one, other)| {
            self.is_symbol(at + 1, *one) && self.is_symbol(at + 2, *other) && self.touch(at + 1)
        });
        let is_type = matches!(self.tokens.get(at + 1), Some((Part::Literal, _)));
        self.is_symbol(at + 1, '(') || is_cast || is_alias || is_argument || is_type
    }

    /// Whether the next token follows without a space.
    fn touch(&self, at: usize) -> bool {
        self.span(at).end == self.span(at + 1).start
    }

    /// The scope of the token, then the scopes around it.
    pub(super) fn scopes_from(&self, at: usize) -> impl Iterator<Item = &Scope> {
        let first = self
            .scope_of
            .get(at)
            .and_then(|scope| self.scopes.get(*scope));
        std::iter::successors(first, |scope| self.scopes.get(scope.parent?))
    }
}
