//! Plans on a real PostgreSQL: from any schema to any other, and back.

mod evolution;
mod generator;
mod pairs;
mod random;
mod rows;
#[path = "../../examples/schemas/mod.rs"]
mod schemas;
mod seeds;
mod seldom;
mod server;
