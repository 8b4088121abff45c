//! The shop of `examples/schemas`, attacked on a PostgreSQL server: user `A` tries each way to a row of user `B`.
//!
//! Each test has its control: the same attack after the one defence is taken away, which then has to get through. Without it a test
//! would pass where nothing is defended because nothing was attacked.
//!
//! The attacker here is a mistake of the application: any statement, run for `A`. Whoever can run SQL of their own choice can
//! also say that they are `B`, and is not held by this.

#![allow(missing_docs, dead_code, unreachable_pub)] // The structs of the schema; nobody reads their fields.

#[path = "../../examples/schemas/shop.rs"]
mod schema;

mod audit;
#[cfg(feature = "postgres")]
mod computed;
mod keys;
mod noninterference;
#[cfg(feature = "postgres")]
mod over_sqlx;
#[cfg(feature = "postgres")]
mod own_sql;
mod partitions;
mod policies;
mod reads;
mod roles;
mod session;
mod shop;
mod views;
mod writes;

use std::error::Error;

type TestResult = Result<(), Box<dyn Error>>;
