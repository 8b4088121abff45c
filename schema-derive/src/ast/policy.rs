use proc_macro2::Span;

use super::{Text, Valued};

/// A row-level-security policy, written by hand.
pub(crate) struct Policy {
    pub(crate) span: Span,
    pub(crate) name: Text,
    /// The variant of `PolicyCommand`.
    pub(crate) command: &'static str,
    pub(crate) restrictive: bool,
    /// Whom it is for; none is everybody.
    pub(crate) roles: Vec<Text>,
    pub(crate) using: Option<Valued>,
    pub(crate) with_check: Option<Valued>,
}

impl Policy {
    /// Its conditions.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Valued> {
        self.using.iter().chain(&self.with_check)
    }
}
