use super::section::Section;
use super::{Dialect, as_role, script};

/// A numbered file of DDL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DdlFile {
    /// The file's name: `001_create_users_table.sql`.
    pub name: String,
    /// The SQL.
    pub contents: String,
}

/// Returns one file for each section, numbered in order. All numbers have as many digits as the last one, at least
/// three.
pub(crate) fn files(
    sections: &[Section],
    owner: Option<&str>,
    dialect: &dyn Dialect,
) -> Vec<DdlFile> {
    let width = sections.len().to_string().len().max(3);
    sections
        .iter()
        .enumerate()
        .map(|(index, section)| DdlFile {
            name: format!("{:0width$}_{}.sql", index + 1, file_stem(&section.title)),
            contents: contents(section, owner.filter(|_| section.by_owner), dialect),
        })
        .collect()
}

fn contents(section: &Section, owner: Option<&str>, dialect: &dyn Dialect) -> String {
    let up = as_role(owner, section.up.clone(), dialect);
    format!(
        "-- Migration: {}\n\n-- UP\n{}\n-- DOWN\n{}",
        one_line(&section.title),
        script(&up),
        script(&section.down)
    )
}

/// A title on one line, so that it cannot end its SQL comment.
fn one_line(title: &str) -> String {
    title.replace(char::is_control, " ")
}

/// A title as part of a file name that is valid on every file system.
fn file_stem(title: &str) -> String {
    title.replace(
        |c: char| !(c.is_alphanumeric() || c == '_' || c == '-'),
        "_",
    )
}
