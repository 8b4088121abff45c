//! A diagram in DOT, the language of Graphviz.
//!
//! The rules are those of Graphviz' pages "The DOT Language", "Node Shapes" (HTML-like labels) and "Arrow Shapes".

use std::fmt::Write as _;

use super::model::{Diagram, Entity, EntityColumn, Reference};
use super::names::distinct;

/// The attributes of the whole graph. Parents are on the left.
const HEAD: &str = "\
digraph schema {
    graph [rankdir=LR, nodesep=0.4, ranksep=1.2, fontname=\"Helvetica\"];
    node [shape=plain, fontname=\"Helvetica\", fontsize=11];
    edge [dir=both, fontname=\"Helvetica\", color=\"#57606a\"];
";

/// The background of a table's name.
const HEADER_COLOR: &str = "#dde7f3";

/// Prints a diagram in DOT.
///
/// Each table is an HTML-like label with a port for each column. Each reference is a line in crow's foot notation from
/// the referenced column to the column that references it. The ends show whether the reference may be null and whether
/// it is unique.
pub fn dot(diagram: &Diagram) -> String {
    let names = diagram.entities.iter().map(|entity| entity.name.as_str());
    let names = distinct(names, str::to_owned);
    let mut text = HEAD.to_owned();
    for (entity, name) in diagram.entities.iter().zip(&names) {
        push_entity(&mut text, entity, name);
    }
    for reference in &diagram.references {
        push_reference(&mut text, diagram, &names, reference);
    }
    text.push_str("}\n");
    text
}

fn push_entity(text: &mut String, entity: &Entity, name: &str) {
    let tip = entity.comment.as_ref().unwrap_or(&entity.name);
    // Writing to a `String` cannot fail, here and below.
    let _ = writeln!(
        text,
        "    {} [tooltip={}, label=<\n        \
         <TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\" CELLPADDING=\"4\">",
        quoted(name),
        shown(tip)
    );
    push_header(text, entity);
    for (index, column) in entity.columns.iter().enumerate() {
        push_column(text, index, column);
    }
    text.push_str("        </TABLE>>];\n");
}

fn push_header(text: &mut String, entity: &Entity) {
    let owner = entity.owner.as_ref().map(|owner| {
        let owner = html(owner);
        format!("<BR/><FONT POINT-SIZE=\"9\">owned by {owner}</FONT>")
    });
    let _ = writeln!(
        text,
        "        <TR><TD PORT=\"t\" COLSPAN=\"2\" BGCOLOR=\"{HEADER_COLOR}\"><B>{}</B>{}</TD></TR>",
        html(&entity.name),
        owner.unwrap_or_default()
    );
}

/// A row with two cells, so that lines can end at its left side (port `l0`) and at its right side (port `r0`).
fn push_column(text: &mut String, index: usize, column: &EntityColumn) {
    let (name, sql_type) = (html(&column.name), html(&column.sql_type));
    let name = if column.is_primary {
        format!("<U>{name}</U>")
    } else {
        name
    };
    let _ = writeln!(
        text,
        "        <TR><TD PORT=\"l{index}\" ALIGN=\"LEFT\">{name}{}</TD>\
         <TD PORT=\"r{index}\" ALIGN=\"LEFT\">{sql_type}{}</TD></TR>",
        keys(column),
        if column.is_nullable { "?" } else { "" }
    );
}

/// The keys of a column in small letters, after a space.
fn keys(column: &EntityColumn) -> String {
    let words = [
        (column.is_primary, "PK"),
        (column.is_foreign, "FK"),
        (column.is_unique && !column.is_primary, "UK"),
    ];
    let words: Vec<_> = words
        .into_iter()
        .filter_map(|(has, word)| has.then_some(word))
        .collect();
    if words.is_empty() {
        return String::new();
    }
    format!(" <FONT POINT-SIZE=\"8\">{}</FONT>", words.join(" "))
}

fn push_reference(text: &mut String, diagram: &Diagram, names: &[String], reference: &Reference) {
    let found = |index| diagram.entities.get(index).zip(names.get(index));
    let (Some((parent, tail)), Some((child, head))) = (found(reference.to), found(reference.from))
    else {
        return;
    };
    // A reference of a table to itself is a loop on the right side.
    let (end, side) = if reference.from == reference.to {
        ('r', 'e')
    } else {
        ('l', 'w')
    };
    let _ = writeln!(
        text,
        "    {}:{}:e -> {}:{}:{side} [{}, tooltip={}{}];",
        quoted(tail),
        port(parent, &reference.target_columns, 'r'),
        quoted(head),
        port(child, &reference.columns, end),
        line(reference),
        shown(&tip(parent, child, reference)),
        composite_label(reference),
    );
}

/// The ends of a line in crow's foot notation: the tail is at the parent. A parent may always have no child.
///
/// The line is solid if the reference is part of the child's primary key.
fn line(reference: &Reference) -> String {
    let parent = if reference.is_optional {
        "teeodot"
    } else {
        "teetee"
    };
    let child = if reference.is_unique {
        "teeodot"
    } else {
        "crowodot"
    };
    let style = if reference.is_identifying {
        "solid"
    } else {
        "dashed"
    };
    format!("arrowtail={parent}, arrowhead={child}, style={style}")
}

/// The port of the first of the columns; that of the table's name if the diagram does not draw the column.
fn port(entity: &Entity, columns: &[String], end: char) -> String {
    let drawn = entity.columns.iter();
    let index = columns
        .first()
        .and_then(|name| drawn.into_iter().position(|column| column.name == *name));
    index.map_or_else(|| "t".to_owned(), |index| format!("{end}{index}"))
}

/// What a viewer shows when the pointer is on the line.
fn tip(parent: &Entity, child: &Entity, reference: &Reference) -> String {
    format!(
        "{} ({}) references {} ({}), on delete {}",
        child.name,
        reference.columns.join(", "),
        parent.name,
        reference.target_columns.join(", "),
        reference.on_delete.to_lowercase()
    )
}

/// The columns of a reference with several of them, since the line ends at only one.
fn composite_label(reference: &Reference) -> String {
    if reference.columns.len() < 2 {
        return String::new();
    }
    let columns = shown(&reference.columns.join(", "));
    format!(", label={columns}, fontsize=8")
}

/// A quoted string. Backslashes are doubled, so that none is the last character and none begins an escape such as `\N`.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", visible(&text))
}

/// A quoted string of an attribute that is shown. Graphviz decodes entities such as `&amp;` in it.
fn shown(text: &str) -> String {
    quoted(&text.replace('&', "&amp;"))
}

/// A text in an HTML-like label.
fn html(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    visible(&text).replace('\n', " ")
}

/// Replaces the control characters that XML refuses. PostgreSQL allows them in names and comments.
fn visible(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(|c: char| c.is_control() && c != '\n', " ")
}
