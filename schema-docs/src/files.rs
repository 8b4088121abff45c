//! The files of a document, in the formats that are asked for.

use std::collections::BTreeMap;

use freehold_schema_core::ir::{QualifiedName, Schema};

use crate::compare::Comparison;
use crate::diagram::{self, DEFAULT_GROUP_LIMIT, DbmlOptions, Diagram, Selection, TableGroup};
use crate::document::{self, Document};
use crate::facts::Facts;
use crate::file::File;
use crate::markdown::{self, MermaidDiagram};
use crate::svg::{self, SvgOptions};
use crate::visible::visible;
use crate::{Error, html};

/// A format of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// `SCHEMA.md`, with diagrams in Mermaid.
    Markdown,
    /// `schema.html`, one page without other files.
    Html,
    /// `diagram.svg`, the whole diagram.
    Svg,
    /// `diagram.mmd` for Mermaid, or one file for each group of tables.
    Mermaid,
    /// `diagram.dot` for Graphviz.
    Dot,
    /// `schema.dbml` for dbdiagram.io and others.
    Dbml,
}

impl Format {
    /// All formats, each with its name on the command line.
    const NAMES: [(Self, &'static str); 6] = [
        (Self::Markdown, "markdown"),
        (Self::Html, "html"),
        (Self::Svg, "svg"),
        (Self::Mermaid, "mermaid"),
        (Self::Dot, "dot"),
        (Self::Dbml, "dbml"),
    ];

    /// All formats, each with its name on the command line.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        Self::NAMES.into_iter()
    }

    /// The format of a name on the command line.
    pub fn by_name(name: &str) -> Option<Self> {
        let mut formats = Self::all();
        let (format, _) = formats.find(|(_, word)| *word == name)?;
        Some(format)
    }
}

/// Which tables share a diagram of Mermaid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Division {
    /// Those of one PostgreSQL schema.
    #[default]
    Namespace,
    /// Those whose structs are in one Rust module.
    Module,
    /// Those whose rows have the same kind of owner.
    Owner,
}

impl Division {
    /// All divisions, each with its name on the command line.
    const NAMES: [(Self, &'static str); 3] = [
        (Self::Namespace, "schema"),
        (Self::Module, "module"),
        (Self::Owner, "owner"),
    ];

    /// All divisions, each with its name on the command line.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        Self::NAMES.into_iter()
    }

    /// The division of a name on the command line.
    pub fn by_name(name: &str) -> Option<Self> {
        let mut divisions = Self::all();
        let (division, _) = divisions.find(|(_, word)| *word == name)?;
        Some(division)
    }
}

/// Which files a document has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The formats.
    pub formats: Vec<Format>,
    /// Whether Markdown has a file for each table.
    pub split: bool,
    /// How many tables a diagram of Mermaid has at most.
    pub max_tables: usize,
    /// Which tables share a diagram of Mermaid.
    pub divided_by: Division,
}

impl Default for Options {
    /// Markdown in one file, and the page.
    fn default() -> Self {
        Self {
            formats: vec![Format::Markdown, Format::Html],
            split: false,
            max_tables: DEFAULT_GROUP_LIMIT,
            divided_by: Division::default(),
        }
    }
}

/// How many tables a picture draws with all columns. A larger one draws only the columns of keys.
const WITH_ALL_COLUMNS: usize = 15;

