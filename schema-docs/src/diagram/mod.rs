//! Diagrams of tables and their references.

mod model;

pub use model::{Diagram, Entity, EntityColumn, Reference, Selection};
pub(crate) use model::{action, is_unique};
