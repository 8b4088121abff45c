use super::printer::Printer;
use crate::ir::{EnumType, Extension};

impl Printer<'_> {
    /// `CREATE SCHEMA name`; it belongs to `owner`, or to the role that runs the statement.
    pub fn create_schema(self, name: &str, owner: Option<&str>) -> String {
        let owner = owner.map(|owner| format!(" AUTHORIZATION {}", self.identifier(owner)));
        format!(
            "CREATE SCHEMA {}{}",
            self.identifier(name),
            owner.unwrap_or_default()
        )
    }

    /// `DROP SCHEMA name`
    pub fn drop_schema(self, name: &str) -> String {
        format!("DROP SCHEMA {}", self.identifier(name))
    }

    /// `CREATE EXTENSION IF NOT EXISTS name`: another schema may already have created it.
    pub fn create_extension(self, extension: &Extension) -> String {
        let schema = extension
            .schema
            .as_ref()
            .map(|schema| format!(" SCHEMA {}", self.identifier(schema)));
        format!(
            "CREATE EXTENSION IF NOT EXISTS {}{}",
            self.identifier(&extension.name),
            schema.unwrap_or_default()
        )
    }

    /// `DROP EXTENSION name`
    pub fn drop_extension(self, extension: &Extension) -> String {
        format!("DROP EXTENSION {}", self.identifier(&extension.name))
    }

    /// `CREATE TYPE name AS ENUM (..)`
    pub fn create_enum(self, sql_enum: &EnumType) -> String {
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

    /// `DROP TYPE name`
    pub fn drop_enum(self, sql_enum: &EnumType) -> String {
        format!("DROP TYPE {}", self.qualified(&sql_enum.name))
    }
}