/// The files of a document, in the order of their paths. The same schema always has the same files.
///
/// ```
/// use freehold_schema_core::SchemaDef;
/// use freehold_schema_docs::document::Document;
/// use freehold_schema_docs::facts::Facts;
/// use freehold_schema_docs::{Options, files};
///
/// static EMPTY: SchemaDef = SchemaDef::new("EMPTY", &[]);
/// let (schema, facts) = (EMPTY.schema()?, Facts::of(&EMPTY));
/// let document = Document::of(&schema, &facts);
/// let files = files(&document, &schema, &facts, &Options::default())?;
/// assert_eq!(files[0].path, "SCHEMA.md");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Returns an error if a table has so many columns that Mermaid does not draw it.
pub fn files(
    document: &Document,
    schema: &Schema,
    facts: &Facts,
    options: &Options,
) -> Result<Vec<File>, Error> {
    let usable = facts.inspected.usable(schema);
    let mut files = Vec::new();
    for format in &options.formats {
        files.extend(of_format(document, &usable, facts, options, *format)?);
    }
    for file in &mut files {
        file.contents = visible(std::mem::take(&mut file.contents));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup();
    Ok(files)
}

fn of_format(
    document: &Document,
    schema: &Schema,
    facts: &Facts,
    options: &Options,
    format: Format,
) -> Result<Vec<File>, Error> {
    let owner = facts.owner();
    match format {
        Format::Markdown => {
            let diagrams = mermaid(document, schema, owner, options)?;
            if options.split {
                Ok(markdown::markdown_split(document, &diagrams)?)
            } else {
                Ok(vec![markdown::markdown(document, &diagrams)?])
            }
        }
        Format::Html => {
            let picture = svg::svg(&whole(schema, owner), &SvgOptions::embedded());
            let page = html::html(document, &picture)?;
            Ok(vec![file("schema.html", page)])
        }
        Format::Svg => {
            let options = SvgOptions {
                title: format!("{}: tables and references", document.title),
                ..SvgOptions::default()
            };
            let picture = svg::svg(&whole(schema, owner), &options);
            Ok(vec![file("diagram.svg", picture)])
        }
        Format::Mermaid => Ok(mermaid_files(mermaid(document, schema, owner, options)?)),
        Format::Dot => {
            let picture = diagram::dot(&whole(schema, owner));
            Ok(vec![file("diagram.dot", picture)])
        }
        Format::Dbml => {
            let options = DbmlOptions {
                name: Some(document.title.clone()),
                ..DbmlOptions::default()
            };
            Ok(vec![file("schema.dbml", diagram::dbml(schema, &options))])
        }
    }
}

/// The files of two schemas side by side, `CHANGES.md` and `changes.html`. `before` and `after` name the schemas.
///
/// Only Markdown and HTML show two schemas; other formats are left out.
///
/// # Errors
///
/// Returns an error if a template cannot be rendered; no comparison is known for which that happens.
pub fn change_files(
    comparison: &Comparison,
    [before, after]: [&str; 2],
    formats: &[Format],
) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    if formats.contains(&Format::Markdown) {
        files.push(markdown::changes(comparison, before, after)?);
    }
    if formats.contains(&Format::Html) {
        let page = html::changes(comparison, before, after)?;
        files.push(file("changes.html", visible(page)));
    }
    Ok(files)
}

fn file(path: &str, contents: String) -> File {
    File {
        path: path.to_owned(),
        contents,
    }
}

/// The diagram of all tables. References to the owner are left out, because nearly every table has one.
fn whole(schema: &Schema, owner: Option<&QualifiedName>) -> Diagram {
    let selection = Selection {
        tables: None,
        keys_only: schema.tables.len() > WITH_ALL_COLUMNS,
        owner: owner.cloned(),
    };
    Diagram::of(schema, &selection)
}

/// A diagram for each group of tables.
fn mermaid(
    document: &Document,
    schema: &Schema,
    owner: Option<&QualifiedName>,
    options: &Options,
) -> Result<Vec<MermaidDiagram>, Error> {
    let groups = groups(document, schema, owner, options);
    let one_group = groups.len() == 1;
    let diagrams = groups.into_iter().map(|group| {
        let selection = Selection {
            tables: Some(group.tables),
            keys_only: false,
            // One diagram of all tables has room for the references to the owner.
            owner: owner.cloned().filter(|_| !one_group),
        };
        Ok(MermaidDiagram {
            title: if one_group {
                "All tables".to_owned()
            } else {
                group.title
            },
            text: diagram::mermaid(&Diagram::of(schema, &selection))?,
        })
    });
    diagrams.collect()
}

fn groups(
    document: &Document,
    schema: &Schema,
    owner: Option<&QualifiedName>,
    options: &Options,
) -> Vec<TableGroup> {
    let limit = options.max_tables;
    let divisions = match options.divided_by {
        Division::Namespace => return diagram::groups(schema, owner, limit),
        Division::Module => modules(document),
        Division::Owner => owners(document),
    };
    diagram::groups_by(schema, owner, limit, |table| {
        let division = divisions.get(table.to_string().as_str());
        division.cloned().unwrap_or_else(|| OTHER.to_owned())
    })
}

/// The division of tables of which nothing is known.
const OTHER: &str = "other";

fn modules(document: &Document) -> BTreeMap<&str, String> {
    let modules = document::by_module(document).into_iter();
    let tables = modules.flat_map(|module| {
        let name = module.name.unwrap_or_else(|| OTHER.to_owned());
        let tables = module.tables.into_iter();
        tables.map(move |table| (table.name.as_str(), name.clone()))
    });
    tables.collect()
}

fn owners(document: &Document) -> BTreeMap<&str, String> {
    let tables = document.tables.iter();
    let owned = tables.filter_map(|table| {
        let ownership = table.ownership.as_ref()?;
        Some((table.name.as_str(), ownership.word.to_owned()))
    });
    owned.collect()
}

fn mermaid_files(diagrams: Vec<MermaidDiagram>) -> Vec<File> {
    let is_one = diagrams.len() == 1;
    let diagrams = diagrams.into_iter().enumerate();
    let files = diagrams.map(|(index, diagram)| {
        let path = if is_one {
            "diagram.mmd".to_owned()
        } else {
            format!("diagram-{}.mmd", index + 1)
        };
        file(&path, diagram.text)
    });
    files.collect()
}
