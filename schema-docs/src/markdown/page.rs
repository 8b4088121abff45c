use askama::Template;

use super::diagram::MermaidDiagram;
use super::escape;
use super::filters;
use super::links::Links;
use super::section;
use crate::document::{ColumnDoc, Document, RoutineDoc, Sentence, TableDoc};

/// The page of a whole schema.
#[derive(Template)]
#[template(path = "markdown/schema.md")]
pub(super) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) diagrams: &'a [MermaidDiagram],
    pub(super) links: &'a Links,
    /// The sections of the tables; empty if they are in files.
    pub(super) sections: &'a [String],
}

impl Page<'_> {
    fn sentence(&self, sentence: &Sentence) -> String {
        section::sentence(self.links, sentence)
    }

    fn sentences(&self, sentences: &[Sentence]) -> String {
        let sentences: Vec<_> = sentences.iter().map(|one| self.sentence(one)).collect();
        sentences.join("; ")
    }

    fn mermaid(diagram: &MermaidDiagram) -> String {
        escape::block("mermaid", &diagram.text)
    }

    /// The columns that hold one of a few values, each with its table.
    fn with_labels(&self) -> Vec<(&TableDoc, &ColumnDoc)> {
        let tables = self.document.tables.iter();
        let columns =
            tables.flat_map(|table| table.columns.iter().map(move |column| (table, column)));
        columns
            .filter(|(_, column)| !column.labels.is_empty())
            .collect()
    }

    fn with_triggers(&self) -> Vec<&TableDoc> {
        let tables = self.document.tables.iter();
        tables.filter(|table| !table.triggers.is_empty()).collect()
    }

    fn with_volume(&self) -> Vec<&TableDoc> {
        let tables = self.document.tables.iter();
        tables.filter(|table| table.volume.is_some()).collect()
    }

    /// Functions before procedures; those of triggers are in the list of triggers, too.
    fn routines(&self) -> &[RoutineDoc] {
        &self.document.routines
    }
}
