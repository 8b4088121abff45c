use freehold_schema_core::ddl::{Dialect, Postgres};

/// The database that migrations are planned and written for.
pub const DIALECT: &dyn Dialect = &Postgres;
