//! PostgreSQL prints an expression in its own spelling, and prints that text in yet another one. All three have one
//! normal form.

mod expressions;
#[cfg(all(feature = "migrate", feature = "postgres"))]
mod operator_classes;
mod seeds;
