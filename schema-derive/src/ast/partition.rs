use proc_macro2::Span;
use syn::Ident;

use super::{Expr, Text};

/// The key `partition_by = range(created_at)`.
pub(crate) struct PartitionBy {
    pub(crate) span: Span,
    /// The variant of `PartitionStrategy`.
    pub(crate) strategy: &'static str,
    pub(crate) columns: Vec<Ident>,
}

/// A partition.
pub(crate) struct Partition {
    pub(crate) span: Span,
    pub(crate) name: Text,
    pub(crate) bound: PartitionBound,
}

/// The rows that a partition holds.
pub(crate) enum PartitionBound {
    Range(Vec<Expr>, Vec<Expr>),
    List(Vec<Expr>),
    Hash(u32, u32),
    Default,
}

impl PartitionBound {
    /// The values of the bound.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Expr> {
        let (first, second): (&[Expr], &[Expr]) = match self {
            Self::Range(from, to) => (from, to),
            Self::List(values) => (values, &[]),
            Self::Hash(..) | Self::Default => (&[], &[]),
        };
        first.iter().chain(second)
    }

    /// The strategy of the bound; `None` for the default partition, which range and list partitioning have.
    pub(crate) const fn strategy(&self) -> Option<&'static str> {
        match self {
            Self::Range(..) => Some("Range"),
            Self::List(_) => Some("List"),
            Self::Hash(..) => Some("Hash"),
            Self::Default => None,
        }
    }
}

/// The key `monthly_partitions`, with or without the function that creates the partitions.
pub(crate) struct MonthlyPartitions {
    pub(crate) span: Span,
    pub(crate) function: Option<Text>,
    pub(crate) ahead: Option<Months>,
}

/// A number of months, and its span.
#[derive(Clone, Copy)]
pub(crate) struct Months {
    pub(crate) count: u32,
    pub(crate) span: Span,
}
