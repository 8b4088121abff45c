//! Plans on a real PostgreSQL: from any schema to any other, and back.

mod between_databases;
mod calls;
mod casts;
mod edge_cases;
mod evolution;
mod generator;
mod hand_written;
mod internal;
mod kept_values;
mod labels;
mod pairs;
mod random;
mod releases;
mod rows;
mod running_code;
mod runtime_partitions;
#[path = "../../examples/schemas/mod.rs"]
mod schemas;
mod seeds;
mod server;
