//! Diagrams of tables and their references.

mod model;

pub use model::{Diagram, Entity, EntityColumn, Reference, Selection};
