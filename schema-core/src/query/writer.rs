use std::sync::Arc;

use std::ops::Range;

use sqlx::Arguments as _;
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;

use super::argument::{Argument, ListArgument};
use super::leakproof::{self, GuardedTable};
use super::meta::{Meta, push_number};
use super::node::{Among, ColumnRef, EXCLUDED, Node};
use super::order::Order;
use super::visibility::{Enforcement, Visibility};
use crate::ddl::{self, Dialect, POSTGRES};
use crate::error::{EncodeError, Error};
use crate::model::{BinaryOp, SearchDef};

/// The largest number of parameters in the protocol (PostgreSQL manual, 55.7, `Bind`).
const MAX_PARAMETERS: usize = 65_535;

/// Writes the text of a statement and collects the values of its parameters, in the order of their numbers.
pub(crate) struct Writer<'k> {
    dialect: &'static dyn Dialect,
    text: String,
    arguments: PgArguments,
    count: usize,
    visibility: Visibility<'k>,
    key_at: Option<usize>,
    /// How many conditions over a parent enclose the text that is being written.
    parents: usize,
    /// The first table of the statement, and the tables that are joined to it.
    first: Option<GuardedTable>,
    joined: Vec<GuardedTable>,
    /// The tables of the subqueries that enclose the text that is being written, with their numbers.
    nested: Vec<(usize, GuardedTable)>,
    failure: Option<Error>,
    /// The column that the values being written are set to or compared with.
    column: Option<ColumnRef>,
}

/// A part of a writer's text.
#[derive(Clone, Debug)]
pub(crate) struct Written(Range<usize>);

impl<'k> Writer<'k> {
    /// A writer of statements over the rows of one owner, of all owners, or only shared rows.
    pub(crate) fn new(visibility: Visibility<'k>) -> Self {
        Self {
            dialect: POSTGRES.dialect,
            text: String::with_capacity(512),
            arguments: PgArguments::default(),
            count: 0,
            visibility,
            key_at: None,
            parents: 0,
            first: None,
            joined: Vec::new(),
            nested: Vec::new(),
            failure: None,
            column: None,
        }
    }

    /// Names the tables of the statement. Expressions that can fail are then evaluated only on reachable rows.
    pub(super) fn over(mut self, first: &'static Meta, joined: Vec<GuardedTable>) -> Self {
        self.first = Some(GuardedTable::new(first));
        self.joined = joined;
        self
    }

    /// Names the only table of the statement.
    pub(super) fn over_one(self, table: &'static Meta) -> Self {
        self.over(table, Vec::new())
    }

    /// The tables that an expression can name here, with their numbers. Of two subqueries whose tables have the same
    /// numbers, the inner one hides the outer one.
    pub(super) fn tables(&self) -> impl Iterator<Item = (usize, GuardedTable)> {
        let own = self.first.iter().chain(&self.joined).copied().enumerate();
        let visible = self.nested.iter().enumerate().filter(|(at, (number, _))| {
            let mut inner = self.nested.iter().skip(at + 1);
            inner.all(|(other, _)| other != number)
        });
        own.chain(visible.map(|(_, nested)| *nested))
    }

    /// Calls `write` for the text of a subquery over these tables, numbered from `first` on.
    pub(super) fn within(
        &mut self,
        first: usize,
        tables: impl Iterator<Item = GuardedTable>,
        write: impl FnOnce(&mut Self),
    ) {
        let enclosing = self.nested.len();
        self.nested.extend((first..).zip(tables));
        write(self);
        self.nested.truncate(enclosing);
    }

    /// Keeps the first error of the statement.
    pub(super) fn fail(&mut self, failure: Error) {
        self.failure.get_or_insert(failure);
    }

