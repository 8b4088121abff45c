//! The examples whose functions need no files.

#![allow(dead_code, missing_docs, unreachable_pub, clippy::doc_markdown)]

#[path = "../../../examples/schemas/ecommerce.rs"]
pub mod ecommerce;
#[path = "../../../examples/schemas/patterns.rs"]
pub mod patterns;
#[path = "../../../examples/schemas/shop.rs"]
pub mod shop;
#[path = "../../../examples/schemas/tasks.rs"]
pub mod tasks;

pub static ALL: [(&str, &freehold::SchemaDef); 4] = [
    ("tasks", &tasks::TASKS),
    ("patterns", &patterns::PATTERNS),
    ("ecommerce", &ecommerce::ECOMMERCE),
    ("shop", &shop::SHOP),
];
