//! The names in a piece of SQL that PostgreSQL looks up with it: relations, functions and types.
//!
//! A word that is wrongly read as a relation could cause a cycle that does not exist. So this module finds where a
//! `FROM` clause begins and ends, which `FROM` begins no clause (`extract(year FROM x)`, `IS DISTINCT FROM x`), and
//! which names a `WITH` defines.

use crate::sql::parts::{Part, Word, nodes};

/// A name in SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The PostgreSQL schema, if it is written.
    pub(super) schema: Option<String>,
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// The kind of object that a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Relation,
    /// A function that is called with this number of arguments.
    Call(usize),
    /// The type to which a value is cast.
    Type,
}

/// Returns the names in `sql`, in order.
pub(super) fn names(sql: &str) -> Vec<Name> {
    let mut reader = Reader::default();
    reader.group(&nodes(sql), false);
    reader.found
}

/// Whether the SQL casts a value to the type `name`, or to an array of it.
pub fn casts_to(sql: &str, name: &str) -> bool {
    let mut names = names(sql).into_iter();
    names.any(|found| found.kind == Kind::Type && found.name == name)
}

/// The names in a type: its own, and the table that it refers to (`orders`, `orders.status%TYPE`).
pub(super) fn type_names(sql: &str) -> Vec<Name> {
    let words = nodes(sql).into_iter().filter_map(|node| match node {
        Part::Word(word) => Some(word),
        _ => None,
    });
    let of_word = |word: Word| {
        let table = word.schema.clone().map(|table| Name {
            schema: None,
            name: table,
            kind: Kind::Relation,
        });
        [Some(name(&word, Kind::Type)), table]
    };
    words.flat_map(of_word).flatten().collect()
}

fn name(word: &Word, kind: Kind) -> Name {
    Name {
        schema: word.schema.clone(),
        name: word.name.clone(),
        kind,
    }
}

#[derive(Default)]
struct Reader {
    found: Vec<Name>,
    /// The names that the enclosing `WITH` clauses define.
    of_with: Vec<String>,
}

/// The reader's position in a statement.
#[derive(Default)]
struct Clause {
    /// Whether a statement has begun, so that `FROM` begins a clause.
    in_statement: bool,
    /// Whether a relation follows a comma.
    in_from: bool,
    /// Whether a relation is next.
    wants_relation: bool,
}

impl Reader {
    /// Reads the whole text, or what is between two parentheses; in a `FROM` clause that may be relations.
    fn group(&mut self, nodes: &[Part], in_from: bool) {
        let outer = self.of_with.len();
        let mut clause = Clause {
            in_from,
            wants_relation: in_from,
            ..Clause::default()
        };
        let mut index = 0;
        while let Some(node) = nodes.get(index) {
            index += 1;
            match node {
                Part::Symbol(';') => {
                    clause = Clause::default();
                    self.of_with.truncate(outer);
                }
                Part::Symbol(',') => clause.wants_relation = clause.in_from,
                Part::Symbol(_) | Part::Literal => clause.wants_relation = false,
                Part::Group(inner) => {
                    self.group(inner, clause.wants_relation);
                    clause.wants_relation = false;
                }
                Part::Word(word) if word.is("with") => {
                    index += self.with(nodes.get(index..).unwrap_or_default());
                }
                Part::Word(word) => {
                    if !clause.keyword(word, nodes, index) {
                        self.name(word, &clause, nodes, index);
                        clause.wants_relation = false;
                    }
                }
            }
        }
        self.of_with.truncate(outer);
    }

    /// Reads the list of a `WITH`; `rest` is what follows the word. Returns the number of nodes that it read.
    fn with(&mut self, rest: &[Part]) -> usize {
        let is_recursive = word_at(rest, 0).is_some_and(|word| word.is("recursive"));
        let mut taken = usize::from(is_recursive);
        while let Some((name, query, length)) = named_query(rest.get(taken..).unwrap_or_default()) {
            if is_recursive {
                self.of_with.push(name.clone());
            }
            self.group(query, false);
            // Inside its own query the name is that of a table, unless the `WITH` is recursive.
            self.of_with.push(name);
            taken += length;
            if rest.get(taken) != Some(&Part::Symbol(',')) {
                break;
            }
            taken += 1;
        }
        taken
    }

    /// Reads a word that is not a keyword; `next` is the index after it.
    fn name(&mut self, word: &Word, clause: &Clause, nodes: &[Part], next: usize) {
        let kind = kind(clause, nodes, next);
        let is_of_with = kind == Some(Kind::Relation)
            && word.schema.is_none()
            && self.of_with.contains(&word.name);
        let kind = kind.filter(|_| !is_of_with);
        self.found.extend(kind.map(|kind| name(word, kind)));
    }
}