    /// The statement and its arguments, or the first error.
    pub(crate) fn finish(self) -> Result<(String, PgArguments), Error> {
        if self.count > MAX_PARAMETERS {
            return Err(Error::Statement(
                "the statement has more than 65535 parameters, which is the limit of PostgreSQL; run it over fewer rows at a time",
            ));
        }
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok((self.text, self.arguments)),
        }
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes an alias: its letter and its number.
    pub(crate) fn alias(&mut self, letter: char, number: usize) {
        self.text.push(letter);
        push_number(&mut self.text, number);
    }

    /// Writes a condition over a parent. `write` gets the number of the parent's alias. Conditions that are not nested
    /// have the same number, so that an expression has the same text wherever it is written.
    pub(crate) fn within_parent(&mut self, write: impl FnOnce(&mut Self, usize)) {
        let number = self.parents;
        self.parents += 1;
        write(self, number);
        self.parents = number;
    }

    /// Whose rows the statement may reach.
    pub(crate) fn visibility(&self) -> Visibility<'k> {
        self.visibility
    }

    /// Whether the statement is limited to one owner.
    pub(crate) fn has_key(&self) -> bool {
        self.visibility.is_owner()
    }

    /// What prevents the statement's expressions from seeing other owners' rows. `None` if it is not limited to one
    /// owner.
    pub(super) fn enforcement(&self) -> Option<Enforcement> {
        match self.visibility {
            Visibility::Owner(_, enforcement) => Some(enforcement),
            Visibility::AllOwners | Visibility::SharedOnly => None,
        }
    }

    /// The number of the parameter with the owner's key, if the text contains it.
    pub(super) fn key_at(&self) -> Option<usize> {
        self.key_at
    }

    /// The number of parameters in the text.
    pub(super) fn parameters(&self) -> usize {
        self.count
    }

    /// Writes the parameter with the owner's key. It has the same number each time.
    pub(crate) fn key(&mut self) {
        let Visibility::Owner(key, _) = self.visibility else {
            return;
        };
        let number = match self.key_at {
            Some(number) => number,
            None => {
                let number = self.bind(key);
                self.key_at = Some(number);
                number
            }
        };
        self.placeholder(number);
    }

    /// Reserves memory for many values, so that they are not copied as their bytes grow.
    pub(super) fn expect_values(&mut self, values: usize) {
        // Four bytes of length, and a number, a time or a short text.
        const BYTES: usize = 16;
        self.arguments.reserve(0, values.saturating_mul(BYTES));
    }

    /// Writes a parameter for the value.
    pub(crate) fn argument(&mut self, argument: &dyn Argument, cast: Option<&str>) {
        let number = self.bind(argument);
        self.placeholder(number);
        self.cast(cast);
    }

    /// Writes a parameter for an array of the values, cast to an array of `cast`.
    pub(crate) fn array(&mut self, values: &dyn Argument, cast: Option<&str>) {
        let number = self.bind(values);
        self.placeholder(number);
        self.cast_array(cast);
    }

    /// Writes a parameter for one of the values, counted from 0.
    pub(crate) fn one_of(&mut self, values: &dyn ListArgument, at: usize, cast: Option<&str>) {
        let added = values.add_one(at, &mut self.arguments);
        let number = self.bound(added);
        self.placeholder(number);
        self.cast(cast);
    }

    /// Adds values whose parameters are in the text already.
    pub(crate) fn arguments_of(&mut self, arguments: &[Arc<dyn Argument>]) {
        for argument in arguments {
            self.bind(&**argument);
        }
    }

    fn bind(&mut self, argument: &dyn Argument) -> usize {
        let added = argument.add(&mut self.arguments);
        self.bound(added)
    }

    fn bound(&mut self, added: Result<(), BoxDynError>) -> usize {
        if let Err(failure) = added {
            let name = self
                .column
                .and_then(|column| column.meta.column_name(column.position));
            self.failure
                .get_or_insert(EncodeError::new(name, failure).into());
        }
        self.count += 1;
        self.count
    }

    fn placeholder(&mut self, number: usize) {
        self.dialect.placeholder(number, &mut self.text);
    }

    fn cast(&mut self, cast: Option<&str>) {
        if let Some(cast) = cast {
            self.text.push_str("::");
            self.text.push_str(cast);
        }
    }

    fn cast_array(&mut self, cast: Option<&str>) {
        if cast.is_some() {
            self.cast(cast);
            self.push("[]");
        }
    }

    /// Calls `write`, and returns the place of what it wrote, so that it can be written again later.
    pub(crate) fn noting(&mut self, write: impl FnOnce(&mut Self)) -> Written {
        let start = self.text.len();
        write(self);
        Written(start..self.text.len())
    }

    /// The text at this place.
    pub(crate) fn written(&self, there: &Written) -> &str {
        self.text.get(there.0.clone()).unwrap_or_default()
    }

    pub(crate) fn column(&mut self, column: ColumnRef) {
        if column.source == EXCLUDED {
            self.text.push_str("excluded");
        } else {
            self.alias('t', usize::from(column.source));
        }
        self.text.push('.');
        if let Some(text) = column.meta.column(column.position) {
            self.text.push_str(&text.name);
        }
    }

    /// Writes an expression. A nested one gets parentheses, unless it is an atom or part of a chain of `AND`.
    pub(crate) fn node(&mut self, node: &Node) {
        match node {
            Node::Column(column) => self.column(*column),
            Node::Value(argument, cast) => self.argument(&**argument, *cast),
            Node::Binary(op, left, right) => self.binary(*op, left, right),
            Node::Not(operand) => {
                self.push("NOT ");
                self.operand(operand);
            }
            Node::IsNotTrue(operand) => {
                self.operand(operand);
                self.push(" IS NOT TRUE");
            }
            Node::IsNull { operand, negated } => {
                self.operand(operand);
                self.push(if *negated { " IS NOT NULL" } else { " IS NULL" });
            }
            Node::Among(values) => self.among_all(values),
            Node::Between(operand, low, high) => {
                self.operand(operand);
                self.values_of(operand.as_column(), |writer| {
                    writer.push(" BETWEEN ");
                    writer.operand(low);
                    writer.push(" AND ");
                    writer.operand(high);
                });
            }
            Node::Call(function, arguments) => self.call(function, arguments),
            Node::Aggregate(function, operand) => {
                self.push(function);
                self.push("(");
                leakproof::value(self, operand);
                self.push(")");
            }
            Node::Cast(operand, to) => {
                self.operand(operand);
                self.cast(Some(to));
            }
            Node::Exists { query, negated } => self.exists(query, *negated),
            Node::In(operand, query) => self.is_in(operand, query),
            Node::Scalar(query) => self.subquery(query),
            Node::Search(source, document, text) => self.search(*source, document, text),
            Node::Star => self.push("*"),
            Node::Bool(value) => self.push(if *value { "TRUE" } else { "FALSE" }),
            Node::Refused(why) => {
                self.failure.get_or_insert(Error::Statement(why));
            }
        }
    }

    /// Calls `write` for values of this column. If one of them cannot be sent, the error names the column.
    pub(crate) fn values_of(&mut self, column: Option<ColumnRef>, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.column, column);
        write(self);
        self.column = before;
    }

    fn binary(&mut self, op: BinaryOp, left: &Node, right: &Node) {
        self.values_of(right.as_column(), |writer| writer.side(op, left));
        self.text.push(' ');
        self.text.push_str(self.dialect.operator(op));
        self.text.push(' ');
        self.values_of(left.as_column(), |writer| writer.side(op, right));
    }

    /// Writes a side of an operator. An operand of `AND` or `OR` that binds as strongly gets no parentheses.
    fn side(&mut self, op: BinaryOp, node: &Node) {
        let chains = matches!(op, BinaryOp::And | BinaryOp::Or);
        match node {
            Node::Binary(inner, ..) if chains && binds_as_strongly(*inner, op) => self.node(node),
            Node::IsNull { .. } | Node::Among(_) if chains => self.node(node),
            _ => self.operand(node),
        }
    }

    pub(crate) fn operand(&mut self, node: &Node) {
        if node.is_atom() {
            self.node(node);
        } else {
            self.text.push('(');
            self.node(node);
            self.text.push(')');
        }
    }

    /// Writes that the operands together are one of the rows of the lists.
    pub(super) fn among_all(&mut self, values: &[Among]) {
        match values {
            [one] => self.among(one),
            several => self.among_rows(several),
        }
    }

    fn among(&mut self, value: &Among) {
        if let Some(values) = value.list.one_by_one() {
            return self.among_each(value, values);
        }
        self.operand(&value.operand);
        self.push(" = ");
        self.any(value);
    }

    /// `ANY($1)`
    pub(super) fn any(&mut self, value: &Among) {
        self.push("ANY(");
        self.list(value);
        self.text.push(')');
    }

    /// `t0.tags IN ($1, $2)`
    fn among_each(&mut self, value: &Among, values: &dyn ListArgument) {
        if values.count() == 0 {
            return self.push("FALSE");
        }
        self.operand(&value.operand);
        self.values_of(value.operand.as_column(), |writer| {
            for at in 0..values.count() {
                writer.push(if at == 0 { " IN (" } else { ", " });
                writer.one_of(values, at, value.cast);
            }
        });
        self.text.push(')');
    }

    /// `(t0.region, t0.order_id) IN (SELECT * FROM unnest($1, $2))`
    fn among_rows(&mut self, values: &[Among]) {
        for (at, value) in values.iter().enumerate() {
            self.push(if at == 0 { "(" } else { ", " });
            self.operand(&value.operand);
        }
        self.push(") IN (SELECT * FROM unnest");
        for (at, value) in values.iter().enumerate() {
            self.push(if at == 0 { "(" } else { ", " });
            self.list(value);
        }
        self.push("))");
    }

    fn list(&mut self, value: &Among) {
        self.values_of(value.operand.as_column(), |writer| {
            writer.array(&*value.list, value.cast);
        });
    }

    fn call(&mut self, function: &str, arguments: &[Node]) {
        self.push(function);
        self.text.push('(');
        for (at, argument) in arguments.iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.node(argument);
        }
        self.text.push(')');
    }

    fn search(&mut self, source: u8, search: &SearchDef, text: &Node) {
        let start = self.text.len();
        self.operand(text);
        let text = self.text.split_off(start);
        let document = format!("t{source}.{}", ddl::identifier(search.column));
        let search = self.dialect.search_in(search.language, &document, &text);
        self.text.push_str(&search);
    }
}

