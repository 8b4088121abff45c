use core::marker::PhantomData;

use super::argument::value;
use super::expr::{Expr, column_node, column_ref};
use super::node::Node;
use super::operand::ExprNode;
use super::relation::Relation;
use super::sources::Source;
use crate::model::Column;
use crate::model::column_kind::{Document, Free, InsertOnly, Part, To};
use crate::types::SqlValue;
use crate::wire::ColumnValue;

/// A column and the value that it is set to. [`Column::to`] returns it.
pub struct Assignment<T, W> {
    pub(crate) position: usize,
    pub(crate) node: Node,
    types: PhantomData<fn() -> (T, W)>,
}

/// A kind of column that can be set: only by an insert, or always.
#[diagnostic::on_unimplemented(
    message = "this column cannot be set",
    label = "the database sets it, or it holds the owner",
    note = "the scope that runs the statement fills in the scope column, the database sets generated and counted columns and `updated_at`, and `delete` and `restore` set `deleted_at`"
)]
pub trait Assign<When> {}

/// A column that only an insert sets.
#[derive(Debug)]
pub enum AtInsert {}

/// A column that an insert and an update set.
#[derive(Debug)]
pub enum Always {}

impl Assign<Always> for Free {}
impl Assign<AtInsert> for InsertOnly {}
#[diagnostic::do_not_recommend]
impl<When, Target, K: Assign<When>> Assign<When> for To<Target, K> {}
#[diagnostic::do_not_recommend]
impl<When, K: Assign<When>> Assign<When> for Document<K> {}
#[diagnostic::do_not_recommend]
impl<When, const POSITION: u16, K: Assign<When>> Assign<When> for Part<POSITION, K> {}

impl<T: Relation, V: SqlValue, K> Column<T, V, K> {
    /// Sets the column to `value`, in an insert or an update.
    ///
    /// ```text
    /// Task::update(id).set(|t| (t.done.to(true), t.title.to("new title")))
    /// ```
    pub fn to<When>(self, value: impl Assigned<V>) -> Assignment<T, When>
    where
        K: Assign<When>,
    {
        let column = column_ref(self);
        let node = value.node(Node::Column(column).cast()).0;
        Assignment {
            position: column.position,
            node,
            types: PhantomData,
        }
    }
}

/// What a column of type `V` can be set to: a value, for an `Option` also the value within it, or an expression.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be set to `{Self}`",
    label = "expected `{V}`",
    note = "give a `{V}`, or a column or an expression of that type"
)]
pub trait Assigned<V> {
    /// The expression of the new value.
    #[doc(hidden)]
    fn node(self, cast: Option<&'static str>) -> ExprNode;
}

fn bound<V: ColumnValue + 'static>(of: V) -> ExprNode {
    // No cast is needed: PostgreSQL converts an assigned value to the column's type.
    ExprNode(Node::Value(value(of), None))
}

#[diagnostic::do_not_recommend]
impl<V: SqlValue + ColumnValue + 'static> Assigned<V> for V {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        bound(self)
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlValue<Base = V> + ColumnValue + 'static> Assigned<Option<V>> for V {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        bound(Some(self))
    }
}

#[diagnostic::do_not_recommend]
impl Assigned<String> for &str {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        bound(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl Assigned<Option<String>> for &str {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        bound(Some(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Source, W: SqlValue, K, V: SqlValue<Base = W::Base>> Assigned<V> for Column<T, W, K> {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        ExprNode(column_node(self))
    }
}

#[diagnostic::do_not_recommend]
impl<W: SqlValue, V: SqlValue<Base = W::Base>> Assigned<V> for Expr<W> {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        ExprNode(self.node)
    }
}

/// One assignment to a column of the table `T`, or a tuple of up to eight.
#[diagnostic::on_unimplemented(
    message = "`{Self}` sets no columns of `{T}`",
    label = "not an assignment",
    note = "write `|row| row.column.to(value)`, or a tuple of these for several columns"
)]
pub trait Assignments<T, M> {
    /// The positions of the columns, and the new value of each.
    #[doc(hidden)]
    fn assignments(self) -> Vec<(usize, ExprNode)>;
}

/// Marks assignments of an insert.
#[derive(Debug)]
pub enum InInsert {}

/// Marks assignments of an update.
#[derive(Debug)]
pub enum InUpdate {}

/// The statement `Self` accepts assignments to columns that can be set `W`.
#[diagnostic::on_unimplemented(
    message = "an update cannot change this column",
    label = "set when the row is inserted, and never changed",
    note = "the column is `immutable`, `created_at`, part of the key, or leads to the owner of the row"
)]
pub trait Takes<W> {}

impl Takes<Always> for InInsert {}
impl Takes<AtInsert> for InInsert {}
impl Takes<Always> for InUpdate {}

impl<T, W, M: Takes<W>> Assignments<T, M> for Assignment<T, W> {
    fn assignments(self) -> Vec<(usize, ExprNode)> {
        vec![(self.position, ExprNode(self.node))]
    }
}

macro_rules! assignments {
    ($($name:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<T, M, $($name: Assignments<T, M>),*> Assignments<T, M> for ($($name,)*) {
            fn assignments(self) -> Vec<(usize, ExprNode)> {
                #[allow(non_snake_case)]
                let ($($name,)*) = self;
                let mut all = Vec::new();
                $(all.extend($name.assignments());)*
                all
            }
        }
    };
}

assignments!(A);
assignments!(A B);
assignments!(A B C);
assignments!(A B C D);
assignments!(A B C D E);
assignments!(A B C D E F);
assignments!(A B C D E F G);
assignments!(A B C D E F G H);
