use std::collections::{BTreeMap, BTreeSet};

use super::escape;
use crate::document::Document;

/// Where the section of each table and view is.
#[derive(Debug, Default)]
pub(super) struct Links {
    slugs: BTreeMap<String, String>,
    /// The path from the page to the folder of the tables' files; `None` if all sections are in one page.
    folder: Option<&'static str>,
    /// The tables that have a file.
    split: BTreeSet<String>,
}

/// Where a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// All sections are in the one page.
    Whole,
    /// The page beside the folder of the tables' files.
    Index,
    /// A file in the folder.
    Table,
}

impl Links {
    /// The links of a document, from a page at `place`.
    pub(super) fn of(document: &Document, place: Place) -> Self {
        let tables = document.tables.iter().map(|table| &table.name);
        let views = document.views.iter().map(|view| &view.name);
        let split = tables.clone().filter(|_| place != Place::Whole);
        Self {
            slugs: slugs(tables.clone().chain(views)),
            folder: match place {
                Place::Whole => None,
                Place::Index => Some("tables/"),
                Place::Table => Some(""),
            },
            split: split.cloned().collect(),
        }
    }

    /// The anchor or file name of a table or view.
    pub(super) fn slug(&self, name: &str) -> &str {
        self.slugs.get(name).map_or("", String::as_str)
    }

    /// The name as code, linked to its section if the document has it.
    pub(super) fn link(&self, name: &str) -> String {
        let code = escape::code(name);
        match self.slugs.get(name) {
            Some(slug) => format!("[{code}]({})", self.target(name, slug)),
            None => code,
        }
    }

    fn target(&self, name: &str, slug: &str) -> String {
        match self.folder {
            Some(folder) if self.split.contains(name) => format!("{folder}{slug}.md"),
            Some("") => format!("../SCHEMA.md#{slug}"),
            _ => format!("#{slug}"),
        }
    }
}

/// A slug for each name, different also where letters differ in case only: some file systems do not distinguish them.
fn slugs<'a>(names: impl Iterator<Item = &'a String>) -> BTreeMap<String, String> {
    let mut taken = BTreeSet::new();
    let mut slugs = BTreeMap::new();
    for name in names {
        let base: String = name.chars().map(slug_letter).collect();
        let numbered = |count: u32| match count {
            1 => base.clone(),
            count => format!("{base}-{count}"),
        };
        let first = if is_device(&base) { 2 } else { 1 };
        let mut free = (first..).map(numbered);
        let slug = free.find(|slug| taken.insert(slug.to_lowercase()));
        slugs.insert(name.clone(), slug.unwrap_or_default());
    }
    slugs
}

/// Whether Windows takes a file of this name for a device, whatever its extension.
/// <https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file>
fn is_device(slug: &str) -> bool {
    let name = slug.split('.').next().unwrap_or_default().to_lowercase();
    let number = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    let is_numbered = number.is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    is_numbered || ["con", "prn", "aux", "nul"].contains(&name.as_str())
}

fn slug_letter(letter: char) -> char {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '.' => letter,
        _ => '-',
    }
}

#[cfg(test)]
mod tests {
    use super::slugs;

    #[test]
    fn names_that_differ_in_case_or_signs_have_different_slugs() {
        let names = ["users", "Users", "my table", "my/table"].map(str::to_owned);
        let slugs = slugs(names.iter());
        assert_eq!(slugs["Users"], "Users-2");
        assert_eq!(slugs["my table"], "my-table");
        assert_eq!(slugs["my/table"], "my-table-2");
    }

    #[test]
    fn no_file_has_the_name_of_a_device() {
        let names = ["con", "NUL", "lpt1.x", "console", "com10"].map(str::to_owned);
        let slugs = slugs(names.iter());
        assert_eq!(slugs["con"], "con-2");
        assert_eq!(slugs["NUL"], "NUL-2");
        assert_eq!(slugs["lpt1.x"], "lpt1.x-2");
        assert_eq!(slugs["console"], "console");
        assert_eq!(slugs["com10"], "com10");
    }
}
