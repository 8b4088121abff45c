use super::argument::{Argument, received};
use super::node::Node;
use crate::types::SqlValue;
use crate::wire::ColumnValue;

/// What rows are ordered by, and which way.
pub struct Order {
    pub(crate) node: Node,
    pub(crate) descending: bool,
    pub(crate) nullable: bool,
    /// How a value that was read is sent again.
    pub(crate) resend: fn(Vec<u8>) -> Box<dyn Argument>,
}

impl Order {
    pub(crate) fn by<V>(node: Node, descending: bool) -> Self
    where
        V: SqlValue,
        V::Base: ColumnValue + 'static,
    {
        Self {
            node,
            descending,
            nullable: V::NULLABLE,
            resend: received::<V::Base>,
        }
    }
}

impl Order {
    /// The place of the column that it is by.
    pub(crate) fn position(&self) -> Option<usize> {
        match self.node {
            Node::Column(column) => Some(column.position),
            _ => None,
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

/// One order, or a tuple of them: the first counts most.
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
