use proc_macro2::Span;

use super::Text;

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