/// Whether an operator within another one needs no parentheses.
fn binds_as_strongly(inner: BinaryOp, outer: BinaryOp) -> bool {
    match outer {
        BinaryOp::And => !matches!(inner, BinaryOp::Or),
        BinaryOp::Or => true,
        _ => false,
    }
}

/// ` ORDER BY ..`
pub(super) fn write_order<'o>(writer: &mut Writer<'_>, order: impl Iterator<Item = &'o Order>) {
    list(writer, " ORDER BY ", order, |writer, order| {
        leakproof::value(writer, &order.node);
        if order.descending {
            writer.push(" DESC");
        }
    });
}

/// Writes a condition. Beside others, one that is joined by `OR` gets parentheses.
pub(super) fn condition(writer: &mut Writer<'_>, condition: &Node, beside_others: bool) {
    use crate::model::BinaryOp;
    if beside_others && matches!(condition, Node::Binary(BinaryOp::Or, ..)) {
        writer.operand(condition);
    } else {
        writer.node(condition);
    }
}

/// Writes `lead` and the items, separated by commas; nothing if there are no items.
pub(super) fn list<'k, I>(
    writer: &mut Writer<'k>,
    lead: &str,
    items: impl Iterator<Item = I>,
    mut write: impl FnMut(&mut Writer<'k>, I),
) {
    for (at, item) in items.enumerate() {
        writer.push(if at == 0 { lead } else { ", " });
        write(writer, item);
    }
}
