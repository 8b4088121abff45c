use freehold_schema_core::ir::{Schema, SqlType, Table};
use freehold_schema_core::model::ScalarType;
use freehold_schema_docs::diagram::{
    Diagram, Entity, EntityColumn, MAX_MERMAID_TEXT, Selection, mermaid,
};

use super::nasty::{self, column, keyed, reference};
use super::{bigint, lines, named, referencing, schema_of};

fn drawn(schema: &Schema) -> String {
    mermaid(&Diagram::of(schema, &Selection::default())).unwrap()
}

/// The line of the only column of a table.
fn line(column: EntityColumn) -> String {
    let entity = Entity {
        name: "t".to_owned(),
        comment: None,
        owner: None,
        columns: vec![column],
    };
    let diagram = Diagram {
        entities: vec![entity],
        references: vec![],
    };
    let text = mermaid(&diagram).unwrap();
    text.lines().nth(2).unwrap().trim().to_owned()
}

fn nullable(name: &str, sql_type: &str, comment: &str) -> EntityColumn {
    EntityColumn {
        name: name.to_owned(),
        sql_type: sql_type.to_owned(),
        is_nullable: true,
        comment: Some(comment.to_owned()).filter(|text| !text.is_empty()),
        ..EntityColumn::default()
    }
}

/// The tables' names in the text.
fn tables(names: &[&str]) -> Vec<String> {
    let text = drawn(&schema_of(names.iter().map(|name| keyed(named(name)))));
    let quoted = text.lines().filter_map(|line| line.strip_suffix(" {"));
    quoted.map(|line| line.trim().to_owned()).collect()
}

#[test]
fn an_empty_schema_is_an_empty_diagram() {
    assert_eq!(drawn(&Schema::default()), "erDiagram\n");
}

#[test]
fn a_table_without_columns_is_drawn() {
    let text = drawn(&schema_of([Table::new(named("t"))]));
    assert_eq!(text, "erDiagram\n    \"t\" {\n    }\n");
}

#[test]
fn the_words_of_the_language_are_quoted_as_tables() {
    let words = ["accDescr", "class", "end", "many", "one", "to", "u"];
    assert_eq!(tables(&words), words.map(|word| format!("\"{word}\"")));
}

#[test]
fn characters_that_end_a_quoted_name_are_replaced() {
    assert_eq!(
        tables(&[
            "50%",
            "back\\slash",
            "q\"q",
            "Mixed Case",
            "größe",
            "$",
            "line\nbreak"
        ]),
        [
            "\"$\"",
            "\"50_\"",
            "\"Mixed Case\"",
            "\"back_slash\"",
            "\"größe\"",
            "\"line_break\"",
            "\"q_q\""
        ]
    );
}

#[test]
fn tables_whose_names_become_equal_are_numbered() {
    assert_eq!(
        tables(&["50%", "50\"", "50_"]),
        ["\"50__2\"", "\"50__3\"", "\"50_\""]
    );
}

#[test]
fn a_table_named_like_a_member_of_objects_is_renamed() {
    assert_eq!(tables(&["constructor"]), ["\"constructor_\""]);
}

#[test]
fn names_and_texts_are_not_read_as_html_markdown_or_entities() {
    assert_eq!(tables(&["<b>#amp;"]), ["\"< b>#amp_\""]);
    let text = "a < b, <b>, #lt; %%{init: {}}%% **x** ~T~";
    assert_eq!(
        line(nullable("a", "text", text)),
        "text a \"a < b, < b>, #lt, %{init: {}}% ∗∗x∗∗ ∼T∼\""
    );
}

#[test]
fn a_column_with_a_key_word_or_a_digit_first_gets_an_underscore() {
    assert_eq!(line(nullable("pk", "text", "")), "text _pk \"named pk\"");
    assert_eq!(line(nullable("Fk", "text", "")), "text _Fk \"named Fk\"");
    assert_eq!(line(nullable("1st", "text", "")), "text _1st \"named 1st\"");
    assert_eq!(line(nullable("-", "text", "")), "text _- \"named -\"");
    assert_eq!(line(nullable("class", "text", "")), "text class");
}

#[test]
fn a_changed_column_has_its_true_name_in_the_comment() {
    assert_eq!(
        line(nullable("größe", "text", "")),
        "text gr__e \"named größe\""
    );
    assert_eq!(
        line(nullable("a.b", "text", "x")),
        "text a_b \"named a.b, x\""
    );
    assert_eq!(line(nullable("q\"q", "text", "")), "text q_q \"named q'q\"");
}

#[test]
fn columns_whose_names_become_equal_are_numbered() {
    let mut table = keyed(named("t"));
    table.columns = ["a b", "a.b", "a_b"]
        .map(|name| column(name, bigint()))
        .to_vec();
    let text = drawn(&schema_of([table]));
    assert_eq!(
        lines(&text, "bigint"),
        [
            "bigint a_b_2 \"named a b, not null\"",
            "bigint a_b_3 \"named a.b, not null\"",
            "bigint a_b \"not null\"",
        ]
    );
}

