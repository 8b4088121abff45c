//! The second PostgreSQL schema that some of the objects stand in.

use freehold::model::TableName;

use super::Spec;
use super::tables::TableSpec;
use super::words::{quoted, text};
use crate::random::Random;

/// Where an object stands: most often where nothing has to be said.
pub(super) fn any(random: &mut Random) -> Option<&'static str> {
    random.one_in(10).then_some("app")
}

pub(super) fn qualified(schema: Option<&str>, name: &str) -> String {
    let schema = schema.map(|schema| format!("{schema}."));
    schema.unwrap_or_default() + &quoted(name)
}

impl TableSpec {
    pub(super) fn qualified(&self) -> TableName {
        TableName::new(self.schema, text(&self.name))
    }

    /// The name as a query has it.
    pub(crate) fn in_query(&self) -> String {
        qualified(self.schema, &self.name)
    }
}

impl Spec {
    pub(super) fn table_name(&self, name: &str) -> TableName {
        let table = self.tables.iter().find(|table| table.name == name);
        table.map_or(TableName::new(None, text(name)), TableSpec::qualified)
    }
}
