//! Collects the values of new rows: of one row as a list, of several rows column by column.

use std::any::Any;
use std::sync::Arc;

use super::argument::{Argument, List, ListArgument, value};
use super::node::Node;
use crate::error::Error;
use crate::wire::ColumnValue;

/// Receives the values of a new row.
pub struct NewValues<'a>(Place<'a>);

enum Place<'a> {
    Row(&'a mut Vec<(usize, Node)>),
    Rows(&'a mut Columns),
}

impl<'a> NewValues<'a> {
    pub(super) fn of_row(row: &'a mut Vec<(usize, Node)>) -> Self {
        Self(Place::Row(row))
    }

    pub(super) fn of_rows(columns: &'a mut Columns) -> Self {
        Self(Place::Rows(columns))
    }

    /// Adds the value of the column at `position`, counted from 0.
    pub(super) fn put<V: ColumnValue + 'static>(&mut self, position: usize, of: V) {
        match &mut self.0 {
            Place::Row(row) => row.push((position, Node::Value(value(of), None))),
            Place::Rows(columns) => columns.put(position, of),
        }
    }

    pub(super) fn put_node(&mut self, position: usize, node: Node) {
        match &mut self.0 {
            Place::Row(row) => row.push((position, node)),
            Place::Rows(columns) => columns.put_node(position, node),
        }
    }
}

/// The largest number of values for which memory is reserved in advance.
const MOST_EXPECTED: usize = 65_536;

/// The position of a column, and its values.
pub(super) type Column = (usize, Box<dyn ListArgument>);

/// The values of several rows, column by column. Each column is one list of its own type, so no value needs an
/// allocation of its own.
#[derive(Default)]
pub(super) struct Columns {
    columns: Vec<Column>,
    rows: usize,
    /// The expected number of rows, for which memory is reserved.
    expected: usize,
    /// How many values of the current row have been added.
    in_row: usize,
    failure: Option<Error>,
}

impl Columns {
    pub(super) fn expecting(rows: usize) -> Self {
        Self {
            // An iterator may announce more rows than there is memory for.
            expected: rows.min(MOST_EXPECTED),
            ..Self::default()
        }
    }

    /// The number of rows.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The positions of the columns and their values. The error is the first that was found in a row.
    pub(super) fn get(&mut self) -> Result<&[Column], Error> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => Ok(&self.columns),
        }
    }

    pub(super) fn positions(&self) -> Vec<usize> {
        self.columns.iter().map(|(position, _)| *position).collect()
    }

    /// Puts the rows into this order: each number is the former place of a row.
    pub(super) fn reorder(&mut self, order: &[usize]) {
        for (_, values) in &mut self.columns {
            values.reorder(order);
        }
    }

    /// Ends a row: all its values were added.
    pub(super) fn end_row(&mut self) {
        if self.in_row != self.columns.len() {
            self.fail(DIFFERENT_COLUMNS);
        }
        self.in_row = 0;
        self.rows += 1;
    }

    fn put<V: ColumnValue + 'static>(&mut self, position: usize, value: V) {
        if self.rows == 0 {
            let values = Vec::with_capacity(self.expected);
            self.columns.push((position, Box::new(List::<V>(values))));
        }
        let Some(list) = self.next(position) else {
            return self.fail(DIFFERENT_COLUMNS);
        };
        let list: &mut dyn Any = list;
        match list.downcast_mut::<List<V>>() {
            Some(List(values)) => values.push(value),
            None => self.fail(SEVERAL_TYPES),
        }
    }

    fn put_node(&mut self, position: usize, node: Node) {
        match node {
            Node::Value(argument, _) => self.put_argument(position, argument),
            _ => self.fail(EXPRESSION),
        }
    }

    fn put_argument(&mut self, position: usize, argument: Arc<dyn Argument>) {
        if self.rows == 0 {
            let Some(list) = argument.empty_list() else {
                return self.fail(EXPRESSION);
            };
            self.columns.push((position, list));
        }
        match self.next(position).map(|list| list.push(argument)) {
            Some(Some(())) => {}
            Some(None) => self.fail(SEVERAL_TYPES),
            None => self.fail(DIFFERENT_COLUMNS),
        }
    }

    /// The values of the column at `position`. Most rows list their columns in the same order as the first row.
    fn next(&mut self, position: usize) -> Option<&mut dyn ListArgument> {
        let at = match self.columns.get(self.in_row) {
            Some((here, _)) if *here == position => self.in_row,
            _ => self
                .columns
                .iter()
                .position(|(here, _)| *here == position)?,
        };
        self.in_row += 1;
        self.columns.get_mut(at).map(|(_, list)| &mut **list)
    }

    /// Keeps the first failure and ignores later ones.
    fn fail(&mut self, failure: Error) {
        self.failure.get_or_insert(failure);
    }
}

const DIFFERENT_COLUMNS: Error = Error::Statement(
    "the rows of one `insert_many` or `update_many` set different columns; set the same columns in each row, an `Option` to `None` for no value",
);
const EXPRESSION: Error = Error::Statement(
    "a row of `insert_many` or `update_many` sets a column to an expression; give a value, or write the row alone",
);
const SEVERAL_TYPES: Error = Error::Statement(
    "the rows of one `insert_many` or `update_many` give one column values of several types; give it values of the field's type in each",
);
