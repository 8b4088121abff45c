//! The page, read back: it has every object of the schema and no other, and nothing of the schema runs in it.

#![allow(clippy::expect_used)]

mod support;

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use freehold_schema_core::SchemaDef;
use freehold_schema_core::ir::{Schema, Table};
use freehold_schema_docs::document::Document;
use freehold_schema_docs::html::html;
use roxmltree::{Node, ParsingOptions};
use sha2::{Digest as _, Sha256};
use support::schemas::{ecommerce, patterns, shop, tasks};
use support::{Page, filled, hostile, large};

/// The text between two texts, and what surrounds it.
fn cut<'a>(text: &'a str, start: &str, end: &str) -> (&'a str, &'a str, &'a str) {
    let (before, rest) = text.split_once(start).expect("the start");
    let (inner, after) = rest.split_once(end).expect("the end");
    (before, inner, after)
}

/// The page without the content of its style and its script, which is not XML. The rest is.
fn without_code(html: &str) -> String {
    let (before, _, after) = cut(html, "<style>", "</style>");
    let (between, _, rest) = cut(after, "<script>", "</script>");
    format!("{before}{between}{rest}")
}

/// Reads a page and hands its root to `check`.
fn read(page: &Page, check: impl FnOnce(Node<'_, '_>)) {
    let text = without_code(&page.html);
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let tree = roxmltree::Document::parse_with_options(&text, options).expect("well-formed");
    check(tree.root_element());
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    let classes = node.attribute("class").unwrap_or_default();
    classes.split(' ').any(|one| one == class)
}

fn elements<'a, 'i>(
    within: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    let all = within.descendants();
    all.filter(move |node| node.tag_name().name() == name)
}

fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts.filter_map(|one| one.text()).collect()
}

/// The objects of a kind.
fn objects<'a, 'i>(root: Node<'a, 'i>, kind: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    root.descendants()
        .filter(move |node| node.attribute("data-kind") == Some(kind))
}

fn names(root: Node<'_, '_>, kind: &'static str) -> Vec<String> {
    let names = objects(root, kind).filter_map(|node| node.attribute("data-name"));
    sorted(names)
}

/// The names of the rows of an object's tables with a class.
fn rows(object: Node<'_, '_>, class: &'static str) -> Vec<String> {
    let tables = elements(object, "table").filter(|table| has_class(*table, class));
    let heads = tables.flat_map(|table| elements(table, "th"));
    let heads = heads.filter(|head| head.attribute("scope") == Some("row"));
    sorted(heads.map(text))
}

fn sorted<T: ToString>(names: impl IntoIterator<Item = T>) -> Vec<String> {
    let mut names: Vec<_> = names.into_iter().map(|name| name.to_string()).collect();
    names.sort();
    names
}

/// Every schema of the examples.
fn every_page() -> Vec<Page> {
    let defs: [&SchemaDef; 4] = [
        &shop::SHOP,
        &ecommerce::ECOMMERCE,
        &patterns::PATTERNS,
        &tasks::TASKS,
    ];
    defs.into_iter().map(Page::of_structs).collect()
}

fn check_table(object: Node<'_, '_>, table: &Table) {
    let name = table.name.to_string();
    let columns = table.columns.iter().map(|column| &column.name);
    assert_eq!(rows(object, "columns"), sorted(columns), "{name}");
    let keys = table.primary_key.iter().map(|key| &key.name);
    let uniques = table.uniques.iter().map(|unique| &unique.name);
    let own = keys.chain(uniques);
    let foreign = table.foreign_keys.iter().map(|key| &key.name);
    let checks = table.checks.iter().map(|check| &check.name);
    let constraints = own.clone().chain(foreign.clone()).chain(checks);
    assert_eq!(rows(object, "constraints"), sorted(constraints), "{name}");
    let indexes = own.chain(table.indexes.iter().map(|index| &index.name));
    assert_eq!(rows(object, "indexes"), sorted(indexes), "{name}");
    let triggers = table.triggers.iter().map(|trigger| &trigger.name);
    assert_eq!(rows(object, "triggers"), sorted(triggers), "{name}");
    let partitions = table.partitions.iter().map(|partition| &partition.name);
    assert_eq!(rows(object, "partitions"), sorted(partitions), "{name}");
    let policies = table.policies.iter().map(|policy| &policy.name);
    let shown = elements(object, "code").filter(|code| has_class(*code, "name"));
    assert_eq!(sorted(shown.map(text)), sorted(policies), "{name}");
    let keys = elements(object, "tr").filter_map(|row| row.attribute("data-key"));
    assert_eq!(sorted(keys), sorted(foreign), "{name}");
}

