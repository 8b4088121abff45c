//! The objects that `SCHEMA.md` names, as facts.

use std::collections::BTreeSet;

/// Reads the sections of tables and of the other objects. Sections of tables may be in files that follow the page.
pub(super) fn facts(text: &str) -> BTreeSet<String> {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.read(line);
    }
    reader.facts
}

#[derive(Default)]
struct Reader {
    facts: BTreeSet<String>,
    /// The heading of the second level.
    chapter: String,
    /// The table of the section, if it is the section of a table.
    table: Option<String>,
    /// The view of the section, if it is the section of a view.
    view: String,
    /// The words in bold before the list or table.
    part: String,
    /// Whether the line is in a block of code.
    is_code: bool,
}

impl Reader {
    fn read(&mut self, line: &str) {
        if line.starts_with("```") {
            self.is_code = !self.is_code;
        } else if self.is_code {
        } else if let Some(chapter) = line.strip_prefix("## ") {
            chapter.clone_into(&mut self.chapter);
            self.table = None;
        } else if let Some(heading) = line.strip_prefix("### ") {
            self.heading(heading);
        } else if let Some(name) = line.strip_prefix("# ").filter(|name| !name.contains(' ')) {
            // A file of a table.
            self.begin(name);
        } else if let Some(part) = line.strip_prefix("**") {
            part.split(':')
                .next()
                .unwrap_or_default()
                .clone_into(&mut self.part);
        } else if let Some(name) = item(line) {
            self.named(&name, line);
        }
    }

    fn heading(&mut self, heading: &str) {
        match self.chapter.as_str() {
            "Tables" => {
                let name = heading.split_once(". ").map_or(heading, |(_, name)| name);
                self.begin(name);
            }
            "Views" => {
                self.view = heading.replace('\\', "");
                self.add("view", heading);
            }
            "Functions and procedures" => {
                let name = heading.split('(').next().unwrap_or_default();
                self.add("routine", name);
            }
            _ => {}
        }
    }

    fn begin(&mut self, name: &str) {
        let name = name.replace('\\', "");
        self.add("table", &name);
        self.table = Some(name);
    }

    fn add(&mut self, kind: &str, name: &str) {
        self.facts
            .insert(format!("{kind} {}", name.replace('\\', "")));
    }

    /// The first code of a list item or of a row.
    fn named(&mut self, name: &str, line: &str) {
        match self.table.clone() {
            Some(table) => self.of_table(&table, name, line),
            None => self.of_schema(name, line),
        }
    }

    fn of_table(&mut self, table: &str, name: &str, line: &str) {
        let kind = match self.part.as_str() {
            "Columns" => {
                let is_null = !cell(line, 3).contains("not null")
                    && !cell(line, 3).starts_with("primary key");
                let null = if is_null { "" } else { " not null" };
                return self.add("column", &format!("{table}.{name}{null}"));
            }
            "Constraints" => "constraint",
            "Indexes" => "index",
            "Triggers" => "trigger",
            "Row-level security" => "policy",
            "Partitions" => "partition",
            _ => return,
        };
        self.add(kind, &format!("{table}.{name}"));
    }

    fn of_schema(&mut self, name: &str, line: &str) {
        match self.chapter.as_str() {
            "Relationships" => {
                let (parent, child) = (code(cell(line, 1)), code(cell(line, 2)));
                let key = code(cell(line, 4));
                self.add("reference", &format!("{child} to {parent} by {key}"));
            }
            "Views" if line.starts_with('|') => {
                self.add("view column", &format!("{}.{name}", self.view.clone()));
            }
            "Enum types" => self.add("enum", name),
            "Domains" => self.add("domain", name),
            "Sequences" => self.add("sequence", name),
            _ => {}
        }
    }
}

/// The first code of a line that is a list item or a row of a table.
fn item(line: &str) -> Option<String> {
    let is_item = line.starts_with("- `") || line.starts_with("| `") || line.starts_with("| [`");
    is_item.then(|| code(line))
}

/// The first code of a text.
fn code(text: &str) -> String {
    text.split('`').nth(1).unwrap_or_default().to_owned()
}

/// A cell of a row, from 1.
fn cell(line: &str, number: usize) -> &str {
    line.split(" | ")
        .nth(number - 1)
        .map_or("", |cell| cell.trim_start_matches("| ").trim())
}
