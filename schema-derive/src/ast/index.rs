use proc_macro2::Span;
use syn::{Ident, LitStr};

use super::{Expr, Text};

/// An index.
pub(crate) struct Index {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) parts: Vec<IndexPart>,
    pub(crate) unique: bool,
    pub(crate) nulls_not_distinct: Option<Span>,
    pub(crate) method: Option<&'static str>,
    pub(crate) include: Vec<Ident>,
    pub(crate) filter: Option<Expr>,
}

/// A part of an index.
pub(crate) struct IndexPart {
    pub(crate) value: Expr,
    pub(crate) descending: bool,
    pub(crate) nulls_first: Option<bool>,
    pub(crate) collation: Option<LitStr>,
    pub(crate) operator_class: Option<Text>,
}

impl IndexPart {
    pub(crate) fn of(value: Expr) -> Self {
        Self {
            value,
            descending: false,
            nulls_first: None,
            collation: None,
            operator_class: None,
        }
    }

    /// The column, if the part is a column.
    pub(crate) fn column(&self) -> Option<&Ident> {
        match &self.value {
            Expr::Column(ident) => Some(ident),
            _ => None,
        }
    }

    /// Whether the part is only a column, without order, collation and operator class.
    pub(crate) fn is_plain(&self) -> bool {
        self.column().is_some()
            && !self.descending
            && self.nulls_first.is_none()
            && self.collation.is_none()
            && self.operator_class.is_none()
    }
}
