//! Six schemas made of plain structs. Start with [`tasks`]. [`shop`] shows how PostgreSQL keeps the rows of users
//! apart.
//!
//! [`shop`] is designed for Freehold. Each of the other five reproduces the SQL file of its name in `tests/fixtures`,
//! so it has an `allow(..)` wherever that SQL breaks a rule.

// Doc comments here would become comments in the database. The structs only describe a schema; no code creates rows
// of them.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::doc_markdown)]

pub mod ecommerce;
pub mod orders;
pub mod patterns;
pub mod shop;
pub mod storefront;
pub mod tasks;

/// Every schema, with its name.
pub static ALL: [(&str, &freehold::SchemaDef); 6] = [
    ("tasks", &tasks::TASKS),
    ("orders", &orders::ORDERS),
    ("patterns", &patterns::PATTERNS),
    ("storefront", &storefront::STOREFRONT),
    ("ecommerce", &ecommerce::ECOMMERCE),
    ("shop", &shop::SHOP),
];
