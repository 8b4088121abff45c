//! Where the objects of a document are on the page.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::{Kind, column_id};
use crate::document::{Document, RoutineDoc, TableDoc};

/// The `id`s of a page, and the links to them.
#[derive(Debug, Default)]
pub(super) struct Links {
    ids: BTreeSet<String>,
    /// The `id` of each function and procedure, by its signature.
    routines: BTreeMap<String, String>,
    /// The previous names that no object has now.
    aliases: BTreeMap<String, String>,
}

impl Links {
    pub(super) fn of(document: &Document) -> Self {
        let mut links = Self::default();
        links.add_relations(document);
        links.add_others(document);
        for routine in &document.routines {
            links.add_routine(routine);
        }
        for table in &document.tables {
            links.add_aliases(table);
        }
        links
    }

    fn add_relations(&mut self, document: &Document) {
        for table in &document.tables {
            self.ids.insert(Kind::Table.id(&table.name));
            let columns = table.columns.iter();
            self.ids
                .extend(columns.map(|column| column_id(&table.name, &column.name)));
        }
        for view in &document.views {
            self.ids.insert(Kind::View.id(&view.name));
            let columns = view.columns.iter();
            self.ids
                .extend(columns.map(|column| column_id(&view.name, &column.name)));
        }
    }

    fn add_others(&mut self, document: &Document) {
        let enums = document.enums.iter().map(|one| &one.name);
        let types = enums.chain(document.domains.iter().map(|one| &one.name));
        self.ids.extend(types.map(|name| Kind::Type.id(name)));
    }

    /// The first routine of a name has the name as its `id`; others have their signatures.
    fn add_routine(&mut self, routine: &RoutineDoc) {
        let mut id = Kind::Routine.id(&routine.name);
        if !self.ids.insert(id.clone()) {
            id = Kind::Routine.id(&routine.signature);
            self.ids.insert(id.clone());
        }
        self.routines.insert(routine.signature.clone(), id);
    }

    fn add_aliases(&mut self, table: &TableDoc) {
        let id = Kind::Table.id(&table.name);
        if let Some(old) = &table.renamed_from {
            self.add_alias(id, Kind::Table.id(old));
        }
        for column in &table.columns {
            if let Some(old) = &column.renamed_from {
                let id = column_id(&table.name, &column.name);
                self.add_alias(id, column_id(&table.name, old));
            }
        }
    }

    fn add_alias(&mut self, id: String, old: String) {
        if self.ids.insert(old.clone()) {
            self.aliases.insert(id, old);
        }
    }

    /// The `id` that an object had under its previous name, if no other object has it.
    pub(super) fn alias(&self, id: &str) -> Option<&str> {
        self.aliases.get(id).map(String::as_str)
    }

    /// The `id` of a function or procedure.
    pub(super) fn routine_id(&self, signature: &str) -> &str {
        self.routines.get(signature).map_or("", String::as_str)
    }

    /// The link to a table or a view.
    pub(super) fn relation(&self, name: &str) -> Option<String> {
        self.link(&Kind::Table.id(name))
            .or_else(|| self.link(&Kind::View.id(name)))
    }

    /// The link to a column of a table or a view.
    pub(super) fn column(&self, table: &str, column: &str) -> Option<String> {
        self.link(&column_id(table, column))
    }

    /// The link to the first function or procedure of a name.
    pub(super) fn routine(&self, name: &str) -> Option<String> {
        self.link(&Kind::Routine.id(name))
    }

    /// The link to an enum type or a domain, also from the type of its arrays.
    pub(super) fn sql_type(&self, name: &str) -> Option<String> {
        self.link(&Kind::Type.id(element(name)))
    }

    fn link(&self, id: &str) -> Option<String> {
        self.ids.contains(id).then(|| Kind::href(id))
    }
}

/// The type of an array's elements: `mood` of `mood[]`.
pub(super) fn element(sql_type: &str) -> &str {
    sql_type.trim_end_matches("[]")
}