/// The types, defaults and nullability of the columns.
fn check_columns(object: Node<'_, '_>, document: &Document, table: &str) {
    let doc = document.tables.iter().find(|doc| doc.name == table);
    let doc = doc.expect("the table's document");
    for (row, column) in objects(object, "column").zip(&doc.columns) {
        let cell = |class| {
            let cell = elements(row, "td").find(|cell| has_class(*cell, class));
            text(cell.expect("the cell"))
        };
        let nullable = if column.is_nullable { " nullable" } else { "" };
        assert_eq!(cell("type"), format!("{}{nullable}", column.sql_type));
        assert_eq!(cell("default"), column.default.clone().unwrap_or_default());
        let about = cell("about");
        for mark in &column.marks {
            let words = mark.sentence().to_string().replace('`', "");
            assert!(about.contains(&words), "{}: {words}: {about}", column.name);
        }
        for label in &column.labels {
            assert!(about.contains(label), "{}: {label}", column.name);
        }
    }
}

/// Each foreign key is among the references to its table, too.
fn check_references(object: Node<'_, '_>, schema: &Schema, table: &Table) {
    let all = schema.tables.iter().flat_map(|table| &table.foreign_keys);
    let to_it = all.filter(|key| key.target == table.name).count();
    let references = elements(object, "table").filter(|table| has_class(*table, "references"));
    let shown: usize = references
        .map(|table| elements(table, "tr").count() - 1)
        .sum();
    assert_eq!(shown, table.foreign_keys.len() + to_it, "{}", table.name);
}

#[test]
fn the_page_has_every_object_of_the_schema_and_no_other() {
    for page in every_page() {
        let schema = &page.schema;
        read(&page, |root| {
            let tables = schema.tables.iter().map(|table| &table.name);
            assert_eq!(names(root, "table"), sorted(tables));
            let views = schema.views.iter().map(|view| &view.name);
            assert_eq!(names(root, "view"), sorted(views));
            let routines = schema.routines.iter().map(|routine| &routine.name);
            let shown = names(root, "function").into_iter();
            let shown = shown.chain(names(root, "procedure"));
            assert_eq!(sorted(shown), sorted(routines));
            let enums = schema.enums.iter().map(|one| &one.name);
            assert_eq!(names(root, "enum"), sorted(enums));
            let domains = schema.domains.iter().map(|one| &one.name);
            assert_eq!(names(root, "domain"), sorted(domains));
            let sequences = schema.sequences.iter().map(|one| &one.name);
            assert_eq!(names(root, "sequence"), sorted(sequences));
            let declared = schema.roles.iter().map(|role| role.name.clone());
            let granted = schema.grants.iter().map(|grant| grant.to.clone());
            let roles: BTreeSet<_> = declared.chain(granted).collect();
            assert_eq!(names(root, "role"), sorted(roles));
        });
    }
}

#[test]
fn a_table_has_its_columns_constraints_indexes_triggers_policies_and_references() {
    for page in every_page() {
        read(&page, |root| {
            for object in objects(root, "table") {
                let name = object.attribute("data-name").expect("a name");
                let mut tables = page.schema.tables.iter();
                let table = tables.find(|table| table.name.to_string() == name);
                let table = table.expect("a table of the schema");
                check_table(object, table);
                check_columns(object, &page.document, name);
                check_references(object, &page.schema, table);
            }
        });
    }
}

#[test]
fn an_enum_has_its_labels_in_order() {
    for page in every_page() {
        read(&page, |root| {
            for (object, sql_enum) in objects(root, "enum").zip(&page.schema.enums) {
                let lists = elements(object, "ol").filter(|list| has_class(*list, "enum-labels"));
                let labels: Vec<_> = lists
                    .flat_map(|list| elements(list, "li"))
                    .map(text)
                    .collect();
                assert_eq!(labels, sql_enum.labels);
            }
        });
    }
}

#[test]
fn what_only_a_document_has_is_on_the_page() {
    let page = Page::of_structs(&shop::SHOP);
    let page = Page::of(page.schema, filled::fill(page.document));
    read(&page, |root| {
        let all = text(root);
        for words in [
            "2,500 more each day",
            "in five years",
            "about 123,456 rows",
            "81.9 MB",
            "never analyzed",
            "db.scope(id).select::<Row>().all()",
            "Support asks for it: see the decision of March.",
            "It cannot be reverted.",
            "Tables of catalog",
        ] {
            assert!(all.contains(words), "{words}");
        }
        assert_eq!(objects(root, "migration").count(), 2);
        // The list of contents has the order of the page.
        let contents = elements(root, "a").filter_map(|link| link.attribute("data-table"));
        let tables = objects(root, "table").filter_map(|table| table.attribute("data-name"));
        assert!(contents.eq(tables));
    });
}

/// A link's fragment as a browser reads it, if the text as it is has no `id`.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let (b'%', Some(byte)) = (first, byte) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn check_links(page: &Page) {
    read(page, |root| {
        let ids: Vec<_> = root
            .descendants()
            .filter_map(|node| node.attribute("id"))
            .collect();
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an `id` occurs twice");
        assert!(unique.iter().all(|id| !id.contains(char::is_whitespace)));
        for link in elements(root, "a") {
            let href = link.attribute("href").expect("a target");
            let fragment = href.strip_prefix('#').expect("a link within the page");
            let exists = unique.contains(fragment) || unique.contains(decoded(fragment).as_str());
            assert!(exists, "{href}");
        }
        for name in ["aria-labelledby", "aria-controls", "aria-describedby"] {
            let named = root.descendants().filter_map(|node| node.attribute(name));
            named.for_each(|id| assert!(unique.contains(id), "{id}"));
        }
    });
}

