//! What every part of the page reads.

use super::anchor::{Kind, column_id};
use super::links::{Links, element};
use super::words::{self, Link, Tree, Words};
use crate::document::{Cascade, ColumnDoc, Document, Sentence, TableDoc};

/// The document, and where its objects are on the page.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    links: Links,
}

// Templates pass references, and have no functions without `self`.
#[allow(clippy::trivially_copy_pass_by_ref, clippy::unused_self)]
impl<'a> Context<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let links = Links::of(document);
        Self { document, links }
    }

    pub(super) const fn words(&'a self, sentence: &'a Sentence) -> Words<'a> {
        Words { at: self, sentence }
    }

    pub(super) const fn tree(&'a self, tree: &'a [Cascade]) -> Tree<'a> {
        Tree { at: self, tree }
    }

    /// The name of a table or a view.
    pub(super) fn relation<'t>(&self, name: &'t str) -> Link<'t> {
        let href = self.links.relation(name);
        Link { href, text: name }
    }

    /// The name of a column.
    pub(super) fn column<'t>(&self, table: &str, name: &'t str) -> Link<'t> {
        let href = self.links.column(table, name);
        Link { href, text: name }
    }

    /// The name of a function or a procedure.
    pub(super) fn routine<'t>(&self, name: &'t str) -> Link<'t> {
        let href = self.links.routine(name);
        Link { href, text: name }
    }

    /// The name of a type.
    pub(super) fn sql_type<'t>(&self, name: &'t str) -> Link<'t> {
        let href = self.links.sql_type(name);
        Link { href, text: name }
    }

    pub(super) fn table_id(&self, name: &str) -> String {
        Kind::Table.id(name)
    }

    pub(super) fn view_id(&self, name: &str) -> String {
        Kind::View.id(name)
    }

    pub(super) fn column_id(&self, table: &str, name: &str) -> String {
        column_id(table, name)
    }

    pub(super) fn routine_id(&self, signature: &str) -> &str {
        self.links.routine_id(signature)
    }

    pub(super) fn type_id(&self, name: &str) -> String {
        Kind::Type.id(name)
    }

    pub(super) fn sequence_id(&self, name: &str) -> String {
        Kind::Sequence.id(name)
    }

    pub(super) fn role_id(&self, name: &str) -> String {
        Kind::Role.id(name)
    }

    pub(super) fn migration_id(&self, version: &i64) -> String {
        Kind::Migration.id(&version.to_string())
    }

    /// The `id` of an object under its previous name.
    pub(super) fn alias(&self, id: &str) -> Option<&str> {
        self.links.alias(id)
    }

    pub(super) fn href(&self, id: &str) -> String {
        Kind::href(id)
    }

    /// The columns whose type is an enum type, a domain or an array of it.
    pub(super) fn columns_of_type(&self, name: &str) -> Vec<(&'a TableDoc, &'a ColumnDoc)> {
        let tables = self.document.tables.iter();
        let columns =
            tables.flat_map(|table| table.columns.iter().map(move |column| (table, column)));
        columns
            .filter(|(_, column)| element(&column.sql_type) == name)
            .collect()
    }

    /// The tables whose triggers call a function.
    pub(super) fn callers(&self, routine: &str) -> Vec<&'a str> {
        let calls = |table: &&TableDoc| table.triggers.iter().any(|one| one.function == routine);
        let tables = self.document.tables.iter().filter(calls);
        tables.map(|table| table.name.as_str()).collect()
    }

    pub(super) fn number(&self, number: &u64) -> String {
        words::number(*number)
    }

    pub(super) fn count(&self, number: &usize) -> String {
        words::number(u64::try_from(*number).unwrap_or(u64::MAX))
    }

    pub(super) fn bytes(&self, bytes: &u64) -> String {
        words::bytes(*bytes)
    }
}
