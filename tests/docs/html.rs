//! The objects that `schema.html` names, as facts.

use std::collections::BTreeSet;
use std::error::Error;

use roxmltree::{Document, Node, ParsingOptions};

/// Reads the objects of the page, each with its parts.
pub(super) fn facts(html: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let text = without_code(html)?;
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let tree = Document::parse_with_options(&text, options)?;
    let mut facts = BTreeSet::new();
    for object in tree
        .descendants()
        .filter(|node| node.has_tag_name("article"))
    {
        add(&mut facts, object);
    }
    Ok(facts)
}

/// The page without its style and its script, which are not XML. The rest is.
fn without_code(html: &str) -> Result<String, Box<dyn Error>> {
    let mut text = html.to_owned();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let from = text.find(start).ok_or_else(|| format!("no `{start}`"))?;
        let to = text.find(end).ok_or_else(|| format!("no `{end}`"))?;
        text.replace_range(from..to + end.len(), "");
    }
    Ok(text)
}

fn add(facts: &mut BTreeSet<String>, object: Node<'_, '_>) {
    let name = object.attribute("data-name").unwrap_or_default();
    let kind = object.attribute("data-kind").unwrap_or_default();
    match kind {
        "table" => of_table(facts, object, name),
        "function" | "procedure" => {
            facts.insert(format!("routine {name}"));
        }
        "view" => {
            facts.insert(format!("view {name}"));
            let columns = heads(object, "columns");
            facts.extend(columns.map(|column| format!("view column {name}.{}", text(column))));
        }
        // The roles of the server are no objects of a database.
        "role" => {}
        other => {
            facts.insert(format!("{other} {name}"));
        }
    }
}

fn of_table(facts: &mut BTreeSet<String>, object: Node<'_, '_>, name: &str) {
    facts.insert(format!("table {name}"));
    for (class, kind) in [
        ("constraints", "constraint"),
        ("indexes", "index"),
        ("triggers", "trigger"),
        ("partitions", "partition"),
    ] {
        facts.extend(heads(object, class).map(|head| format!("{kind} {name}.{}", text(head))));
    }
    for column in heads(object, "columns") {
        let row = column.parent_element();
        let null = row.is_some_and(|row| with_class(row, "null").next().is_some());
        let null = if null { "" } else { " not null" };
        facts.insert(format!("column {name}.{}{null}", text(column)));
    }
    let policies = with_class(object, "policies");
    let names = policies.flat_map(|list| with_class(list, "name"));
    facts.extend(names.map(|policy| format!("policy {name}.{}", text(policy))));
    for row in object.descendants() {
        if let (Some(key), Some(to)) = (row.attribute("data-key"), row.attribute("data-to")) {
            facts.insert(format!("reference {name} to {to} by {key}"));
        }
    }
}

/// The heads of the rows of the object's tables with a class.
fn heads<'a, 'i: 'a>(
    object: Node<'a, 'i>,
    class: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    let tables = with_class(object, class).filter(|node| node.has_tag_name("table"));
    let heads = tables.flat_map(|table| table.descendants());
    heads.filter(|node| node.has_tag_name("th") && node.attribute("scope") == Some("row"))
}

fn with_class<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    class: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    let has = move |node: &Node<'a, 'i>| {
        let classes = node.attribute("class").unwrap_or_default();
        classes.split(' ').any(|one| one == class)
    };
    node.descendants().filter(has)
}

fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|one| one.text()).collect()
}
