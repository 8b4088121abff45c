//! A document as Markdown, for a repository.

mod changes;
mod diagram;
mod escape;
mod filters;
mod links;
mod page;
mod section;

use askama::Template as _;

use self::changes::Changes;
pub use self::diagram::MermaidDiagram;
use self::links::{Links, Place};
use self::page::Page;
use self::section::Section;
use crate::compare::Comparison;
use crate::document::Document;
use crate::file::File;
use crate::visible::visible;

/// The document as one page, `SCHEMA.md`.
///
/// # Errors
///
/// Returns an error if a template cannot be rendered; no document is known for which that happens.
pub fn markdown(document: &Document, diagrams: &[MermaidDiagram]) -> Result<File, askama::Error> {
    let links = Links::of(document, Place::Whole);
    let sections = document.tables.iter().enumerate();
    let sections = sections.map(|(index, table)| {
        let section = Section {
            document,
            table,
            links: &links,
            heading: format!("### {}.", index + 1),
        };
        section.render()
    });
    let sections = sections.collect::<Result<Vec<_>, _>>()?;
    page(document, diagrams, &links, &sections)
}

/// The document as `SCHEMA.md` and one file for each table.
///
/// # Errors
///
/// Returns the errors of [`markdown`].
pub fn markdown_split(
    document: &Document,
    diagrams: &[MermaidDiagram],
) -> Result<Vec<File>, askama::Error> {
    let links = Links::of(document, Place::Table);
    let tables = document.tables.iter().map(|table| {
        let section = Section {
            document,
            table,
            links: &links,
            heading: "#".to_owned(),
        };
        Ok(File {
            path: format!("tables/{}.md", links.slug(&table.name)),
            contents: tidy(&section.render()?),
        })
    });
    let index = page(document, diagrams, &Links::of(document, Place::Index), &[])?;
    std::iter::once(Ok(index)).chain(tables).collect()
}

/// Two schemas side by side, as `CHANGES.md`. `before` and `after` name them.
///
/// # Errors
///
/// Returns the errors of [`markdown`].
pub fn changes(comparison: &Comparison, before: &str, after: &str) -> Result<File, askama::Error> {
    let page = Changes {
        comparison,
        before,
        after,
    };
    Ok(File {
        path: "CHANGES.md".to_owned(),
        contents: visible(tidy(&page.render()?)),
    })
}

fn page(
    document: &Document,
    diagrams: &[MermaidDiagram],
    links: &Links,
    sections: &[String],
) -> Result<File, askama::Error> {
    let page = Page {
        document,
        diagrams,
        links,
        sections,
    };
    Ok(File {
        path: "SCHEMA.md".to_owned(),
        contents: tidy(&page.render()?),
    })
}

/// The text without spaces at line ends, with at most one empty line in a row and a newline at the end. The lines of
/// code blocks are kept.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let marks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if line == open => fence = None,
            None if marks >= 3 => fence = Some(&line[..marks]),
            _ => {}
        }
        let line = if fence.is_some() {
            line
        } else {
            line.trim_end()
        };
        let repeats = lines.last().is_none_or(|last| last.is_empty());
        if !line.is_empty() || fence.is_some() || !repeats {
            lines.push(line);
        }
    }
    let mut text = lines.join("\n").trim_end().to_owned();
    text.push('\n');
    text
}
