use freehold_schema_core::ddl::{POSTGRES, identifier};

use crate::plan::Table;

/// The table's name in SQL.
pub(crate) fn name(table: &Table) -> String {
    POSTGRES.qualified(&table.name)
}

/// The positions of the columns that rows contain.
pub(crate) fn written(table: &Table) -> Vec<usize> {
    let columns = table.columns.iter().enumerate();
    columns
        .filter(|(_, column)| column.is_written())
        .map(|(at, _)| at)
        .collect()
}

/// The columns' names in SQL, separated by commas.
pub(crate) fn names(table: &Table, columns: &[usize]) -> String {
    let names = columns
        .iter()
        .map(|at| identifier(&table.columns[*at].name));
    names.collect::<Vec<_>>().join(", ")
}

/// The statement that reads rows in the text format.
pub(crate) fn copy(table: &str, columns: &str) -> String {
    format!("COPY {table} ({columns}) FROM STDIN")
}
