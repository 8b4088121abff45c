//! The parts of a schema as PostgreSQL writes them.

use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ddl::{Postgres, Types as _};
use freehold_schema_core::ir::{Expr, Index, SqlType};

/// The printer of all documents.
pub(crate) fn printer() -> Printer<'static> {
    Printer::new(&Postgres)
}

/// The name of a type: `numeric(10,2)`.
pub(crate) fn type_name(sql_type: &SqlType) -> String {
    Postgres.type_name(sql_type).into_owned()
}

/// An expression.
pub(crate) fn expression(expr: &Expr) -> String {
    printer().expr(expr)
}

/// The name of an auto-incrementing type: `bigserial`.
pub(crate) fn serial_name(sql_type: &SqlType) -> String {
    Postgres.serial_name(sql_type).into_owned()
}

/// The columns and expressions of an index, with their order, collation and operator class.
pub(crate) fn index_parts(index: &Index) -> Vec<String> {
    index
        .parts
        .iter()
        .map(|part| printer().index_part(part))
        .collect()
}
