//! The columns that use a domain.

use crate::plan::dependents::ColumnName;
use freehold_schema_core::ir::{QualifiedName, Schema, SqlType};

pub(in crate::plan) fn is_of(sql_type: &SqlType, name: &QualifiedName) -> bool {
    matches!(sql_type.element(), SqlType::Domain(own) if own == name)
}

pub(in crate::plan) fn columns(schema: &Schema, domain: &QualifiedName) -> Vec<ColumnName> {
    let columns = schema.tables.iter().flat_map(|table| {
        let own = table.columns.iter();
        let own = own.filter(|column| is_of(&column.sql_type, domain));
        own.map(|column| (table.name.clone(), column.name.clone()))
    });
    columns.collect()
}

pub(in crate::plan) fn is_in_array(schema: &Schema, domain: &QualifiedName) -> bool {
    let columns = schema.tables.iter().flat_map(|table| &table.columns);
    let mut types = columns.map(|column| &column.sql_type);
    types.any(|sql_type| matches!(sql_type, SqlType::Array(_)) && is_of(sql_type, domain))
}
