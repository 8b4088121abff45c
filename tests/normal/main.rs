//! PostgreSQL prints each expression in its own spelling, and one that it printed in another again: all three have to be one in normal form.

#![allow(missing_docs)]

mod expressions;
#[cfg(all(feature = "migrate", feature = "postgres"))]
mod operator_classes;
mod seeds;

type TestResult = Result<(), Box<dyn std::error::Error>>;
