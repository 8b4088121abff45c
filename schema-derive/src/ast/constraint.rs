//! Constraints: keys, unique constraints, checks and references.

use proc_macro2::Span;
use syn::{Ident, Path};

use super::{Expr, Text};

/// A primary key, of one column or of several.
pub(crate) struct PrimaryKey {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Ident>,
}

/// A unique constraint without condition, expression or order.
pub(crate) struct Unique {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Ident>,
    pub(crate) include: Vec<Ident>,
    pub(crate) nulls_not_distinct: bool,
    pub(crate) deferrable: Option<Deferrable>,
}

/// A check.
pub(crate) struct Check {
    pub(crate) name: Option<Text>,
    pub(crate) condition: Expr,
    /// The column on which the check is written, for its default name.
    pub(crate) column: Option<Ident>,
}

/// A foreign key.
pub(crate) struct ForeignKey {
    /// The span of `references` or of `foreign_key`.
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Ident>,
    pub(crate) target: Option<Target>,
    pub(crate) on_delete: Option<Action>,
    pub(crate) on_update: Option<Action>,
    pub(crate) deferrable: Option<Deferrable>,
    pub(crate) allow: Vec<Ident>,
}

/// The table and the columns that a foreign key references.
pub(crate) struct Target {
    pub(crate) table: Path,
    pub(crate) columns: Vec<Ident>,
}

/// A referential action.
pub(crate) struct Action {
    pub(crate) span: Span,
    pub(crate) variant: &'static str,
    pub(crate) columns: Vec<Ident>,
}

/// `deferrable`, or `deferrable = initially_deferred`.
#[derive(Clone, Copy)]
pub(crate) struct Deferrable {
    pub(crate) initially_deferred: bool,
}
