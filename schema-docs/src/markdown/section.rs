use askama::Template;

use super::escape;
use super::filters;
use super::links::Links;
use crate::document::{
    Cascade, ColumnDoc, Document, Fragment, Mark, Relationship, Sentence, TableDoc,
};

/// The section of a table.
#[derive(Template)]
#[template(path = "markdown/table.md")]
pub(super) struct Section<'a> {
    pub(super) document: &'a Document,
    pub(super) table: &'a TableDoc,
    pub(super) links: &'a Links,
    /// The start of the heading: `### 1.`
    pub(super) heading: String,
}

impl Section<'_> {
    fn sentence(&self, sentence: &Sentence) -> String {
        self::sentence(self.links, sentence)
    }

    fn outgoing(&self) -> Vec<&Relationship> {
        self.document.references_of(&self.table.name).collect()
    }

    fn incoming(&self) -> Vec<&Relationship> {
        self.document.references_to(&self.table.name).collect()
    }

    fn marks(&self, column: &ColumnDoc) -> String {
        marks(self.links, column)
    }

    /// The tree of what a delete does, as a nested list.
    fn cascade(&self) -> String {
        let mut lines = Vec::new();
        push_cascade(self.links, &self.table.delete.tree, 0, &mut lines);
        lines.join("\n")
    }
}

fn push_cascade(links: &Links, tree: &[Cascade], depth: usize, list: &mut Vec<String>) {
    for cascade in tree {
        let indent = "  ".repeat(depth);
        let effect = sentence(links, &cascade.effect.sentence());
        let columns = codes(&cascade.columns);
        let repeats = if cascade.repeats { ", as above" } else { "" };
        let slow = if cascade.is_indexed {
            ""
        } else {
            " — **no index**: each delete reads the whole table"
        };
        list.push(format!(
            "{indent}- {} by {columns}: {effect}{repeats}{slow}",
            links.link(&cascade.table)
        ));
        push_cascade(links, &cascade.children, depth + 1, list);
    }
}

/// A sentence as Markdown.
pub(super) fn sentence(links: &Links, sentence: &Sentence) -> String {
    let parts = sentence.parts.iter();
    let parts = parts.map(|part| match part {
        Fragment::Text(text) => escape::text(text),
        Fragment::Code(code) => escape::code(code),
        Fragment::Relation(name) => links.link(name),
    });
    parts.collect()
}

/// What is true of a column's values, in one cell.
pub(super) fn marks(links: &Links, column: &ColumnDoc) -> String {
    let null = if column.is_nullable {
        None
    } else {
        Some("not null".to_owned())
    };
    let is_key = column.marks.contains(&Mark::PrimaryKey);
    let null = null.filter(|_| !is_key);
    let default = column
        .default
        .as_ref()
        .map(|default| format!("default {}", escape::code(default)));
    let marks = column
        .marks
        .iter()
        .map(|mark| sentence(links, &mark.sentence()));
    let labels = (!column.labels.is_empty()).then(|| format!("one of {}", codes(&column.labels)));
    let mut marks: Vec<_> = marks.chain(labels).collect();
    let after_key = usize::from(is_key);
    marks.splice(after_key..after_key, null.into_iter().chain(default));
    marks.join("; ")
}

/// Names as code, separated by commas.
pub(super) fn codes(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| escape::code(name)).collect();
    names.join(", ")
}
