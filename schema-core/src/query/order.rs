use super::meta::Meta;
use super::node::Node;
use crate::types::SqlValue;

/// An expression that rows are ordered by, and its direction.
///
/// `asc()` and `desc()` of a column or an expression return it.
#[derive(Clone)]
pub struct Order {
    pub(crate) node: Node,
    pub(crate) descending: bool,
    pub(crate) nullable: bool,
}

impl Order {
    pub(crate) fn by<V: SqlValue>(node: Node, descending: bool) -> Self {
        Self {
            node: node.in_order(),
            descending,
            nullable: V::NULLABLE,
        }
    }

    /// The ascending order by a column that is never null and whose Rust type is not known here.
    pub(crate) fn by_column(meta: &'static Meta, source: usize, position: usize) -> Self {
        Self {
            node: Node::column(meta, source, position),
            descending: false,
            nullable: false,
        }
    }

    /// Whether both are by the same column.
    pub(crate) fn is_by_column_of(&self, other: &Self) -> bool {
        match (&self.node, &other.node) {
            (Node::Column(own), Node::Column(theirs)) => {
                own.source == theirs.source && own.position == theirs.position
            }
            _ => false,
        }
    }
}

/// One [`Order`], or a tuple of up to four: later orders decide between rows that are equal in the earlier ones.
pub trait OrderTerms {
    /// The orders.
    #[doc(hidden)]
    fn terms(self) -> Vec<Order>;
}

impl OrderTerms for Order {
    fn terms(self) -> Vec<Order> {
        vec![self]
    }
}

macro_rules! terms {
    ($($name:ident)*) => {
        impl OrderTerms for ($(terms!(@order $name),)*) {
            fn terms(self) -> Vec<Order> {
                #[allow(non_snake_case)]
                let ($($name,)*) = self;
                vec![$($name),*]
            }
        }
    };
    (@order $name:ident) => { Order };
}

terms!(A);
terms!(A B);
terms!(A B C);
terms!(A B C D);
