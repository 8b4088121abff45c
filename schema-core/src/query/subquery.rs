//! The tree of a subquery: a `SELECT` within an expression.

use std::cell::Cell;

use super::meta::Meta;
use super::node::{ColumnRef, LEVEL, Node};
use super::order::Order;
use super::visibility::Deleted;
use crate::model::BinaryOp;

/// A table that is joined to the tables before it.
#[derive(Clone)]
pub(crate) struct Join {
    pub(crate) meta: &'static Meta,
    pub(crate) left: bool,
    pub(crate) on: Node,
    /// A further condition of the join.
    pub(crate) filter: Option<Node>,
    /// Whether one row of the earlier tables can match several of its rows.
    pub(crate) is_many: bool,
}

impl Join {
    /// A table that is known only at run time.
    #[cfg(feature = "testing")]
    pub(crate) fn new(meta: &'static Meta, left: bool, on: Node) -> Self {
        Self {
            meta,
            left,
            on,
            filter: None,
            is_many: false,
        }
    }

    /// A left-joined table, which may have no row.
    pub(crate) fn left(meta: &'static Meta, on: Node, filter: Option<Node>) -> Self {
        Self {
            meta,
            left: true,
            on,
            filter,
            is_many: false,
        }
    }
}

/// A `SELECT` within an expression.
///
/// Its tables have the numbers from `first` on. Conditions and columns may name tables of the enclosing statement too.
#[derive(Clone)]
pub(crate) struct Subquery {
    pub(crate) table: &'static Meta,
    /// The number of its first table.
    pub(crate) first: u8,
    pub(crate) joins: Vec<Join>,
    /// The expressions that it selects.
    pub(crate) columns: Vec<Node>,
    pub(crate) filter: Option<Node>,
    pub(crate) order: Vec<Order>,
    pub(crate) limit: Option<i64>,
    pub(crate) offset: Option<i64>,
    pub(crate) deleted: Deleted,
}

impl Subquery {
    /// The rows of a table whose number is `first`.
    pub(crate) fn over(table: &'static Meta, first: u8) -> Self {
        Self {
            table,
            first,
            joins: Vec::new(),
            columns: Vec::new(),
            filter: None,
            order: Vec::new(),
            limit: None,
            offset: None,
            deleted: Deleted::Hidden,
        }
    }

    /// Keeps only rows for which the condition holds.
    pub(crate) fn only(mut self, condition: Node) -> Self {
        self.filter = Some(Node::and(self.filter.take(), condition));
        self
    }

    /// Calls `each` with every expression in it.
    pub(super) fn each_expression<'n>(&'n self, each: &mut dyn FnMut(&'n Node)) {
        for join in &self.joins {
            each(&join.on);
            join.filter.iter().for_each(&mut *each);
        }
        self.columns.iter().for_each(&mut *each);
        self.filter.iter().for_each(&mut *each);
        self.order.iter().for_each(|order| each(&order.node));
    }

    pub(super) fn each_expression_mut(&mut self, each: &mut dyn FnMut(&mut Node)) {
        for join in &mut self.joins {
            each(&mut join.on);
            join.filter.iter_mut().for_each(&mut *each);
        }
        self.columns.iter_mut().for_each(&mut *each);
        self.filter.iter_mut().for_each(&mut *each);
        for order in &mut self.order {
            each(&mut order.node);
        }
    }

    /// Numbers its tables from `first` on, and those of its own subqueries one level below. Before, it is a statement:
    /// its first table has the number 0. `None` if there are too many levels.
    pub(super) fn nested(mut self, first: u8) -> Option<Self> {
        let fits = Cell::new(true);
        let number = |number: u8| {
            let next = number.checked_add(first).filter(|next| *next < LAST);
            fits.set(fits.get() && next.is_some());
            next.unwrap_or(number)
        };
        self.first = first;
        self.each_expression_mut(&mut |node| node.renumber(&number));
        fits.get().then_some(self)
    }

    /// Whether every column in it is of a table of the same number: its own, or one of its own subqueries.
    ///
    /// A column of the enclosing statement has the number of another table here.
    pub(super) fn names_only_its_tables(&self) -> bool {
        let mut tables = vec![self.table];
        tables.extend(self.joins.iter().map(|join| join.meta));
        let own = tables.into_iter().zip(self.first..);
        let mut tables: Vec<_> = own.map(|(meta, number)| (number, meta)).collect();
        let mut all = true;
        self.each_expression(&mut |node| all = all && is_over(node, &mut tables));
        all
    }
}

