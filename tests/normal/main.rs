//! PostgreSQL prints each expression in its own spelling, and one that it printed in another again: all three have to be one in normal form.

#![allow(missing_docs)]

mod expressions;
mod seeds;

type TestResult = Result<(), Box<dyn std::error::Error>>;
