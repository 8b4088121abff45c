//! The shop of `examples/schemas`, attacked on a PostgreSQL server: user `A` tries each way to a row of user `B`.
//!
//! Each test has a control: the same attack after the one defence is removed, which must then succeed. Without a
//! control, a test could pass because the attack does not work, and not because of the defence.
//!
//! The attacker here is a mistake of the application: any statement, run for `A`. An attacker who can run any SQL can
//! also set the user to `B`; these defences do not stop that.

#![allow(missing_docs, dead_code, unreachable_pub)] // The structs of the schema; no code reads their fields.

#[path = "../../examples/schemas/shop.rs"]
mod schema;

mod audit;
#[cfg(feature = "postgres")]
mod computed;
mod dump;
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
