//! A schema whose names and comments try to leave their places in the page.

use freehold_schema_core::ir::{Column, QualifiedName, Schema, SqlType, Table};

/// Texts that are harmless only if each is escaped where it is.
pub const TEXTS: [&str; 10] = [
    "</script><img src=x onerror=\"window.hacked = true\">",
    "</style><script>window.hacked = true</script>",
    "\"><svg onload='window.hacked = true'>",
    "' onmouseover='window.hacked = true' x='",
    "a & b &amp; c &#60; <!-- --> ]]>",
    "javascript:window.hacked=true",
    "{{ self }} {% raw %} ${window.hacked = true}",
    "  two  spaces\tand\na line  ",
    "مرحبا \u{202e}abc\u{202c} 你好 👩‍👩‍👧 %41%20é",
    "dots.and.dots",
];

/// A table of each text, with a column of each text, and comments.
pub fn hostile() -> Schema {
    let long = "long_".repeat(400);
    let names = TEXTS.into_iter().chain([long.as_str()]);
    let mut schema = Schema::default();
    for name in names {
        schema.tables.push(table(name, &long));
    }
    schema
}

fn table(name: &str, long: &str) -> Table {
    let mut table = Table::new(QualifiedName::new(None, name));
    table.comment = Some(format!("{name} `{name}`"));
    table.renamed_from = Some(format!("old {name}"));
    for text in TEXTS.into_iter().chain([long]) {
        table.columns.push(column(text));
    }
    table
}

fn column(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        sql_type: SqlType::Sql(name.to_owned()),
        nullable: true,
        default: None,
        generated: None,
        identity: None,
        serial: false,
        comment: Some(name.to_owned()),
        renamed_from: Some(format!("old {name}")),
        renamed_labels: Vec::new(),
        allow: Vec::new(),
    }
}
