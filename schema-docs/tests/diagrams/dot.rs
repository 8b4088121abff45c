use freehold_schema_core::ir::{Schema, Unique};
use freehold_schema_core::model::Deferrable;
use freehold_schema_docs::diagram::{Diagram, Selection, dot};

use super::nasty::{self, keyed};
use super::{lines, named, referencing, schema_of};

fn drawn(schema: &Schema) -> String {
    dot(&Diagram::of(schema, &Selection::default()))
}

#[test]
fn an_empty_schema_is_an_empty_graph() {
    let text = drawn(&Schema::default());
    assert!(text.starts_with("digraph schema {\n") && text.ends_with(";\n}\n"));
    assert_eq!(text.lines().count(), 5);
}

#[test]
fn quotes_and_backslashes_in_names_are_escaped() {
    let mut table = keyed(named("a\"\\"));
    table.columns[0].name = "<b>&\"".to_owned();
    let text = drawn(&schema_of([table]));
    assert_eq!(lines(&text, "tooltip").len(), 1);
    assert!(text.contains(r#""a\"\\" [tooltip="a\"\\", label=<"#));
    assert!(text.contains("<B>a&quot;\\</B>"));
    assert!(text.contains("ALIGN=\"LEFT\">&lt;b&gt;&amp;&quot;</TD>"));
}

#[test]
fn a_comment_is_the_tooltip() {
    let mut table = keyed(named("t"));
    table.comment = Some("R&D,\r\n\"quoted\"\u{1}".to_owned());
    let text = drawn(&schema_of([table]));
    assert!(text.contains("\"t\" [tooltip=\"R&amp;D,\n\\\"quoted\\\" \", label=<"));
}

#[test]
fn a_line_goes_from_the_referenced_column_to_the_referencing_one() {
    let text = drawn(&schema_of([
        referencing("child", &["parent"]),
        keyed(named("parent")),
    ]));
    assert_eq!(
        lines(&text, "->"),
        [
            "\"parent\":r0:e -> \"child\":l1:w [arrowtail=teetee, arrowhead=crowodot, style=dashed, \
          tooltip=\"child (parent_id) references parent (id), on delete cascade\"];"
        ]
    );
}

#[test]
fn the_ends_of_a_line_follow_nullability_and_uniqueness() {
    let mut table = referencing("child", &["parent"]);
    table.columns[1].nullable = true;
    table.uniques = vec![Unique {
        name: "uq".to_owned(),
        columns: vec!["parent_id".to_owned()],
        include: vec![],
        nulls_not_distinct: false,
        deferrable: Deferrable::Never,
    }];
    let text = drawn(&schema_of([table, keyed(named("parent"))]));
    assert_eq!(
        lines(&text, "arrowtail=teeodot, arrowhead=teeodot").len(),
        1
    );
}

#[test]
fn a_reference_of_a_table_to_itself_is_a_loop_on_the_right() {
    let text = drawn(&schema_of([referencing("node", &["node"])]));
    assert_eq!(lines(&text, "\"node\":r0:e -> \"node\":r1:e [").len(), 1);
}

#[test]
fn a_reference_of_several_columns_names_them() {
    let text = drawn(&nasty::schema());
    assert_eq!(lines(&text, "label=\"up a, up b\"").len(), 1);
}

#[test]
fn a_column_that_is_not_drawn_has_the_port_of_the_table() {
    let mut parent = keyed(named("parent"));
    parent.columns[0].name = "code".to_owned();
    parent.primary_key = None;
    let mut child = referencing("child", &["parent"]);
    child.foreign_keys[0].target_columns = vec!["code".to_owned()];
    let selection = Selection {
        keys_only: true,
        ..Selection::default()
    };
    let text = dot(&Diagram::of(&schema_of([child, parent]), &selection));
    assert_eq!(lines(&text, "\"parent\":t:e -> \"child\":l1:w").len(), 1);
}
