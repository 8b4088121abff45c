//! Subqueries in conditions, over a table with columns of the same names as the outer table.

use super::Spec;
use super::hand::Hand;
use super::namespaces::Relation;
use super::tables::TableSpec;
use crate::random::Random;

/// A condition on another table, or on the same one.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) of: Relation,
    /// A column of that table; `id` if it has no column of this name.
    pub(super) inner: String,
    /// The column of the outer table in the same condition.
    pub(super) outer: String,
    /// An alias for a column. It is, or was, the name of a column.
    alias: String,
    /// An alias for a table or a query. It is, or was, the name of a table.
    called: String,
    form: usize,
    hand: Hand,
}

/// The names in a question, as SQL.
struct Names {
    /// The other table, with its schema.
    other: String,
    /// The other table without its schema.
    other_name: String,
    own: String,
    own_name: String,
    inner: String,
    outer: String,
    alias: String,
    called: String,
}

impl Spec {
    pub(super) fn any_question(&self, random: &mut Random) -> Option<Question> {
        let table = self.tables.get(random.below(self.tables.len()))?;
        let inner = table.columns.get(random.below(table.columns.len()));
        let inner = inner.map_or("id", |column| &column.name);
        let question = Question {
            of: table.relation(),
            inner: inner.to_owned(),
            outer: inner.to_owned(),
            alias: inner.to_owned(),
            called: random.pick(&self.tables).name.clone(),
            form: random.below(14),
            hand: Hand::any(random),
        };
        random.one_in(2).then_some(question)
    }

    /// The SQL, or `None` if the other table no longer exists.
    pub(super) fn asked(&self, question: &Question, table: &TableSpec) -> Option<String> {
        let other = self.table_of(&question.of)?;
        let hand = question.hand;
        let names = Names {
            other: other.in_query(),
            other_name: hand.name(&other.name),
            own: table.in_query(),
            own_name: hand.name(&table.name),
            inner: hand.name(other.column_or_id(&question.inner)),
            outer: hand.name(table.column_or_id(&question.outer)),
            alias: hand.name(&question.alias),
            called: hand.name(&question.called),
        };
        let sql = names.question(question.form, hand.remark(1));
        Some(format!("{}{sql}{}", hand.remark(2), hand.last_remark()))
    }
}

impl Question {
    pub(super) fn has_with(&self) -> bool {
        self.form == 10
    }

    /// The same about this outer column, for half of the forms.
    pub(super) fn about(self, column: &str) -> Self {
        if self.form.is_multiple_of(2) {
            let outer = column.to_owned();
            Self { outer, ..self }
        } else {
            self
        }
    }
}

impl TableSpec {
    fn column_or_id<'a>(&self, name: &'a str) -> &'a str {
        let is_there = self.columns.iter().any(|column| column.name == name);
        if is_there { name } else { "id" }
    }
}

impl Names {
    fn question(&self, form: usize, s: &str) -> String {
        match form {
            0..=4 => self.simple(form, s),
            5..=8 => self.joined(form, s),
            _ => self.nested(form, s),
        }
    }

    /// One table with or without an alias, which may be the name of a table or a column.
    fn simple(&self, form: usize, s: &str) -> String {
        let (other, on, tn) = (&self.other, &self.other_name, &self.own_name);
        let called = &self.called;
        let (inner, outer, alias) = (&self.inner, &self.outer, &self.alias);
        match form {
            0 => format!(
                "EXISTS{s}(SELECT 1 FROM{s}{other} WHERE {inner}{s}IS NOT NULL AND {on}.id = {tn}.id)"
            ),
            1 => {
                format!(
                    "EXISTS (SELECT{s}FROM {other}{s}AS {called} WHERE{s}{called}.{inner} IS NOT NULL)"
                )
            }
            2 => format!(
                "id IN (SELECT {alias}.id FROM {other} AS{s}{alias} WHERE {alias}{s}.{s}{inner} IS NOT NULL)"
            ),
            3 => format!(
                "EXISTS (SELECT {inner} IS NULL FROM {other}{s}x WHERE x.id = {tn}.id AND {outer} IS NOT NULL)"
            ),
            _ => format!(
                "{outer}{s}IS NOT NULL AND NOT EXISTS (SELECT {inner}{s}IS NULL FROM {other} AS x WHERE x.{inner} IS NULL)"
            ),
        }
    }

    fn joined(&self, form: usize, s: &str) -> String {
        let (other, own) = (&self.other, &self.own);
        let (inner, outer) = (&self.inner, &self.outer);
        match form {
            5 => format!(
                "EXISTS (SELECT FROM {other} x JOIN{s}{own} y ON x.id = y.id AND{s}y.{outer} IS NOT NULL)"
            ),
            6 => format!(
                "EXISTS (SELECT FROM ({other} x LEFT JOIN {own} y ON{s}(x.id = y.id)) WHERE y.{outer}{s}IS NULL OR x.{inner} IS NOT NULL)"
            ),
            7 => format!(
                "EXISTS (SELECT FROM {other} x CROSS JOIN {own} AS y WHERE x.id = y.id AND {s}y.{outer} IS NOT NULL)"
            ),
            _ => format!(
                "EXISTS (SELECT FROM {other} x{s}JOIN {own} y USING (id) WHERE y.{outer} IS NOT NULL)"
            ),
        }
    }

    /// Nested queries that give their columns names.
    fn nested(&self, form: usize, s: &str) -> String {
        let (other, own, tn) = (&self.other, &self.own, &self.own_name);
        let called = &self.called;
        let (inner, outer, alias) = (&self.inner, &self.outer, &self.alias);
        match form {
            9 => format!(
                "(SELECT count({called}.{inner}) FROM (SELECT {inner}{s}FROM {other}) AS {called}) >= 0"
            ),
            10 => format!(
                "EXISTS (WITH{s}{tn} AS (SELECT id AS {alias}{s}FROM {other}) SELECT FROM {tn} WHERE {tn}.{alias} > 0)"
            ),
            11 => format!(
                "id IN (SELECT id FROM {other} WHERE{s}{inner} IS NOT NULL UNION{s}SELECT id FROM {own} WHERE {outer} IS NULL)"
            ),
            12 => format!(
                "id = ANY (ARRAY{s}(SELECT max(id) AS {alias} FROM {other}{s}GROUP BY {inner}))"
            ),
            _ => format!(
                "EXISTS (SELECT FROM {other} x, LATERAL{s}(SELECT x.{inner} AS {alias}) y WHERE y.{alias} IS NOT NULL AND {tn}.id = x.id)"
            ),
        }
    }
}
