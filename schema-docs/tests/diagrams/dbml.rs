use freehold_schema_core::ir::{Schema, Table};
use freehold_schema_docs::diagram::{DbmlOptions, dbml};

use super::nasty::{self, column, keyed, reference};
use super::{bigint, lines, named, referencing, schema_of};

fn printed(schema: &Schema) -> String {
    dbml(schema, &DbmlOptions::default())
}

fn compatible(schema: &Schema) -> String {
    let options = DbmlOptions {
        compat: true,
        ..DbmlOptions::default()
    };
    dbml(schema, &options)
}

/// The block of a table.
fn block<'t>(text: &'t str, table: &str) -> &'t str {
    let start = text.find(&format!("Table {table} {{")).unwrap();
    let end = text[start..].find("\n}\n").unwrap();
    &text[start..start + end]
}

#[test]
fn an_empty_schema_is_a_project() {
    let text = printed(&Schema::default());
    assert_eq!(text, "Project {\n  database_type: 'PostgreSQL'\n}\n");
}

#[test]
fn the_project_has_the_given_name() {
    let options = DbmlOptions {
        name: Some("my \"shop\"".to_owned()),
        compat: false,
    };
    let text = dbml(&Schema::default(), &options);
    assert!(text.starts_with("Project \"my \\\"shop\\\"\" {\n"));
}

#[test]
fn names_are_quoted_and_quotes_in_them_escaped() {
    let names = [
        "class",
        "end",
        "Mixed Case",
        "größe",
        "50%",
        "b\\",
        "$",
        "q\"q",
        "l\nb",
    ];
    let text = printed(&schema_of(names.map(|name| keyed(named(name)))));
    assert_eq!(
        lines(&text, "Table "),
        [
            "Table \"class\" {",
            "Table \"end\" {",
            "Table \"Mixed Case\" {",
            "Table \"größe\" {",
            "Table \"50%\" {",
            "Table \"b\\\\\" {",
            "Table \"$\" {",
            "Table \"q\\\"q\" {",
            "Table \"l\\nb\" {",
        ]
    );
}

#[test]
fn types_that_are_not_a_word_are_quoted() {
    let text = printed(&nasty::schema());
    let types = block(&text, "\"types\"");
    for line in [
        "\"c0\" numeric(10, 2) [not null]",
        "\"c1\" \"varchar(20)[]\" [not null]",
        "\"c3\" \"timestamp with time zone\" [not null]",
        "\"c4\" \"\\\"char\\\"\" [not null]",
        "\"c8\" \"audit\".\"mood\" [not null]",
        "\"c9\" \"audit\".\"mood\"[] [not null]",
        "\"c10\" \"e mail\" [not null]",
    ] {
        assert_eq!(lines(types, line), [line]);
    }
}

#[test]
fn defaults_are_literals_or_expressions_or_notes() {
    let text = printed(&nasty::schema());
    let defaults = block(&text, "\"defaults\"");
    for line in [
        "\"c0\" text [not null, default: 'it\\'s \\\\ \"quoted\"\\n`x`']",
        "\"c1\" text [not null, default: -1.50]",
        "\"c2\" text [not null, default: `9007199254740993`]",
        "\"c3\" text [not null, default: `1e5`]",
        "\"c5\" text [not null, default: true]",
        "\"c6\" text [not null, default: null]",
        "\"c8\" text [not null, default: `now()`]",
        "\"c9\" text [not null, note: 'DEFAULT \\'a`b\\'']",
        "\"made\" text [not null, note: 'GENERATED ALWAYS AS (c0) STORED']",
        "\"identity\" bigint [not null, increment, note: 'GENERATED ALWAYS AS IDENTITY']",
        "\"serial\" bigserial [not null, increment]",
    ] {
        assert_eq!(lines(defaults, line), [line]);
    }
}