/// Reads `name (columns) AS MATERIALIZED (query)`, where the columns and `MATERIALIZED` are optional. Returns the name,
/// the query and the number of nodes.
fn named_query(rest: &[Part]) -> Option<(String, &[Part], usize)> {
    let name = word_at(rest, 0)?.name.clone();
    let mut index = 1;
    if let Some(Part::Group(_)) = rest.get(index) {
        index += 1;
    }
    if !word_at(rest, index)?.is("as") {
        return None;
    }
    index += 1;
    while word_at(rest, index).is_some_and(|word| word.is("not") || word.is("materialized")) {
        index += 1;
    }
    match rest.get(index)? {
        Part::Group(query) => Some((name, query, index + 1)),
        _ => None,
    }
}

fn kind(clause: &Clause, nodes: &[Part], next: usize) -> Option<Kind> {
    let before = |back: usize| next.checked_sub(1 + back).and_then(|at| nodes.get(at));
    let follows = |text: &str| matches!(before(1), Some(Part::Word(word)) if word.is(text));
    let is_colon = |node: Option<&Part>| node == Some(&Part::Symbol(':'));
    let is_cast =
        is_colon(before(1)) && is_colon(before(2)) || follows("as") && clause.is_of_values();
    match nodes.get(next) {
        _ if is_cast => Some(Kind::Type),
        // The columns of an alias, as in `AS x (a, b)`.
        Some(Part::Group(_)) if follows("as") => None,
        // The columns of `INSERT INTO t (a, b)`.
        Some(Part::Group(_)) if follows("into") => Some(Kind::Relation),
        Some(Part::Group(arguments)) => Some(Kind::Call(count(arguments))),
        _ => clause.wants_relation.then_some(Kind::Relation),
    }
}

/// The number of arguments between commas.
fn count(arguments: &[Part]) -> usize {
    let is_comma = |node: &&Part| **node == Part::Symbol(',');
    let commas = arguments.iter().filter(is_comma).count();
    commas + usize::from(!arguments.is_empty())
}

fn word_at(nodes: &[Part], index: usize) -> Option<&Word> {
    match nodes.get(index) {
        Some(Part::Word(word)) => Some(word),
        _ => None,
    }
}

impl Clause {
    /// Whether the position is outside of a statement, as in `CAST(x AS type)`.
    fn is_of_values(&self) -> bool {
        !self.in_statement && !self.in_from
    }

    /// Whether the word is a keyword that changes the clause; `next` is the index after it.
    fn keyword(&mut self, word: &Word, nodes: &[Part], next: usize) -> bool {
        if word.quoted || word.schema.is_some() {
            return false;
        }
        match word.name.as_str() {
            "select" | "delete" | "insert" | "merge" => self.begin_statement(),
            "update" => {
                self.begin_statement();
                self.wants_relation = true;
            }
            "from" if self.in_statement && !is_distinct_from(nodes, next) => self.begin_from(),
            // With parentheses, `USING` lists the columns of a join.
            "using" if self.in_statement && !matches!(nodes.get(next), Some(Part::Group(_))) => {
                self.begin_from();
            }
            "join" | "into" | "table" | "truncate" => self.wants_relation = true,
            // The relation comes after these words.
            "only" | "lateral" => {}
            "where" | "group" | "having" | "order" | "limit" | "offset" | "fetch" | "window"
            | "union" | "intersect" | "except" | "returning" | "set" | "values" | "for"
            | "when" => self.end_from(),
            "from" | "on" | "as" => self.wants_relation = false,
            _ => return false,
        }
        true
    }

    fn begin_statement(&mut self) {
        self.in_statement = true;
        self.end_from();
    }

    fn begin_from(&mut self) {
        self.in_from = true;
        self.wants_relation = true;
    }

    fn end_from(&mut self) {
        self.in_from = false;
        self.wants_relation = false;
    }
}

