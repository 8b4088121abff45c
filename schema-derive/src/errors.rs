//! Collects every mistake of an item with its span, so that all are reported at once.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors {
    first: RefCell<Option<syn::Error>>,
}

impl Errors {
    /// Adds a mistake at a span.
    pub(crate) fn push_at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Adds a mistake at these tokens.
    pub(crate) fn push_on(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds a mistake that syn found.
    pub(crate) fn push(&self, error: syn::Error) {
        let mut first = self.first.borrow_mut();
        match first.as_mut() {
            Some(all) => all.combine(error),
            None => *first = Some(error),
        }
    }

    /// Whether there is no mistake so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.first.borrow().is_none()
    }

    /// The value of a result. If the result is an error, adds the error and returns `None`.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Returns all mistakes as one error, if there are any.
    pub(crate) fn finish(self) -> Result<(), syn::Error> {
        self.first.into_inner().map_or(Ok(()), Err)
    }

    /// All mistakes as `compile_error!`s.
    pub(crate) fn into_compile_error(self) -> TokenStream {
        self.first
            .into_inner()
            .map(syn::Error::into_compile_error)
            .unwrap_or_default()
    }
}
