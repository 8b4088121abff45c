use super::argument::{Argument, received, received_of};
use super::node::Node;
use super::relation::Meta;
use crate::model::{ScalarType, SqlType};
use crate::types::SqlValue;
use crate::wire::ColumnValue;

/// What rows are ordered by, and which way.
pub struct Order {
    pub(crate) node: Node,
    pub(crate) descending: bool,
    pub(crate) nullable: bool,
    /// How a value that was read is sent again.
    pub(crate) resend: Resend,
}

/// How a value that was read is sent again: as one of its type.
#[derive(Clone, Copy)]
pub(crate) enum Resend {
    /// Of the Rust type that it is read into.
    As(fn(Vec<u8>) -> Box<dyn Argument>),
    /// Of the column's type.
    AsColumn(&'static SqlType),
}

impl Resend {
    /// The value, as an argument.
    pub(crate) fn argument(self, bytes: Vec<u8>) -> Box<dyn Argument> {
        match self {
            Self::As(argument) => argument(bytes),
            Self::AsColumn(sql_type) => received_of(sql_type, bytes),
        }
    }
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
            resend: Resend::As(received::<V::Base>),
        }
    }
}

impl Order {
    /// By a column that is never null, whose Rust type nobody knows here.
    pub(crate) fn by_column(meta: &'static Meta, source: usize, position: usize) -> Self {
        let sql_type = meta.sql_type(position);
        Self {
            node: Node::column(meta, source, position),
            descending: false,
            nullable: false,
            resend: Resend::AsColumn(sql_type.unwrap_or(&SqlType::Scalar(ScalarType::Text))),
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