#[test]
fn every_link_leads_to_an_id_and_no_id_occurs_twice() {
    let mut pages = every_page();
    pages.push(Page::of_schema(hostile::hostile()));
    pages.iter().for_each(check_links);
}

#[test]
fn a_previous_name_still_leads_to_its_object() {
    let mut schema = shop::SHOP.schema().expect("the schema");
    let table = schema.tables.first_mut().expect("a table");
    table.renamed_from = Some("people".to_owned());
    table.columns[1].renamed_from = Some("mail".to_owned());
    // The name of another table leads to that table.
    schema.tables[1].renamed_from = Some("orders".to_owned());
    let page = Page::of_schema(schema);
    check_links(&page);
    read(&page, |root| {
        let has = |id| {
            root.descendants()
                .any(|node| node.attribute("id") == Some(id))
        };
        assert!(has("t:users") && has("t:people") && has("c:users.email") && has("c:users.mail"));
        let orders = objects(root, "table").find(|table| table.attribute("id") == Some("t:orders"));
        assert_eq!(
            orders.and_then(|table| table.attribute("data-name")),
            Some("orders")
        );
    });
}

#[test]
fn names_and_comments_stay_text() {
    let page = Page::of_schema(hostile::hostile());
    let plain = Page::of_structs(&shop::SHOP);
    let kinds = |page: &Page| {
        let mut kinds = BTreeSet::new();
        read(page, |root| {
            kinds.extend(
                root.descendants()
                    .map(|node| node.tag_name().name().to_owned()),
            );
        });
        kinds
    };
    assert!(kinds(&page).is_subset(&kinds(&plain)));
    read(&page, |root| {
        for node in root.descendants() {
            let mut attributes = node.attributes();
            assert!(attributes.all(|one| !one.name().starts_with("on") && one.name() != "style"));
        }
        for (object, table) in objects(root, "table").zip(&page.document.tables) {
            let title = elements(object, "h3").next().map(text);
            assert_eq!(title.as_deref(), Some(table.name.as_str()));
            let columns = objects(object, "column").filter_map(|row| elements(row, "th").next());
            let columns: Vec<_> = columns
                .map(|head| text(head).trim_start().to_owned())
                .collect();
            let expected = table.columns.iter().map(|column| column.name.trim_start());
            assert!(columns.iter().map(String::as_str).eq(expected));
        }
    });
    // There is one script, which is the page's own.
    assert_eq!(page.html.matches("<script").count(), 1);
    assert_eq!(page.html.matches("</script").count(), 1);
}

#[test]
fn the_policy_allows_the_one_style_and_the_one_script() {
    let page = Page::of_structs(&shop::SHOP);
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    let (_, style, rest) = cut(&page.html, "<style>", "</style>");
    let (_, script, _) = cut(rest, "<script>", "</script>");
    read(&page, |root| {
        let mut metas = elements(root, "meta");
        let policy = metas.find(|meta| meta.attribute("http-equiv").is_some());
        let policy = policy.and_then(|meta| meta.attribute("content"));
        let expected = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; \
             form-action 'none'",
            hash(style),
            hash(script)
        );
        assert_eq!(policy, Some(expected.as_str()));
    });
    for foreign in ["http://", "https://", "//", "url(", "@import"] {
        assert!(!style.contains(foreign), "the style contains {foreign}");
    }
    assert!(
        script.len() < 12_288,
        "the script has {} bytes",
        script.len()
    );
}

#[test]
fn headings_leave_out_no_level() {
    for page in every_page() {
        read(&page, |root| {
            let main = elements(root, "main").next().expect("the main part");
            let names = main.descendants().map(|node| node.tag_name().name());
            let levels = names.filter_map(|name| match name {
                "h1" => Some(1),
                "h2" => Some(2),
                "h3" => Some(3),
                "h4" => Some(4),
                _ => None,
            });
            let levels: Vec<u32> = levels.collect();
            assert_eq!(levels.first(), Some(&1));
            assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
            assert!(
                levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
                "{levels:?}"
            );
        });
    }
}

#[test]
fn equal_schemas_give_equal_bytes() {
    let (one, other) = (Page::of_structs(&shop::SHOP), Page::of_structs(&shop::SHOP));
    assert_eq!(one.html, other.html);
}

#[test]
fn a_schema_without_objects_has_a_page() {
    let schema = Schema::default();
    let document = Page::of_schema(schema).document;
    let html = html(&document, "").expect("the page");
    assert!(html.contains("<h1 id=\"overview\">Database</h1>"));
    assert!(!html.contains("id=\"diagram\""));
}

#[test]
fn a_page_of_100_tables_is_smaller_than_2_megabytes() {
    let schema = ecommerce::ECOMMERCE.schema().expect("the schema");
    let page = Page::of_schema(large::large(&schema, 100));
    assert_eq!(page.document.tables.len(), 100);
    assert!(page.html.len() < 2_000_000, "{} bytes", page.html.len());
    check_links(&page);
}
