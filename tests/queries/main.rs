//! Typed queries over the shop of `examples/schemas`, on a PostgreSQL server, in both modes of isolation: by the
//! predicates of the statements only, and also by row-level security.

#![cfg(feature = "postgres")]
#![allow(missing_docs, dead_code, unreachable_pub)] // The structs of the schema; no code reads all their fields.

#[path = "../../examples/schemas/shop.rs"]
mod schema;

mod arrays;
mod attacks;
mod backstage;
mod cancellation;
mod changed_schema;
mod deliveries;
mod edges;
mod errors;
mod failures;
mod fetching;
mod finders;
mod internal;
mod letters;
mod loading;
mod log;
mod many;
mod names;
mod orders;
mod outer;
mod pages;
mod pooler;
mod proxy;
mod refusals;
mod restart;
mod retries;
mod round_trips;
mod rules;
mod several_columns;
mod shop;
mod start;
mod statements;
mod studio;
mod subqueries;
mod transactions;
mod values;
mod verbs;

use std::error::Error;

type TestResult = Result<(), Box<dyn Error>>;
