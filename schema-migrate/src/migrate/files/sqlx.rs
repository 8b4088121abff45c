use super::header;
use super::part::{MigrationFile, Part, script};

/// SQLx reads this marker only at the very beginning. It sends a file without a transaction unchanged, so that such a
/// file must be one statement.
const NO_TRANSACTION: &str = "-- no-transaction\n";

pub(super) fn files(part: &Part<'_>) -> Vec<MigrationFile> {
    let stem = format!("{}_{}", part.version, part.slug());
    let file = |direction: &str, statements: &[String]| {
        let directive = if part.is_transactional() {
            ""
        } else {
            NO_TRANSACTION
        };
        MigrationFile {
            path: format!("{stem}.{direction}.sql"),
            contents: format!(
                "{directive}{}\n{}",
                header::comment(part),
                script(statements)
            ),
        }
    };
    vec![file("up", &part.up), file("down", &part.down)]
}
