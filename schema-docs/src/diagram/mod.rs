//! Diagrams of tables and their references.

mod dbml;
mod dot;
mod groups;
mod mermaid;
mod model;
mod names;

pub use dbml::{DbmlOptions, dbml};
pub use dot::dot;
pub use groups::{DEFAULT_GROUP_LIMIT, TableGroup, groups, groups_by};
pub use mermaid::{MAX_MERMAID_TEXT, TooLarge, mermaid};
pub use model::{Diagram, Entity, EntityColumn, Reference, Selection};
pub(crate) use model::{action, is_unique};