/// Whether every column of the expression is of one of these tables, given with their numbers.
fn is_over(node: &Node, tables: &mut Vec<(u8, &'static Meta)>) -> bool {
    let known = tables.len();
    match node {
        Node::Column(ColumnRef { meta, source, .. }) => {
            let table = tables.iter().rev().find(|(number, _)| number == source);
            return table.is_some_and(|(_, table)| std::ptr::eq(*table, *meta));
        }
        Node::Exists { query, .. } | Node::Scalar(query) | Node::In(_, query) => {
            let joined = query.joins.iter().map(|join| join.meta);
            let own = std::iter::once(query.table).chain(joined);
            tables.extend((query.first..).zip(own));
        }
        _ => {}
    }
    let mut all = true;
    node.each_operand(&mut |operand| all = all && is_over(operand, tables));
    tables.truncate(known);
    all
}

/// The numbers from here on are of no subquery: the last of them is that of a new row.
const LAST: u8 = u8::MAX - LEVEL;

/// The number of the first table of a subquery in an expression over table number `outer`. `None` if there are too many
/// levels, or if `outer` is the new row of a conflict.
pub(super) fn level_below(outer: u8) -> Option<u8> {
    (outer / LEVEL + 1)
        .checked_mul(LEVEL)
        .filter(|first| *first < LAST)
}

/// A select of one column whose values have the type `B`: `Item::select().columns(|item| item.order_id)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a select of one column of `{B}`",
    label = "expected a select of one column of `{B}`",
    note = "select one column of that type: `.columns(|row| row.column)`"
)]
pub trait OneColumn<B> {
    /// The select, as a subquery whose first table has the number 0.
    #[doc(hidden)]
    fn subquery(self) -> OneColumnQuery;
}

/// A subquery whose tree is private to this crate, or why it is refused.
#[doc(hidden)]
pub struct OneColumnQuery(pub(crate) Result<Subquery, &'static str>);

/// `operand IN (SELECT ..)`
pub(super) fn in_subquery<B>(operand: Node, of: impl OneColumn<B>) -> Node {
    match below(&operand, of) {
        Ok(query) => Node::In(Box::new(operand.compared()), Box::new(query)),
        Err(why) => Node::Refused(why),
    }
}

/// `NOT EXISTS (SELECT 1 .. WHERE column = operand)`. In place of `NOT IN`, which is null as soon as the subquery has a
/// null, and which PostgreSQL does not plan as a join.
pub(super) fn not_in_subquery<B>(operand: &Node, of: impl OneColumn<B>) -> Node {
    let query = below(operand, of).and_then(|mut query| {
        if query.limit.is_some() || query.offset.is_some() {
            return Err(LIMITED);
        }
        let columns = std::mem::take(&mut query.columns).into_iter();
        query.order.clear();
        let equal =
            columns.map(|column| Node::binary(BinaryOp::Eq, column, operand.clone().compared()));
        Ok(equal.fold(query, Subquery::only))
    });
    match query {
        Ok(query) => Node::Exists {
            query: Box::new(query),
            negated: true,
        },
        Err(why) => Node::Refused(why),
    }
}

/// The select one level below the tables of the operand.
fn below<B>(operand: &Node, of: impl OneColumn<B>) -> Result<Subquery, &'static str> {
    let query = of.subquery().0?;
    if !query.names_only_its_tables() {
        return Err(OF_OUTER);
    }
    let first = level_below(operand.highest_table()).ok_or(TOO_DEEP)?;
    query.nested(first).ok_or(TOO_DEEP)
}

/// Why a statement with too many levels of subqueries is refused.
pub(super) const TOO_DEEP: &str = "the subqueries are nested too deeply, or belong to the new row of a conflict; leave out a level";

const LIMITED: &str =
    "`not_in_subquery` compares with every row of the subquery; leave out its limit and offset";

const OF_OUTER: &str = "the select of `in_subquery` names a column of the enclosing statement; use `children(..)` or `parent(..)`, whose conditions may name it";
