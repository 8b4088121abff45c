use super::header;
use super::part::{MigrationFile, Part, script};

/// refinery runs every file in a transaction unless its settings disable that; the file can only contain a reminder.
/// refinery has no down migrations, so the file contains the reverse as a comment.
pub(super) fn files(part: &Part<'_>) -> Vec<MigrationFile> {
    let note = if part.is_transactional() {
        ""
    } else {
        "-- run this file outside a transaction: PostgreSQL refuses it inside one\n"
    };
    let down = script(&part.down);
    let down: String = down.lines().map(|line| format!("--   {line}\n")).collect();
    vec![MigrationFile {
        path: format!("V{}__{}.sql", part.version, part.slug()),
        contents: format!(
            "{}{note}\n{}\n-- the reverse, to run by hand:\n{down}",
            header::comment(part),
            script(&part.up)
        ),
    }]
}
