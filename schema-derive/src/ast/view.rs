//! A view.

use proc_macro2::Span;
use syn::Ident;

use super::{Source, Table};

/// A `#[derive(View)]` struct.
pub(crate) struct View {
    /// What a view has in common with a table: its name, its owner, its columns and its indexes.
    pub(crate) table: Table,
    /// Whether the struct has fields with names, which a row can be read into.
    pub(crate) has_fields: bool,
    /// None where a mistake was found in it.
    pub(crate) query: Option<Source>,
    pub(crate) materialized: Option<Span>,
    /// The places of `index` and `unique`.
    pub(crate) index_keys: Vec<Ident>,
    pub(crate) security_invoker: Option<Switch>,
}

impl View {
    /// Whether it reads its tables with the rights of its owner.
    pub(crate) fn is_security_definer(&self) -> bool {
        self.security_invoker
            .as_ref()
            .is_some_and(|switch| !switch.on)
    }
}

/// `true` or `false`, with the key's place.
pub(crate) struct Switch {
    pub(crate) key: Span,
    pub(crate) on: bool,
}
