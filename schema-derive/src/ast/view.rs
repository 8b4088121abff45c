//! A view.

use proc_macro2::Span;
use syn::Ident;

use super::{Source, Table};

/// A `#[derive(View)]` struct.
pub(crate) struct View {
    /// What a view has in common with a table: name, ownership, columns and indexes.
    pub(crate) table: Table,
    /// Whether the struct has named fields, into which a row can be read.
    pub(crate) has_fields: bool,
    /// `None` if the query is missing or has a mistake.
    pub(crate) query: Option<Source>,
    pub(crate) materialized: Option<Span>,
    /// The keys `index` and `unique`.
    pub(crate) index_keys: Vec<Ident>,
    pub(crate) security_invoker: Option<Switch>,
}

impl View {
    /// Whether the view reads its tables with the rights of its owner.
    pub(crate) fn is_security_definer(&self) -> bool {
        self.security_invoker
            .as_ref()
            .is_some_and(|switch| !switch.on)
    }
}

/// `true` or `false`, with the span of the key.
pub(crate) struct Switch {
    pub(crate) key: Span,
    pub(crate) on: bool,
}
