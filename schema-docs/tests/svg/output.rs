//! The text of a picture: escapes, links, its own style, and what screen readers read.

use freehold_schema_docs::diagram::{Diagram, Reference};
use freehold_schema_docs::svg::{SvgOptions, style, svg};
use roxmltree::{Document, Node};

use crate::given::{diagram, example, sixty, table};
use crate::picture::{Picture, find};
use crate::schemas;

const NASTY: [&str; 9] = [
    "\"><script>alert(1)</script>",
    "]]>&amp;<!--",
    "a b\tc\nd",
    "zero\u{1}\u{7f}\u{ffff}",
    "'; DROP TABLE x;--",
    "注文テーブル",
    "🦀 ümläut",
    "%20",
    "",
];

fn nasty() -> Diagram {
    let columns: Vec<&str> = NASTY.iter().copied().chain(["self_id"]).collect();
    let entities = NASTY
        .iter()
        .map(|name| {
            let mut entity = table(name, &columns);
            entity.comment = Some((*name).to_owned());
            entity.owner = Some((*name).to_owned());
            for column in &mut entity.columns {
                column.comment = Some((*name).to_owned());
                (*name).clone_into(&mut column.sql_type);
            }
            entity
        })
        .collect();
    let references: Vec<(&str, &str, &str)> = NASTY
        .windows(2)
        .map(|pair| (pair[0], pair[1], pair[1]))
        .collect();
    diagram(entities, &references)
}

fn count(root: Node<'_, '_>, tag: &str) -> usize {
    root.descendants()
        .filter(|node| node.has_tag_name(tag))
        .count()
}

#[test]
fn nasty_names_stay_text() {
    for options in [SvgOptions::default(), SvgOptions::embedded()] {
        let text = svg(&nasty(), &options);
        let document = Document::parse(&text).expect("the picture is XML");
        let root = document.root_element();
        assert_eq!(count(root, "script"), 0);
        assert!(root.descendants().all(|node| !node.is_comment()));
        let entities = find(root, "entity");
        assert_eq!(entities.len(), NASTY.len());
        assert_eq!(find(root, "reference").len(), NASTY.len() - 1);
        let mut ids: Vec<&str> = entities
            .iter()
            .filter_map(|node| node.attribute("id"))
            .collect();
        assert!(
            ids.iter().all(|id| !id.contains(char::is_whitespace)),
            "{ids:?}"
        );
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), NASTY.len());
        let names: Vec<&str> = find(root, "name").iter().filter_map(Node::text).collect();
        assert!(
            names.contains(&NASTY[0]) && names.contains(&"注文テーブル"),
            "{names:?}"
        );
    }
}

#[test]
fn a_nasty_title_prefix_and_link_stay_text() {
    let options = SvgOptions {
        link: Some("\"onclick=\"x".to_owned()),
        id_prefix: "<\"&".to_owned(),
        title: "<b>\"&".to_owned(),
        ..SvgOptions::default()
    };
    let text = svg(&diagram(vec![table("users", &[])], &[]), &options);
    let document = Document::parse(&text).expect("the picture is XML");
    let root = document.root_element();
    assert_eq!(root.attribute("aria-label"), Some("<b>\"&"));
    assert_eq!(find(root, "entity")[0].attribute("id"), Some("<\"&users"));
    assert_eq!(count(root, "b"), 0);
}

#[test]
fn a_file_has_its_own_style_for_light_and_dark() {
    let text = svg(&example(&schemas::tasks::TASKS), &SvgOptions::default());
    let document = Document::parse(&text).expect("the picture is XML");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!((count(root, "style"), count(root, "a")), (1, 0));
    assert!(text.contains(style::LIGHT) && text.contains(style::DARK));
    assert!(text.contains("@media (prefers-color-scheme:dark)"));
    assert_eq!(
        (find(root, "canvas").len(), find(root, "legend").len()),
        (1, 1)
    );
}

#[test]
fn a_part_of_a_page_has_links_and_no_style() {
    let text = svg(&example(&schemas::shop::SHOP), &SvgOptions::embedded());
    let document = Document::parse(&text).expect("the picture is XML");
    let root = document.root_element();
    // Links inside an element of the role `img` are hidden from screen readers.
    assert_eq!(root.attribute("role"), Some("group"));
    assert_eq!(count(root, "style"), 0);
    let links: Vec<&str> = root
        .descendants()
        .filter_map(|node| node.attribute("href"))
        .collect();
    assert!(
        links.contains(&"#t:order_items") && links.contains(&"#t:audit.log"),
        "{links:?}"
    );
    assert_eq!(links.len(), 7);
    let ids: Vec<&str> = root
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    assert_eq!(ids.len(), 7);
    assert!(ids.iter().all(|id| id.starts_with("e:")), "{ids:?}");
}

#[test]
fn colours_are_classes_and_each_rule_is_inside_the_diagram() {
    for options in [SvgOptions::default(), SvgOptions::embedded()] {
        let text = svg(&example(&schemas::ecommerce::ECOMMERCE), &options);
        let body = text.split("</style>").last().unwrap_or_default();
        assert!(
            !body.contains(" style=") && !body.contains(" fill=") && !body.contains(" stroke=")
        );
    }
    assert!(
        style::RULES
            .lines()
            .all(|line| line.starts_with(".freehold-diagram"))
    );
}

#[test]
fn the_description_lists_the_references() {
    let text = svg(
        &example(&schemas::ecommerce::ECOMMERCE),
        &SvgOptions::default(),
    );
    let document = Document::parse(&text).expect("the picture is XML");
    let desc = document
        .descendants()
        .find(|node| node.has_tag_name("desc"));
    let desc = desc.and_then(|node| node.text()).unwrap_or_default();
    let first = "11 tables.\n\
        inventory.product_id references products.id: at most one row to exactly one row, ON DELETE RESTRICT.\n";
    assert!(desc.starts_with(first), "{desc}");
    assert_eq!(desc.lines().count(), 11);
}

#[test]
fn references_to_tables_that_are_missing_are_left_out() {
    let mut given = diagram(vec![table("a", &["b_id"])], &[]);
    given.references.push(Reference {
        name: "x".to_owned(),
        from: 0,
        columns: vec!["b_id".to_owned()],
        to: 7,
        target_columns: vec!["id".to_owned()],
        is_optional: false,
        is_unique: false,
        is_identifying: false,
        on_delete: "CASCADE",
    });
    assert_eq!(Picture::of(&given).lines.len(), 0);
}

#[test]
fn the_order_of_references_does_not_matter() {
    let given = sixty(false, true);
    let mut other = given.clone();
    other.references.reverse();
    let options = SvgOptions::default();
    assert_eq!(svg(&given, &options), svg(&other, &options));
}

#[test]
fn coordinates_have_one_decimal() {
    let text = svg(&sixty(false, true), &SvgOptions::embedded());
    let numbers = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let decimals = numbers.filter_map(|number| number.split_once('.'));
    let long: Vec<_> = decimals
        .filter(|(_, decimals)| decimals.len() > 1)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}
