//! What holds for every picture: no box covers another, no line runs behind a foreign box, lines end at their rows.

use freehold_schema_docs::diagram::{Diagram, Reference};
use freehold_schema_docs::svg::{SvgOptions, svg};

use crate::given::{diagram, example, of, sixty, table};
use crate::picture::{Box, Line, Picture};
use crate::schemas;

fn check(name: &str, diagram: &Diagram) -> Picture {
    let picture = Picture::of(diagram);
    check_boxes(name, diagram, &picture);
    assert_eq!(picture.lines.len(), diagram.references.len(), "{name}");
    for reference in &diagram.references {
        let line = line_of(diagram, &picture, reference);
        check_ends(name, diagram, &picture, reference, line);
        check_path(name, &picture, line);
    }
    let again = svg(diagram, &SvgOptions::default());
    assert_eq!(svg(diagram, &SvgOptions::default()), again, "{name}");
    picture
}

fn check_boxes(name: &str, diagram: &Diagram, picture: &Picture) {
    let drawn: Vec<&String> = picture.boxes.iter().map(|one| &one.table).collect();
    let expected: Vec<&String> = diagram.entities.iter().map(|one| &one.name).collect();
    assert_eq!(drawn, expected, "{name}");
    for (index, one) in picture.boxes.iter().enumerate() {
        assert!(one.x >= 0.0 && one.y >= 0.0, "{name}: {one:?}");
        assert!(
            one.right <= picture.width && one.bottom <= picture.height,
            "{name}: {one:?}"
        );
        for other in &picture.boxes[..index] {
            assert!(
                !one.overlaps(other),
                "{name}: {} and {}",
                one.table,
                other.table
            );
        }
    }
}

/// The line of a reference, by the beginning of its title.
fn line_of<'p>(diagram: &Diagram, picture: &'p Picture, reference: &Reference) -> &'p Line {
    let text = |table: usize, columns: &[String]| {
        let table = &diagram.entities[table].name;
        match columns {
            [column] => format!("{table}.{column}"),
            _ => format!("{table} ({})", columns.join(", ")),
        }
    };
    let from = text(reference.from, &reference.columns);
    let to = text(reference.to, &reference.target_columns);
    let title = format!("{from} references {to}: ");
    let mut lines = picture
        .lines
        .iter()
        .filter(|line| line.title.starts_with(&title));
    let line = lines.next().expect("the reference is drawn");
    assert!(lines.next().is_none(), "{title} is drawn once");
    line
}

fn check_ends(
    name: &str,
    diagram: &Diagram,
    picture: &Picture,
    reference: &Reference,
    line: &Line,
) {
    assert_eq!(line.from, diagram.entities[reference.from].name, "{name}");
    assert_eq!(line.to, diagram.entities[reference.to].name, "{name}");
    let starts = line.points.first().copied().expect("points");
    let ends = line.points.last().copied().expect("points");
    let parent = ends_at(picture.table(&line.to), &reference.target_columns, starts);
    assert!(parent, "{name}: {} begins at {starts:?}", line.title);
    let child = ends_at(picture.table(&line.from), &reference.columns, ends);
    assert!(child, "{name}: {} ends at {ends:?}", line.title);
    let parent = if reference.is_optional {
        "one-or-none"
    } else {
        "one"
    };
    let child = if reference.is_unique {
        "at-most-one"
    } else {
        "many"
    };
    assert_eq!(
        line.marks,
        [format!("parent {parent}"), format!("child {child}")],
        "{name}"
    );
    assert_eq!(line.rings, 1 + usize::from(reference.is_optional), "{name}");
    assert_eq!(line.dots.len(), 2 * (reference.columns.len() - 1), "{name}");
    for dot in &line.dots {
        let is_parent = ends_at(picture.table(&line.to), &reference.target_columns, *dot);
        let is_child = ends_at(picture.table(&line.from), &reference.columns, *dot);
        assert!(
            is_parent || is_child,
            "{name}: {} has a dot at {dot:?}",
            line.title
        );
    }
}

/// Whether a point is on the border of a box, at the row of one of the columns.
fn ends_at(one: &Box, columns: &[String], (x, y): (f64, f64)) -> bool {
    let on_border = (x - one.x).abs() < 0.01 || (x - one.right).abs() < 0.01;
    // The text's base line is four units below the middle of its row, and a row is twenty high.
    on_border
        && columns
            .iter()
            .any(|column| (one.row(column) - 4.0 - y).abs() <= 10.0)
}

fn check_path(name: &str, picture: &Picture, line: &Line) {
    for point in &line.points {
        let inside = picture.boxes.iter().find(|one| one.contains(*point));
        assert!(
            inside.is_none(),
            "{name}: {} is in {inside:?} at {point:?}",
            line.title
        );
        let (x, y) = *point;
        assert!(
            x >= 0.0 && x <= picture.width && y >= 0.0 && y <= picture.height,
            "{name}"
        );
    }
}

