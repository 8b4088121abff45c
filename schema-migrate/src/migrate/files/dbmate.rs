use super::header;
use super::part::{MigrationFile, Part, script};

pub(super) fn files(part: &Part<'_>) -> Vec<MigrationFile> {
    let option = if part.is_transactional() {
        ""
    } else {
        " transaction:false"
    };
    vec![MigrationFile {
        path: format!("{}_{}.sql", part.version, part.slug()),
        contents: format!(
            "-- migrate:up{option}\n{}\n{}\n-- migrate:down{option}\n{}",
            header::comment(part),
            script(&part.up),
            script(&part.down)
        ),
    }]
}
