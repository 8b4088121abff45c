use super::header;
use super::part::{MigrationFile, Part, script};

pub(super) fn files(part: &Part<'_>) -> Vec<MigrationFile> {
    let folder = format!("{}_{}", part.version, part.slug());
    let file = |name: &str, contents: String| MigrationFile {
        path: format!("{folder}/{name}"),
        contents,
    };
    let sql = |statements: &[String]| format!("{}\n{}", header::comment(part), script(statements));
    let mut files = vec![
        file("up.sql", sql(&part.up)),
        file("down.sql", sql(&part.down)),
    ];
    if !part.is_transactional() {
        files.push(file(
            "metadata.toml",
            "run_in_transaction = false\n".to_owned(),
        ));
    }
    files
}