#[test]
fn the_examples_are_readable() {
    for (name, schema) in schemas::ALL {
        check(name, &example(schema));
        check(name, &of(schema, None, false));
        check(name, &of(schema, None, true));
    }
}

#[test]
fn the_example_of_a_shop_has_no_crossings() {
    let picture = check("shop", &example(&schemas::shop::SHOP));
    assert_eq!(
        (
            picture.boxes.len(),
            picture.lines.len(),
            picture.crossings()
        ),
        (7, 4, 0)
    );
}

#[test]
fn the_largest_example_has_few_crossings() {
    let picture = check("ecommerce", &example(&schemas::ecommerce::ECOMMERCE));
    assert_eq!((picture.boxes.len(), picture.lines.len()), (11, 10));
    assert!(picture.crossings() <= 3, "{}", picture.crossings());
}

#[test]
fn sixty_tables_are_readable() {
    let picture = check("sixty", &sixty(false, true));
    assert!(picture.crossings() <= 11, "{}", picture.crossings());
    check("sixty with all references", &sixty(true, false));
}

#[test]
fn a_diagram_without_tables_is_a_picture() {
    let picture = check("empty", &Diagram::default());
    assert!(picture.width > 0.0 && picture.height > 0.0);
}

#[test]
fn one_table_is_a_picture() {
    check(
        "one",
        &diagram(vec![table("users", &["email!", "name?"])], &[]),
    );
}

#[test]
fn tables_without_columns_are_drawn() {
    let mut entities = vec![table("a", &[]), table("b", &[])];
    for entity in &mut entities {
        entity.columns.clear();
    }
    check("bare", &diagram(entities, &[]));
}

#[test]
fn references_of_a_table_to_itself_are_loops() {
    let tables = vec![
        table("nodes", &["parent_id?", "root_id", "twin_id!"]),
        table("others", &["node_id"]),
    ];
    let references = [
        ("nodes", "parent_id", "nodes"),
        ("nodes", "root_id", "nodes"),
        ("nodes", "twin_id", "nodes"),
        ("others", "node_id", "nodes"),
    ];
    check("loops", &diagram(tables, &references));
    let alone = vec![table("nodes", &["parent_id?"])];
    check(
        "a loop",
        &diagram(alone, &[("nodes", "parent_id", "nodes")]),
    );
}

#[test]
fn two_references_between_the_same_tables_have_two_lines() {
    let tables = vec![
        table("orders", &["billing_id", "shipping_id?"]),
        table("addresses", &[]),
    ];
    let references = [
        ("orders", "billing_id", "addresses"),
        ("orders", "shipping_id", "addresses"),
    ];
    let picture = check("two", &diagram(tables, &references));
    assert_ne!(
        picture.lines[0].points.last(),
        picture.lines[1].points.last()
    );
    // The marks at the referenced row differ, so the lines begin apart.
    assert_ne!(
        picture.lines[0].points.first(),
        picture.lines[1].points.first()
    );
}

#[test]
fn cycles_are_drawn() {
    let tables = || {
        vec![
            table("a", &["b_id?"]),
            table("b", &["c_id"]),
            table("c", &["a_id!", "b_id"]),
        ]
    };
    let references = [("a", "b_id", "b"), ("b", "c_id", "c"), ("c", "a_id", "a")];
    check("three", &diagram(tables(), &references));
    let references = [("b", "c_id", "c"), ("c", "b_id", "b"), ("a", "b_id", "b")];
    check("two", &diagram(tables(), &references));
}

#[test]
fn random_diagrams_are_readable() {
    let mut state = 3_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) % below
    };
    let columns: Vec<String> = (0..6).map(|index| format!("c{index}_id")).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    for round in 0..40 {
        let names: Vec<String> = (0..=random(9))
            .map(|index| format!("table_{index}"))
            .collect();
        let name = |index: u64| names[usize::try_from(index).expect("small")].as_str();
        let count = u64::try_from(names.len()).expect("small");
        let entities = names.iter().map(|name| table(name, &columns)).collect();
        let mut references: Vec<(&str, &str, &str)> = Vec::new();
        for index in 0..count {
            for column in columns
                .iter()
                .take(usize::try_from(random(4)).expect("small"))
            {
                references.push((name(index), column, name(random(count))));
            }
        }
        check(&format!("round {round}"), &diagram(entities, &references));
    }
}

#[test]
fn lines_to_columns_that_are_not_drawn_end_at_the_title_bar() {
    let mut given = diagram(
        vec![table("orders", &["number_id"]), table("numbers", &[])],
        &[("orders", "number_id", "numbers")],
    );
    given.references[0].target_columns = vec!["code".to_owned()];
    let picture = Picture::of(&given);
    let (_, y) = picture.lines[0].points[0];
    assert!((y - picture.table("numbers").y - 15.0).abs() < 0.01);
}