#[test]
fn enums_have_their_labels_and_an_empty_one_is_in_the_note() {
    let text = printed(&nasty::schema());
    let start = text.find("Enum ").unwrap();
    assert!(
        text[start..].starts_with("Enum \"audit\".\"mood\" {\n  \"so so\"\n  \"\\\"great\\\"\"\n")
    );
    assert_eq!(lines(&text, "Enum ").len(), 1);
    assert_eq!(lines(&text, "CREATE TYPE nothing AS ENUM ();").len(), 1);
}

#[test]
fn a_comment_keeps_its_lines_and_quotes() {
    let mut table = keyed(named("t"));
    table.comment = Some("It's '''three''',\n\n  a \\ and 'end'".to_owned());
    let text = printed(&schema_of([table]));
    let note = "  Note: '''\n    It's \\'\\'\\'three\\'\\'\\',\n\n      a \\\\ and 'end\\''''\n";
    assert!(text.contains(note), "{text}");
}

#[test]
fn a_comment_that_begins_with_a_space_is_on_one_line() {
    let mut table = keyed(named("t"));
    table.comment = Some("x".to_owned());
    table.columns[0].comment = Some(" a\n'b'".to_owned());
    let text = printed(&schema_of([table]));
    assert_eq!(
        lines(&text, "\"id\""),
        ["\"id\" bigint [pk, not null, note: ' a\\n\\'b\\'']"]
    );
    assert_eq!(lines(&text, "Note:"), ["Note: 'x'"]);
}

#[test]
fn keys_are_words_or_lines_of_indexes() {
    let text = printed(&nasty::schema());
    let class = block(&text, "\"class\"");
    assert_eq!(lines(class, "\"pk\" bigint [unique, ").len(), 1);
    assert_eq!(
        lines(class, "[unique, name"),
        [
            "\"FK\" [unique, name: 'odd \"name\\'']",
            "\"uk\" [unique, name: 'uq_class_uk', note: 'ALTER TABLE class ADD CONSTRAINT uq_class_uk \
             UNIQUE NULLS NOT DISTINCT (uk) INCLUDE (\"$\") DEFERRABLE INITIALLY DEFERRED']",
            "(\"a b\", \"a-b\") [unique, name: 'uq_class_several']",
        ]
    );
    let end = block(&text, "\"audit\".\"end\"");
    assert_eq!(lines(end, "[pk"), ["(\"a\", \"b\") [pk, name: 'pk_end']"]);
}

#[test]
fn what_an_index_cannot_express_is_its_note() {
    let text = printed(&nasty::schema());
    let rows = block(&text, "\"rows\"");
    assert_eq!(
        lines(rows, "name: 'ix_"),
        [
            "\"at\" [type: btree, name: 'ix_plain']",
            "\"at\" [type: brin, name: 'ix_brin']",
            "\"at\" [type: btree, unique, name: 'ix_partial', \
             note: 'CREATE UNIQUE INDEX ix_partial ON rows (at) WHERE at > 0']",
            "(\"at\", `at + 1`) [type: btree, name: 'ix_descending', \
             note: 'CREATE INDEX ix_descending ON rows (at DESC NULLS LAST, (at + 1))']",
        ]
    );
    assert_eq!(
        lines(rows, "ix_backquote"),
        ["CREATE INDEX ix_backquote ON rows (('`'));"]
    );
}

#[test]
fn what_a_table_cannot_express_is_in_its_note() {
    let text = printed(&nasty::schema());
    let rows = block(&text, "\"rows\"");
    for part in [
        "The table is partitioned by hash of (id).",
        "Row-level security is enabled, also for the table's owner.",
        "CREATE POLICY \"the policy\" ON rows AS RESTRICTIVE",
        "CREATE TRIGGER \"the trigger\" AFTER UPDATE OF at OR DELETE ON rows",
        "CREATE TABLE rows_0 PARTITION OF rows",
        "backquote_check CHECK (at::text <> '`');",
    ] {
        assert_eq!(lines(rows, part).len(), 1, "{part}");
    }
    assert_eq!(lines(&text, "GRANT SELECT ON class TO").len(), 1);
    assert_eq!(lines(&text, "GRANT SELECT ON \"the view\" TO").len(), 1);
}

