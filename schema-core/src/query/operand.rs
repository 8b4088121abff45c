use super::argument::value;
use super::expr::{Expr, column_node};
use super::node::Node;
use super::sources::Source;
use crate::model::Column;
use crate::model::column_kind::Compared;
use crate::types::SqlValue;
use crate::wire::ColumnValue;

/// The type of a column's values, without `Option`.
pub type Base<V> = <V as SqlValue>::Base;

/// What can be compared with a value of type `B`: a value, a column or an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `{B}`",
    label = "expected `{B}`",
    note = "give a `{B}`, or a column or an expression of that type; compare an `Option` with null by `is_null()`"
)]
pub trait Operand<B> {
    /// The expression. A bound value is cast to `cast`.
    #[doc(hidden)]
    fn node(self, cast: Option<&'static str>) -> ExprNode;
}

/// An expression whose tree is private to this crate.
#[doc(hidden)]
pub struct ExprNode(pub(crate) Node);

#[diagnostic::do_not_recommend]
impl<B: SqlValue<Base = B> + ColumnValue + 'static> Operand<B> for B {
    fn node(self, cast: Option<&'static str>) -> ExprNode {
        ExprNode(Node::Value(value(self), cast))
    }
}

#[diagnostic::do_not_recommend]
impl Operand<String> for &str {
    fn node(self, cast: Option<&'static str>) -> ExprNode {
        ExprNode(Node::Value(value(self.to_owned()), cast))
    }
}

#[diagnostic::do_not_recommend]
impl Operand<String> for &String {
    fn node(self, cast: Option<&'static str>) -> ExprNode {
        self.as_str().node(cast)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Source, V: SqlValue<Base = B>, K: Compared, B> Operand<B> for Column<T, V, K> {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        ExprNode(column_node(self))
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlValue<Base = B>, B> Operand<B> for Expr<V> {
    fn node(self, _: Option<&'static str>) -> ExprNode {
        ExprNode(self.node)
    }
}
