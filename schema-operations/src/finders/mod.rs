//! The statements of `get` and of the finders: which index serves them, and how fast they are.

pub(crate) mod audit;
mod plan;
pub(crate) mod slow;
pub(crate) mod statement;
