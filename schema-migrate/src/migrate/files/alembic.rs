use super::header;
use super::part::{MigrationFile, Part};

pub(super) fn files(part: &Part<'_>) -> Vec<MigrationFile> {
    let lines = header::lines(part);
    let (title, rest) = lines
        .split_first()
        .map_or(("", &[][..]), |(title, rest)| (title.as_str(), rest));
    let rest: String = rest
        .iter()
        .map(|line| format!("{}\n", docstring(line)))
        .collect();
    let after = part
        .after
        .map_or_else(|| "None".to_owned(), |version| format!("\"{version}\""));
    vec![MigrationFile {
        path: format!("versions/{}_{}.py", part.version, part.slug()),
        contents: format!(
            "\"\"\"{}\n\n{rest}\n\
             Revision ID: {version}\n\
             Revises: {revises}\n\
             \"\"\"\n\n\
             from alembic import op\n\n\
             revision = \"{version}\"\n\
             down_revision = {after}\n\
             branch_labels = None\n\
             depends_on = None\n\n\n\
             def upgrade():\n{up}\n\n\
             def downgrade():\n{down}",
            docstring(title),
            version = part.version,
            revises = part
                .after
                .map_or_else(String::new, |version| version.to_string()),
            up = body(part, &part.up),
            down = body(part, &part.down),
        ),
    }]
}

/// The statements of a function. A statement that cannot run in a transaction runs in an `autocommit_block`.
fn body(part: &Part<'_>, statements: &[String]) -> String {
    if statements.is_empty() {
        return "    pass\n".to_owned();
    }
    let indent = if part.is_transactional() {
        "    "
    } else {
        "        "
    };
    let calls = statements
        .iter()
        .map(|sql| format!("{indent}op.execute({})\n", literal(sql)));
    let calls: String = calls.collect();
    if part.is_transactional() {
        calls
    } else {
        format!("    with op.get_context().autocommit_block():\n{calls}")
    }
}

/// A Python string. A colon is escaped because it would begin a parameter of `SQLAlchemy`.
fn literal(sql: &str) -> String {
    let escaped = sql
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace(':', "\\\\:");
    format!("\"\"\"{escaped}\"\"\"")
}

/// A line, escaped so that it cannot end the docstring.
fn docstring(line: &str) -> String {
    line.replace('\\', "\\\\").replace('"', "\\\"")
}