#[test]
fn a_type_is_one_word() {
    let cases = [
        ("numeric(10, 2)", "numeric(10-2)"),
        ("timestamp with time zone", "timestamp_with_time_zone"),
        ("\"char\"", "char"),
        ("text[]", "text[]"),
        ("public.mood", "public_mood"),
        ("2d", "_2d"),
        ("pk", "_pk"),
    ];
    for (sql_type, word) in cases {
        assert_eq!(line(nullable("a", sql_type, "")), format!("{word} a"));
    }
}

#[test]
fn a_numeric_type_of_the_model_is_printed() {
    let numeric = SqlType::Scalar(ScalarType::Numeric(Some((10, 2))));
    let mut table = keyed(named("t"));
    table.columns = vec![column("price", numeric)];
    let text = drawn(&schema_of([table]));
    assert_eq!(lines(&text, "price"), ["numeric(10-2) price \"not null\""]);
}

#[test]
fn a_comment_is_one_line_of_sixty_characters() {
    let text = line(nullable("a", "text", "It's \"quoted\",\n  and\tlong"));
    assert_eq!(text, "text a \"It's 'quoted', and long\"");
    let text = line(nullable("a", "text", &"ü".repeat(61)));
    assert_eq!(text, format!("text a \"{}…\"", "ü".repeat(59)));
}

#[test]
fn the_labels_of_an_enum_are_in_the_comment() {
    let column = EntityColumn {
        labels: vec!["sad".to_owned(), "\"happy\"".to_owned()],
        ..nullable("a", "mood", "")
    };
    assert_eq!(line(column), "mood a \"sad | 'happy'\"");
}

#[test]
fn the_keys_of_a_column_are_separated_by_commas() {
    let mut table = referencing("child", &["parent"]);
    table.primary_key.as_mut().unwrap().columns = vec!["parent_id".to_owned()];
    let text = drawn(&schema_of([table, keyed(named("parent"))]));
    assert_eq!(
        lines(&text, "parent_id PK"),
        ["bigint parent_id PK,FK \"on delete cascade\""]
    );
    assert_eq!(
        lines(&text, " : "),
        ["\"parent\" ||--o| \"child\" : \"parent_id\""]
    );
}

#[test]
fn a_reference_of_a_table_to_itself_that_may_be_null() {
    let mut table = referencing("node", &["node"]);
    table.columns[1].nullable = true;
    let text = drawn(&schema_of([table]));
    assert_eq!(
        lines(&text, " : "),
        ["\"node\" |o..o{ \"node\" : \"node_id\""]
    );
}

#[test]
fn two_references_between_the_same_tables_are_two_lines() {
    let mut table = referencing("match", &["team"]);
    table.columns.push(column("guest id", bigint()));
    let key = reference("fk_guest", &["guest id"], named("team"), &["id"]);
    table.foreign_keys.push(key);
    let text = drawn(&schema_of([table, keyed(named("team"))]));
    assert_eq!(
        lines(&text, " : "),
        [
            "\"team\" ||..o{ \"match\" : \"team_id\"",
            "\"team\" ||..o{ \"match\" : \"guest id\"",
        ]
    );
}

#[test]
fn a_reference_of_several_columns_is_one_line() {
    let text = drawn(&nasty::schema());
    assert_eq!(
        lines(&text, "up a, up b"),
        ["\"audit.end\" |o..o{ \"audit.end\" : \"up a, up b\""]
    );
}

#[test]
fn rows_with_an_owner_are_marked() {
    let schema = schema_of([referencing("orders", &["users"]), keyed(named("users"))]);
    let selection = Selection {
        owner: Some(named("users")),
        ..Selection::default()
    };
    let text = mermaid(&Diagram::of(&schema, &selection)).unwrap();
    assert_eq!(
        lines(&text, "owned"),
        ["\"orders\"[\"orders (owned by users)\"] {"]
    );
    assert!(lines(&text, " : ").is_empty());
}

#[test]
fn a_text_that_mermaid_does_not_draw_is_an_error() {
    let names = (0..1200).map(|number| format!("table_{number:04}"));
    let tables: Vec<_> = names.map(|name| keyed(named(&name))).collect();
    let draw = |count| {
        let schema = schema_of(tables[..count].to_vec());
        mermaid(&Diagram::of(&schema, &Selection::default()))
    };
    assert!(draw(1000).is_ok_and(|text| text.len() <= MAX_MERMAID_TEXT));
    let error = draw(1200).unwrap_err();
    assert!(error.length > MAX_MERMAID_TEXT);
    assert!(
        error
            .to_string()
            .contains("draw fewer tables in each diagram")
    );
}

#[test]
fn the_same_schema_has_the_same_text() {
    let mut schema = nasty::schema();
    let text = drawn(&schema);
    schema.tables.reverse();
    assert_eq!(drawn(&schema), text);
}
