//! Extensions, and the objects that use them.

use freehold::model::ExtensionDef;

use super::Spec;
use super::columns::Kind;
use super::indexes::{First, IndexKind, IndexSpec};
use super::search::is_text;
use crate::random::Random;

const EXTENSIONS: &[&str] = &["citext", "unaccent", "pg_trgm"];

impl Spec {
    /// Adds, removes or moves an extension. Objects that use another one must still find it.
    pub(super) fn change_extensions(&mut self, random: &mut Random) {
        let name = *random.pick(EXTENSIONS);
        let before = self.extensions.iter().position(|(other, _)| *other == name);
        let before = before.map(|position| self.extensions.remove(position));
        if before.is_none() || name == "unaccent" && random.one_in(2) {
            let schema = (name == "unaccent" && random.one_in(2)).then_some("app");
            self.extensions.push((name, schema));
        }
    }

    pub(super) fn add_trigram_index(&mut self, random: &mut Random) {
        let name = self.name("trgm");
        self.with_table(random, move |table, _| {
            if let Some(column) = table.columns.iter().find(|column| is_text(column)) {
                table.indexes.push(IndexSpec {
                    name: name.clone(),
                    columns: vec![(column.name.clone(), false)],
                    unique: false,
                    partial: false,
                    kind: IndexKind::Trigrams,
                    first: First::Column,
                    hand: None,
                });
            }
        });
    }

    /// The extensions of the description, and those that an object needs.
    pub(super) fn extension_defs(&self) -> &'static [ExtensionDef] {
        let columns = self.tables.iter().flat_map(|table| &table.columns);
        let mut kinds = columns.map(|column| &column.kind);
        let has_hstore = kinds.any(|kind| matches!(kind, Kind::Sql("hstore", _)));
        let mut indexes = self.tables.iter().flat_map(|table| &table.indexes);
        let has_trigram = indexes.any(|index| index.kind == IndexKind::Trigrams);
        let mut names = self.extensions.clone();
        names.extend(has_hstore.then_some(("hstore", None)));
        names.extend(has_trigram.then_some(("pg_trgm", None)));
        names.sort_unstable();
        names.dedup();
        let def = |(name, schema)| ExtensionDef {
            schema,
            ..ExtensionDef::new(name)
        };
        names.into_iter().map(def).collect::<Vec<_>>().leak()
    }
}
