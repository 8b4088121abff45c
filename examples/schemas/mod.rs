//! Six schemas, each made of plain structs. Start with [`tasks`]; [`shop`] shows what holds one user's rows apart from another's.
//!
//! Five make what the SQL file of their name in `tests/fixtures` makes. An `allow(..)` stands where that SQL has what a rule
//! refuses. The sixth, [`shop`], mirrors no SQL.

// A doc comment here would be a comment in the database; the structs are read as a schema, and no row is made of them.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::doc_markdown)]

pub mod ecommerce;
pub mod orders;
pub mod patterns;
pub mod shop;
pub mod storefront;
pub mod tasks;

/// Every schema with its name.
pub static ALL: [(&str, &freehold::SchemaDef); 6] = [
    ("tasks", &tasks::TASKS),
    ("orders", &orders::ORDERS),
    ("patterns", &patterns::PATTERNS),
    ("storefront", &storefront::STOREFRONT),
    ("ecommerce", &ecommerce::ECOMMERCE),
    ("shop", &shop::SHOP),
];
