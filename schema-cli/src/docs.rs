//! `schema docs`

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::arguments::Docs;
use crate::failure::Failure;
use crate::output::Output;
use crate::{doc_files, measured, source};
use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::SchemaDef;
use freehold_schema_core::normal;
use freehold_schema_docs::compare::Comparison;
use freehold_schema_docs::document::Document;
use freehold_schema_docs::facts::Facts;
use freehold_schema_docs::{File, Options, change_files, files};
use freehold_schema_migrate::drift::Source;
use freehold_schema_migrate::migrate::Directory;

/// The files of a command, and what its reader must know.
struct Documents {
    files: Vec<File>,
    warnings: Vec<String>,
}

/// Writes the documents, or compares them with those in the directory. The exit status is 3 if one is not up to date.
pub(super) async fn run(
    def: &SchemaDef,
    declared: &Schema,
    arguments: &Docs,
    output: Output,
) -> Result<u8, Failure> {
    let documents = match arguments.diff.as_deref() {
        Some([before, after]) => changes(declared, [before, after], arguments).await?,
        _ => documents(def, declared, arguments).await?,
    };
    let states = doc_files::states(&arguments.out, documents.files, arguments.check)?;
    let value = json!({ "files": doc_files::values(&states), "warnings": documents.warnings });
    output.print(&doc_files::text(&states), &value)?;
    if !output.json {
        warn(&documents.warnings)?;
    }
    let is_stale = states.iter().any(|(_, state)| state.is_stale());
    Ok(if arguments.check && is_stale { 3 } else { 0 })
}

fn warn(warnings: &[String]) -> Result<(), Failure> {
    let mut err = std::io::stderr().lock();
    for warning in warnings {
        writeln!(err, "warning: {warning}")?;
    }
    Ok(())
}

async fn documents(
    def: &SchemaDef,
    declared: &Schema,
    arguments: &Docs,
) -> Result<Documents, Failure> {
    let (source, facts) = match arguments.from.as_str() {
        "structs" => (Source::Declared(declared.clone()), Facts::of(def)),
        from => read(from, declared, &arguments.schemas).await?,
    };
    let schema = source.schema();
    let migrations = migrations(&arguments.directory.path)?;
    let mut document = Document::of(schema, &facts).with_migrations(&migrations);
    if let Some(name) = name_of(&source, &arguments.from) {
        document = document.with_title(name);
    }
    let mut warnings = not_shown(&document);
    if let Some(url) = &arguments.database {
        document = document.with_measured(measured::measured(url).await?);
        warnings.extend(not_measured(&document));
    }
    let mut options = Options::default();
    options.formats.clone_from(&arguments.formats);
    options.split = arguments.split;
    options.max_tables = arguments.max_tables.get();
    options.divided_by = arguments.divide_by;
    let files = files(&document, schema, &facts, &options)?;
    Ok(Documents { files, warnings })
}

/// A source that is not the structs, with what a database has beside its schema.
///
/// Only the structs know owners, finders and the like, and another source may be another version of them.
async fn read(
    word: &str,
    declared: &Schema,
    schemas: &[String],
) -> Result<(Source, Facts), Failure> {
    if word.contains("://") {
        let inspected = source::documented(word, declared, schemas).await?;
        let facts = Facts::of_database(&inspected);
        return Ok((Source::Database(inspected), facts));
    }
    let source = source::source(word, declared, schemas).await?;
    Ok((source, Facts::default()))
}

fn name_of(source: &Source, word: &str) -> Option<String> {
    match source {
        Source::Database(_) => source::database_name(word),
        _ => None,
    }
}

/// What the documents of a database leave out.
fn not_shown(document: &Document) -> Vec<String> {
    let number = document.not_shown.len();
    let not_shown = (number > 0).then(|| {
        format!("the database has {number} objects and properties that are not modelled; the section `Not shown` lists them")
    });
    let not_read = (!document.not_read.is_empty()).then(|| {
        format!(
            "the PostgreSQL schemas `{}` are not in the documents; add `--schema NAME`",
            document.not_read.join("`, `")
        )
    });
    not_shown.into_iter().chain(not_read).collect()
}

/// The tables that the measured database does not have.
fn not_measured(document: &Document) -> Option<String> {
    let tables = document.tables.iter();
    let missing = tables.filter(|table| table.measured.is_none());
    let missing: Vec<_> = missing.map(|table| table.name.as_str()).collect();
    (!missing.is_empty()).then(|| {
        format!(
            "the database of `--database` does not have `{}`; their sizes are left out",
            missing.join("`, `")
        )
    })
}

/// Two schemas side by side, without what only structs know.
///
/// PostgreSQL rewrites what it stores, so a database is compared in the normal form of both sides.
async fn changes(
    declared: &Schema,
    [before, after]: [&String; 2],
    arguments: &Docs,
) -> Result<Documents, Failure> {
    let schemas = &arguments.schemas;
    let old = read(before, declared, schemas).await?;
    let new = read(after, declared, schemas).await?;
    let is_stored = [&old, &new].map(|(side, _)| matches!(side, Source::Database(_)));
    let document = |(side, facts): &(Source, Facts)| {
        if is_stored.contains(&true) {
            Document::of(&normal::schema(side.schema()), facts)
        } else {
            Document::of(side.schema(), facts)
        }
    };
    let comparison = Comparison::of(&document(&old), &document(&new));
    let titles = [before, after].map(|word| source::title(word));
    let titles = [titles[0].as_str(), titles[1].as_str()];
    let files = change_files(&comparison, titles, &arguments.formats)?;
    let warnings = (!comparison.not_read.is_empty()).then(|| {
        format!(
            "the PostgreSQL schemas `{}` are not compared; add `--schema NAME`",
            comparison.not_read.join("`, `")
        )
    });
    Ok(Documents {
        files,
        warnings: warnings.into_iter().collect(),
    })
}

/// The migrations, or none if there is no directory yet.
fn migrations(path: &Path) -> Result<Directory, Failure> {
    if path.is_dir() {
        Ok(Directory::read(path)?)
    } else {
        Ok(Directory::of(std::iter::empty::<(PathBuf, String)>())?)
    }
}