#[test]
fn a_table_without_columns_is_in_the_note_of_the_project() {
    let mut table = Table::new(named("t"));
    table.comment = Some("Nothing.".to_owned());
    let text = printed(&schema_of([table]));
    assert!(text.contains("The table `t` has no columns.\n\n    Nothing."));
    assert!(lines(&text, "Table ").is_empty());
}

#[test]
fn references_show_their_ends_and_actions() {
    let text = printed(&nasty::schema());
    assert_eq!(
        lines(&text, "Ref "),
        [
            "Ref \"fk up\": \"audit\".\"end\".(\"up a\", \"up b\") ?>? \"audit\".\"end\".(\"a\", \"b\") \
             [delete: cascade, update: no action]",
            "Ref \"fk_a\": \"audit\".\"end\".\"a\" ?> \"class\".\"id\" [delete: set null, update: set default]",
            "Ref \"fk_class\": \"audit\".\"end\".\"class\" ?> \"class\".\"id\" \
             [delete: restrict, update: no action]",
            "Ref \"fk_to\": \"audit\".\"end\".\"to\" ?-? \"class\".\"id\" [delete: cascade, update: no action]",
            "Ref \"fk_other\": \"audit\".\"end\".\"other\" ?>? \"Other Schema\".\"class\".\"id\" \
             [delete: cascade, update: no action]",
            "Ref \"fk_far\": \"audit\".\"end\".\"far\" ?>? \"far\".\"away\".\"id\" \
             [delete: cascade, update: no action]",
        ]
    );
}

#[test]
fn references_that_dbml_refuses_are_in_the_note() {
    let text = printed(&nasty::schema());
    let end = block(&text, "\"audit\".\"end\"");
    let names = ["fk_a ", "fk_class_again", "fk_swapped"];
    assert_eq!(lines(end, "ADD CONSTRAINT").len(), names.len());
    assert!(names.iter().all(|name| lines(end, name).len() == 1));
}

#[test]
fn a_reference_to_itself_and_two_to_one_table_are_kept() {
    let mut table = referencing("match", &["match", "team"]);
    table.columns.push(column("guest_id", bigint()));
    let key = reference("fk_guest", &["guest_id"], named("team"), &["id"]);
    table.foreign_keys.push(key);
    let text = printed(&schema_of([table, keyed(named("team"))]));
    assert_eq!(lines(&text, "Ref ").len(), 3);
    assert!(lines(&text, "ADD CONSTRAINT").is_empty());
}

#[test]
fn a_table_that_the_schema_does_not_have_is_printed_with_the_referenced_columns() {
    let text = printed(&nasty::schema());
    let away = block(&text, "\"far\".\"away\"");
    assert!(away.starts_with("Table \"far\".\"away\" {\n  \"id\" bigint\n"));
}

#[test]
fn several_postgresql_schemas_are_groups_and_one_is_not() {
    let text = printed(&nasty::schema());
    assert_eq!(
        lines(&text, "TableGroup"),
        [
            "TableGroup \"Other Schema\" {",
            "TableGroup \"audit\" {",
            "TableGroup \"public\" {"
        ]
    );
    assert!(!printed(&schema_of([keyed(named("t"))])).contains("TableGroup"));
}

#[test]
fn the_compatible_text_has_no_checks_and_no_optional_ends() {
    let schema = nasty::schema();
    let (text, old) = (printed(&schema), compatible(&schema));
    assert_eq!(lines(&text, "`at > 0` [name: 'plain_check']").len(), 1);
    assert!(!old.contains("checks {"));
    assert_eq!(
        lines(&old, "ADD CONSTRAINT plain_check CHECK (at > 0);").len(),
        1
    );
    assert!(lines(&old, "Ref ").iter().all(|line| !line.contains('?')));
    assert_eq!(lines(&old, "Ref ").len(), lines(&text, "Ref ").len());
}

#[test]
fn the_same_schema_has_the_same_text() {
    assert_eq!(printed(&nasty::schema()), printed(&nasty::schema()));
}
