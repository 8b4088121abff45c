//! Five schemas, from a to-do list to a shop, each made of plain structs. Start with [`tasks`].
//!
//! Each makes the tables of the SQL file of its name in `tests/fixtures`. An `allow(..)` stands where that SQL has what a
//! rule refuses.

// A doc comment here would be a comment in the database; the structs are read as a schema, and no row is made of them.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::doc_markdown)]

pub mod ecommerce;
pub mod orders;
pub mod patterns;
pub mod storefront;
pub mod tasks;

/// Every schema with its name.
pub static ALL: [(&str, &freehold::SchemaDef); 5] = [
    ("tasks", &tasks::TASKS),
    ("orders", &orders::ORDERS),
    ("patterns", &patterns::PATTERNS),
    ("storefront", &storefront::STOREFRONT),
    ("ecommerce", &ecommerce::ECOMMERCE),
];