/// Whether the `FROM` before `next` is part of `IS DISTINCT FROM` or `IS NOT DISTINCT FROM`.
fn is_distinct_from(nodes: &[Part], next: usize) -> bool {
    let before = |back: usize| {
        let at = next.checked_sub(1 + back);
        at.and_then(|at| word_at(nodes, at))
    };
    before(1).is_some_and(|word| word.is("distinct"))
        && before(2).is_some_and(|word| word.is("is") || word.is("not"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_kind(sql: &str, is_kind: fn(Kind) -> bool) -> Vec<String> {
        let names = names(sql).into_iter().filter(|name| is_kind(name.kind));
        let written = names.map(|name| match name.schema {
            Some(schema) => format!("{schema}.{}", name.name),
            None => name.name,
        });
        written.collect()
    }

    fn relations(sql: &str) -> Vec<String> {
        of_kind(sql, |kind| kind == Kind::Relation)
    }

    fn calls(sql: &str) -> Vec<String> {
        of_kind(sql, |kind| matches!(kind, Kind::Call(_)))
    }

    #[test]
    fn relations_follow_from_join_and_a_comma() {
        assert_eq!(
            relations(
                "SELECT x, y FROM a, app.b AS x (y) JOIN \"C\" ON x = y, ONLY d, LATERAL (e JOIN f USING (g, h)) WHERE i IN (j, k)"
            ),
            ["a", "app.b", "C", "d", "e", "f"]
        );
    }

    #[test]
    fn written_tables_are_relations() {
        assert_eq!(
            relations(
                "INSERT INTO a (x, y) SELECT x, y FROM b ON CONFLICT (x) DO UPDATE SET x = z, y = 1"
            ),
            ["a", "b"]
        );
        assert_eq!(
            relations("UPDATE ONLY a SET x = y, z = 1 FROM b, c WHERE d"),
            ["a", "b", "c"]
        );
        assert_eq!(
            relations("DELETE FROM a USING b, c WHERE d RETURNING e, f"),
            ["a", "b", "c"]
        );
        assert_eq!(
            relations("MERGE INTO a USING b ON x = y WHEN MATCHED THEN UPDATE SET c = d"),
            ["a", "b"]
        );
        assert_eq!(
            relations("TABLE a; SELECT x, y; SELECT 1 FROM b FOR UPDATE"),
            ["a", "b"]
        );
    }

    #[test]
    fn not_every_from_is_a_clause() {
        for sql in [
            "SELECT extract(year FROM a), trim(BOTH 'x' FROM a), substring(a FROM 1)",
            "SELECT 1 WHERE x IS DISTINCT FROM a OR x IS NOT DISTINCT FROM a, a",
            "x IS DISTINCT FROM a",
            "substring(a FROM a)",
        ] {
            assert_eq!(relations(sql), Vec::<String>::new(), "{sql}");
        }
        assert_eq!(
            relations("SELECT (SELECT DISTINCT a FROM b), c FROM d"),
            ["b", "d"]
        );
    }

    #[test]
    fn a_name_of_with_is_not_a_relation() {
        assert_eq!(
            relations(
                "WITH a AS (SELECT 1 FROM a), b (x) AS NOT MATERIALIZED (SELECT 1 FROM a, c) SELECT 1 FROM a JOIN b USING (x), d"
            ),
            ["a", "c", "d"]
        );
        assert_eq!(
            relations(
                "WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT 1 FROM a) SELECT 1 FROM a, app.a"
            ),
            ["app.a"]
        );
        assert_eq!(
            relations(
                "SELECT 1 FROM (WITH a AS (SELECT 1) SELECT 1 FROM a) AS x, a; SELECT 1 FROM a"
            ),
            ["a", "a"]
        );
        assert_eq!(
            relations(
                "SELECT now()::timestamp with time zone FROM f() WITH ORDINALITY AS x (y), a"
            ),
            ["a"]
        );
    }

    #[test]
    fn calls_have_their_arguments_in_parentheses() {
        assert_eq!(
            names("SELECT app.total(id, x(1, (2, 3))), now ()")
                .into_iter()
                .map(|name| (name.schema, name.name, name.kind))
                .collect::<Vec<_>>(),
            [
                (Some("app".to_owned()), "total".to_owned(), Kind::Call(2)),
                (None, "x".to_owned(), Kind::Call(2)),
                (None, "now".to_owned(), Kind::Call(0)),
            ]
        );
        assert_eq!(
            calls("SELECT 1 FROM f(a, b) AS g (c, d), LATERAL h(e)"),
            ["f", "h"]
        );
        assert_eq!(
            relations("SELECT 1 FROM f(a, b) AS g (c, d), LATERAL h(e)"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_value_is_cast_to_a_type() {
        let types = |sql: &str| of_kind(sql, |kind| kind == Kind::Type);
        assert_eq!(
            types("SELECT a::app.b, CAST(c AS d), e AS f, g::h(1)"),
            ["app.b", "d", "h"]
        );
    }
}
