//! Plans on a real PostgreSQL: from any schema to any other, and back.

mod generator;
mod pairs;
mod random;
mod rows;
mod server;
