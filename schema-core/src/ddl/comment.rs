use super::printer::Printer;
use crate::ir::{Column, EnumType, QualifiedName, Table};

impl Printer<'_> {
    /// `COMMENT ON` statements for a table and its columns.
    pub fn table_comments(self, table: &Table) -> Vec<String> {
        let name = self.qualified(&table.name);
        let own = table
            .comment
            .iter()
            .map(|text| self.comment("TABLE", &name, text));
        let columns = table.columns.iter();
        let columns = columns.filter_map(|column| self.column_comment(&table.name, column));
        own.chain(columns).collect()
    }

    /// `COMMENT ON COLUMN table.column IS ..`; `None` if the column has no comment.
    pub fn column_comment(self, table: &QualifiedName, column: &Column) -> Option<String> {
        let text = column.comment.as_ref()?;
        let name = format!(
            "{}.{}",
            self.qualified(table),
            self.identifier(&column.name)
        );
        Some(self.comment("COLUMN", &name, text))
    }

    /// `COMMENT ON TYPE sql_enum IS ..`; `None` if the type has no comment.
    pub fn enum_comment(self, sql_enum: &EnumType) -> Option<String> {
        let text = sql_enum.comment.as_ref()?;
        Some(self.comment("TYPE", &self.qualified(&sql_enum.name), text))
    }

    pub(crate) fn comment(self, kind: &str, name: &str, text: &str) -> String {
        format!("COMMENT ON {kind} {name} IS {}", self.text(text))
    }
}
