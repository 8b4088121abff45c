//! PostgreSQL prints an expression in its own spelling, and prints that text in yet another one. All three have one
//! normal form.

#![allow(missing_docs)]

mod expressions;
#[cfg(all(feature = "migrate", feature = "postgres"))]
mod operator_classes;
mod seeds;

type TestResult = Result<(), Box<dyn std::error::Error>>;
