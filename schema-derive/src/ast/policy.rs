use proc_macro2::Span;

use super::{Text, Valued};

/// A row-level-security policy that the user writes.
pub(crate) struct Policy {
    pub(crate) span: Span,
    pub(crate) name: Text,
    /// The variant of `PolicyCommand`.
    pub(crate) command: &'static str,
    pub(crate) restrictive: bool,
    /// The roles of the policy; empty for every role.
    pub(crate) roles: Vec<Text>,
    pub(crate) using: Option<Valued>,
    pub(crate) with_check: Option<Valued>,
}

impl Policy {
    /// The conditions `using` and `with_check`.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Valued> {
        self.using.iter().chain(&self.with_check)
    }
}
