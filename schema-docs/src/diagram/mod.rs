//! Diagrams of tables and their references.

mod dbml;
mod dot;
mod mermaid;
mod model;
mod names;

pub use dbml::{DbmlOptions, dbml};
pub use dot::dot;
pub use mermaid::{MAX_MERMAID_TEXT, TooLarge, mermaid};
pub use model::{Diagram, Entity, EntityColumn, Reference, Selection};
