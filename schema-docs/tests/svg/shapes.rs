//! What boxes show.

use freehold_schema_docs::svg::{SvgOptions, svg};
use roxmltree::Document;

use crate::given::{column, diagram, example, table};
use crate::picture::{Picture, find};
use crate::schemas;

fn texts(svg: &str, class: &str) -> Vec<String> {
    let document = Document::parse(svg).expect("the picture is XML");
    let nodes = find(document.root(), class);
    nodes
        .iter()
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

fn titles(svg: &str, class: &str) -> Vec<Option<String>> {
    let document = Document::parse(svg).expect("the picture is XML");
    let title = |node: &roxmltree::Node<'_, '_>| {
        let title = node.children().find(|child| child.has_tag_name("title"))?;
        title.text().map(ToOwned::to_owned)
    };
    find(document.root(), class).iter().map(title).collect()
}

#[test]
fn rows_show_keys_types_and_null() {
    let mut entity = table("orders", &["number!", "note?"]);
    entity.columns[1].is_foreign = true;
    let picture = svg(&diagram(vec![entity], &[]), &SvgOptions::embedded());
    assert_eq!(texts(&picture, "label"), ["id", "number", "note"]);
    assert_eq!(texts(&picture, "keys"), ["PK", "FK U"]);
    assert_eq!(texts(&picture, "type"), ["uuid", "text", "text?"]);
    let note = "note text, may be null".to_owned();
    assert_eq!(titles(&picture, "column"), [None, None, Some(note)]);
}

#[test]
fn a_long_type_is_cut_and_whole_in_the_title() {
    let mut entity = table("shapes", &[]);
    let mut long = column("outline");
    long.sql_type = "public.geometry(MultiPolygon,4326)".to_owned();
    long.comment = Some("The border.".to_owned());
    entity.columns.push(long);
    let picture = svg(&diagram(vec![entity], &[]), &SvgOptions::default());
    assert_eq!(texts(&picture, "type")[1], "public.geometry(MultiPo…");
    let title = "outline public.geometry(MultiPolygon,4326): The border.".to_owned();
    assert_eq!(titles(&picture, "column")[1], Some(title));
}

#[test]
fn the_badge_names_the_owner() {
    let picture = svg(&example(&schemas::shop::SHOP), &SvgOptions::embedded());
    assert_eq!(texts(&picture, "badge"), ["owned by users"; 4]);
}

#[test]
fn wide_letters_have_room() {
    let width = |name: &str| {
        let picture = Picture::of(&diagram(vec![table("t", &[name])], &[]));
        picture.boxes[0].right - picture.boxes[0].x
    };
    let wide = "注文番号注文番号注文番号";
    assert!((width(wide) - width(&"x".repeat(24))).abs() < 0.01);
}

#[test]
fn a_composite_reference_has_one_line_and_dots() {
    let picture = Picture::of(&example(&schemas::shop::SHOP));
    let line = picture
        .lines
        .iter()
        .find(|line| line.from == "orders")
        .expect("a reference");
    assert!(
        line.title
            .starts_with("orders (user_id, address_id) references addresses (user_id, id):")
    );
    let (orders, addresses) = (picture.table("orders"), picture.table("addresses"));
    let end = line.points.last().expect("points");
    assert!((end.1 - (orders.row("address_id") - 4.0)).abs() < 0.01);
    let rows = [addresses.row("user_id") - 4.0, orders.row("user_id") - 4.0];
    for ((_, dot), row) in line.dots.iter().zip(rows) {
        assert!((dot - row).abs() < 0.01);
    }
}
