use super::printer::Printer;
use crate::ir::{EnumType, Table};

impl Printer<'_> {
    /// The comments of a table and its columns.
    pub(crate) fn table_comments(self, table: &Table) -> Vec<String> {
        let name = self.qualified(&table.name);
        let own = table
            .comment
            .iter()
            .map(|text| self.comment("TABLE", &name, text));
        let columns = table.columns.iter().filter_map(|column| {
            let column_name = format!("{name}.{}", self.identifier(&column.name));
            let text = column.comment.as_ref()?;
            Some(self.comment("COLUMN", &column_name, text))
        });
        own.chain(columns).collect()
    }

    pub(crate) fn enum_comment(self, sql_enum: &EnumType) -> Option<String> {
        let text = sql_enum.comment.as_ref()?;
        Some(self.comment("TYPE", &self.qualified(&sql_enum.name), text))
    }

    pub(crate) fn comment(self, kind: &str, name: &str, text: &str) -> String {
        format!("COMMENT ON {kind} {name} IS {}", self.text(text))
    }
}
