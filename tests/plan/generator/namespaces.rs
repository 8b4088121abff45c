//! The second PostgreSQL schema, which contains some of the objects.

use freehold::model::TableName;

use super::tables::TableSpec;
use super::words::{quoted, text};
use crate::random::Random;

/// The PostgreSQL schema of an object: usually the default one.
pub(super) fn any(random: &mut Random) -> Option<&'static str> {
    random.one_in(10).then_some("app")
}

/// The name of a table or a view. Another one may have the same name in the other schema.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Relation {
    pub(super) schema: Option<&'static str>,
    pub(super) name: String,
}

impl Relation {
    pub(super) fn table_name(&self) -> TableName {
        TableName::new(self.schema, text(&self.name))
    }

    /// The name in a query.
    pub(super) fn in_query(&self) -> String {
        qualified(self.schema, &self.name)
    }
}

/// A name that an object has in one of the schemas and no object has in the other one, and that other schema.
pub(super) fn shared(
    all: &[(Option<&'static str>, &String)],
    random: &mut Random,
) -> Option<(Option<&'static str>, String)> {
    let (schema, name) = all.get(random.below(all.len()))?;
    let other = if schema.is_none() { Some("app") } else { None };
    let is_free = !all.contains(&(other, name));
    is_free.then(|| (other, (*name).clone()))
}

pub(super) fn qualified(schema: Option<&str>, name: &str) -> String {
    let schema = schema.map(|schema| format!("{schema}."));
    schema.unwrap_or_default() + &quoted(name)
}

impl TableSpec {
    pub(super) fn relation(&self) -> Relation {
        Relation {
            schema: self.schema,
            name: self.name.clone(),
        }
    }

    /// The name in a query.
    pub(crate) fn in_query(&self) -> String {
        qualified(self.schema, &self.name)
    }
}
