use super::printer::Printer;
use crate::ir::EnumType;

impl Printer<'_> {
    pub(super) fn create_schema(self, name: &str) -> String {
        format!("CREATE SCHEMA {}", self.identifier(name))
    }

    pub(super) fn drop_schema(self, name: &str) -> String {
        format!("DROP SCHEMA {}", self.identifier(name))
    }

    /// An extension may be there already, for another schema's sake.
    pub(super) fn create_extension(self, name: &str) -> String {
        format!("CREATE EXTENSION IF NOT EXISTS {}", self.identifier(name))
    }

    pub(super) fn drop_extension(self, name: &str) -> String {
        format!("DROP EXTENSION {}", self.identifier(name))
    }

    pub(super) fn create_enum(self, sql_enum: &EnumType) -> String {
        let labels: Vec<_> = sql_enum
            .labels
            .iter()
            .map(|label| self.text(label))
            .collect();
        format!(
            "CREATE TYPE {} AS ENUM ({})",
            self.qualified(&sql_enum.name),
            labels.join(", ")
        )
    }

    pub(super) fn drop_enum(self, sql_enum: &EnumType) -> String {
        format!("DROP TYPE {}", self.qualified(&sql_enum.name))
    }
}
