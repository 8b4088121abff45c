use proc_macro2::Span;
use syn::Ident;

use super::{Expr, Text};

/// `partition_by = range(created_at)`
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
    /// Its values.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Expr> {
        let (first, second): (&[Expr], &[Expr]) = match self {
            Self::Range(from, to) => (from, to),
            Self::List(values) => (values, &[]),
            Self::Hash(..) | Self::Default => (&[], &[]),
        };
        first.iter().chain(second)
    }

    /// The strategy that it is for; the default is for two.
    pub(crate) const fn strategy(&self) -> Option<&'static str> {
        match self {
            Self::Range(..) => Some("Range"),
            Self::List(_) => Some("List"),
            Self::Hash(..) => Some("Hash"),
            Self::Default => None,
        }
    }
}

/// `monthly_partitions`, or with the function that makes them.
pub(crate) struct MonthlyPartitions {
    pub(crate) span: Span,
    pub(crate) function: Option<Text>,
    pub(crate) ahead: Option<Months>,
}

/// A number of months and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Months {
    pub(crate) count: u32,
    pub(crate) span: Span,
}
