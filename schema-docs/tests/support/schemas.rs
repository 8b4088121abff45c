//! The schemas of the examples that read no file of SQL: its path is that of another crate.
#![allow(missing_docs, clippy::doc_markdown)]

#[path = "../../../examples/schemas/ecommerce.rs"]
pub mod ecommerce;
#[path = "../../../examples/schemas/patterns.rs"]
pub mod patterns;
#[path = "../../../examples/schemas/shop.rs"]
pub mod shop;
#[path = "../../../examples/schemas/tasks.rs"]
pub mod tasks;
