use super::header;
use super::part::{MigrationFile, Part, script};

pub(super) fn files(part: &Part<'_>) -> Vec<MigrationFile> {
    let note = if part.is_transactional() {
        ""
    } else {
        "-- not in a transaction\n"
    };
    vec![MigrationFile {
        path: format!("{}_{}.sql", part.version, part.slug()),
        contents: format!(
            "-- Migration: {}\n{}{note}\n-- UP\n{}\n-- DOWN\n{}",
            part.title.replace(char::is_control, " "),
            header::comment(part),
            script(&part.up),
            script(&part.down)
        ),
    }]
}
