use super::column::ColumnLine;
use super::printer::Printer;
use crate::ir::{ForeignKey, Table};

impl Printer<'_> {
    /// `CREATE TABLE`, with the foreign keys that it can contain.
    pub fn create_table(self, table: &Table, foreign_keys: &[&ForeignKey]) -> String {
        let columns: Vec<_> = table
            .columns
            .iter()
            .map(|column| self.column_line(column))
            .collect();
        let mut lines = aligned(&columns);
        lines.extend(table.primary_key.iter().map(|key| self.primary_key(key)));
        lines.extend(table.uniques.iter().map(|unique| self.unique(unique)));
        lines.extend(foreign_keys.iter().map(|key| self.foreign_key(key)));
        lines.extend(table.checks.iter().map(|check| self.check(check)));
        let partition_by = table.partition_by.as_ref().map(|by| self.partition_by(by));
        format!(
            "CREATE TABLE {} (\n    {}\n){}",
            self.qualified(&table.name),
            lines.join(",\n    "),
            partition_by.unwrap_or_default()
        )
    }

    /// `DROP TABLE name`
    pub fn drop_table(self, table: &Table) -> String {
        format!("DROP TABLE {}", self.qualified(&table.name))
    }
}

fn aligned(columns: &[ColumnLine]) -> Vec<String> {
    let name_width = widest(columns.iter().map(|column| &column.name));
    let type_width = widest(columns.iter().map(|column| &column.sql_type));
    let line = |column: &ColumnLine| {
        let ColumnLine {
            name,
            sql_type,
            rest,
        } = column;
        format!("{name:name_width$} {sql_type:type_width$} {rest}")
            .trim_end()
            .to_owned()
    };
    columns.iter().map(line).collect()
}

fn widest<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}
