#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use crate::count::{Counted, count};
use crate::error::Error;
use crate::floors::Block;
use crate::modules::Package;
use crate::{report, resolve};

fn package(files: &[(&str, &str)]) -> Package {
    let texts: BTreeMap<_, _> = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    Package::of("house", &texts).unwrap()
}

/// The imports, as `from -> to`.
fn imports(files: &[(&str, &str)]) -> Vec<String> {
    let imports = resolve::imports(&package(files)).into_iter();
    imports
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect()
}

fn counted(floors: &str, files: &[(&str, &str)]) -> Result<Counted, Error> {
    let block = Block::all(floors)?.remove(0);
    count(&package(files), block)
}

#[test]
fn uses_are_imports() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c;"),
        (
            "a.rs",
            "use crate::b::{Two, Three as Four}; use super::c::Five;",
        ),
        ("b.rs", "pub struct Two; pub struct Three;"),
        ("c.rs", "pub struct Five;"),
    ];
    assert_eq!(imports(&files), ["a.rs -> b.rs", "a.rs -> c.rs"]);
}

#[test]
fn paths_in_code_are_imports() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        (
            "a.rs",
            "fn one() { crate::b::two(); let _: super::c::Three; println!(\"{}\", crate::d::four()); }",
        ),
        ("b.rs", "pub fn two() {}"),
        ("c.rs", "pub struct Three;"),
        ("d.rs", "pub fn four() -> u8 { 4 }"),
    ];
    assert_eq!(
        imports(&files),
        ["a.rs -> b.rs", "a.rs -> c.rs", "a.rs -> d.rs"]
    );
}

#[test]
fn a_module_that_is_imported_leads_to_its_file() {
    let files = [
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use super::b; fn one() { b::two() }"),
        ("b.rs", "pub fn two() {}"),
    ];
    assert_eq!(imports(&files), ["a.rs -> b.rs"]);
}

#[test]
fn a_path_through_a_module_ignores_a_function_with_the_same_name() {
    let files = [
        ("lib.rs", "mod a; mod rule; pub fn rule() {}"),
        ("a.rs", "use crate::rule::Rule;"),
        ("rule.rs", "pub struct Rule;"),
    ];
    assert_eq!(imports(&files), ["a.rs -> rule.rs"]);
}

#[test]
fn a_re_export_leads_to_the_file_that_defines_the_thing() {
    let files = [
        ("lib.rs", "mod a; mod room;"),
        (
            "a.rs",
            "use crate::room::{self, One}; fn two() { room::two(); }",
        ),
        (
            "room/mod.rs",
            "mod one; mod two; pub use one::One; pub use two::*;",
        ),
        ("room/one.rs", "pub struct One;"),
        ("room/two.rs", "pub fn two() {}"),
    ];
    let expected = [
        "a.rs -> room/one.rs",
        "a.rs -> room/two.rs",
        "room/mod.rs -> room/one.rs",
        "room/mod.rs -> room/two.rs",
    ];
    assert_eq!(imports(&files), expected);
}

#[test]
fn a_folder_counts_where_it_defines_the_thing() {
    let files = [
        ("lib.rs", "mod room;"),
        (
            "room/mod.rs",
            "mod one; mod two; pub(crate) struct Own; use two::Two;",
        ),
        ("room/one.rs", "use super::Own;"),
        ("room/two.rs", "use super::one; pub(crate) struct Two;"),
    ];
    let expected = [
        "room/mod.rs -> room/two.rs",
        "room/one.rs -> room/mod.rs",
        "room/two.rs -> room/one.rs",
    ];
    assert_eq!(imports(&files), expected);
}

#[test]
fn tests_texts_and_comments_are_left_out() {
    let files = [
        ("lib.rs", "mod a; mod b; #[cfg(test)] mod checks;"),
        (
            "a.rs",
            "//! Of [`crate::b::two`].
            // crate::b::two()
            fn one() -> &'static str { \"crate::b::two()\" }
            #[cfg(test)]
            use crate::b::two;
            #[cfg(all(test, unix))]
            mod inner { use crate::b::two; }
            #[cfg(test)]
            mod tests { use crate::b::two; }",
        ),
        ("b.rs", "pub fn two() {}"),
        ("checks.rs", "use crate::b::two;"),
    ];
    assert_eq!(imports(&files), [] as [&str; 0]);
    assert!(!package(&files).files.contains_key("checks.rs"));
}

#[test]
fn other_crates_are_left_out() {
    let files = [
        (
            "lib.rs",
            "mod a; pub use ::b as outside; #[macro_export] macro_rules! one { () => {} }",
        ),
        (
            "a.rs",
            "use std::fmt; use crate::outside::Two; fn three() -> fmt::Result { one!() }",
        ),
    ];
    assert_eq!(imports(&files), ["a.rs -> lib.rs"]);
}

const THREE: [(&str, &str); 4] = [
    ("lib.rs", "mod low; mod middle; mod high;"),
    ("low.rs", "pub struct Low; use crate::high::High;"),
    ("middle.rs", "pub struct Middle; use crate::low::Low;"),
    ("high.rs", "pub struct High; use crate::middle::Middle;"),
];

#[test]
fn imports_that_go_up_and_cycles_are_counted() {
    let floors = "house\n    limit upward 0, cycle 2\n    low\n    middle\n    high\n";
    let counted = counted(floors, &THREE).unwrap();
    assert_eq!((counted.files, counted.imports), (4, 3));
    assert_eq!(
        counted.upward,
        [("low.rs".to_owned(), "high.rs".to_owned())]
    );
    assert_eq!(counted.cycle, ["high.rs", "low.rs", "middle.rs"]);
    assert!(!counted.is_within());
    let text = report::text(&[counted]);
    assert!(text.contains("    low.rs -> high.rs\n"), "{text}");
    assert!(
        text.contains("largest cycle of `house`:\n    high.rs -> middle.rs\n"),
        "{text}"
    );
}

#[test]
fn limits_and_exceptions_hold() {
    let limit = "house\n  limit upward 1, cycle 3\n  low # the lowest\n  middle\n  high\n";
    assert!(counted(limit, &THREE).unwrap().is_within());
    let except =
        "house\n  limit upward 0, cycle 3\n  low\n  middle\n  high\n  except low to high: why\n";
    let counted = counted(except, &THREE).unwrap();
    assert!(counted.is_within());
    assert_eq!(counted.excepted, 1);
}

#[test]
fn a_folder_can_have_its_own_layers() {
    let files = [
        ("lib.rs", "mod room; mod other;"),
        ("other.rs", "pub struct Other;"),
        ("room/mod.rs", "mod one; mod two; pub use one::One;"),
        (
            "room/one.rs",
            "use super::two::inner::Two; use crate::other::Other; pub struct One;",
        ),
        ("room/two/mod.rs", "pub mod inner;"),
        ("room/two/inner.rs", "pub struct Two;"),
    ];
    let low = counted("house/room\n  two\n  one\n", &files).unwrap();
    assert_eq!((low.files, low.imports, low.upward.len()), (4, 2, 0));
    let high = counted("house/room\n  one\n  two\n", &files).unwrap();
    assert_eq!(high.upward.len(), 1);
    // The longer name decides where the file is.
    let longer = counted("house/room\n  two/inner\n  one\n  two\n", &files).unwrap();
    assert_eq!(longer.upward.len(), 0);
}

#[test]
fn a_file_without_a_layer_is_an_error() {
    let of = |floors: &str| counted(floors, &THREE).unwrap_err().to_string();
    assert!(of("house\n  low\n  middle\n").starts_with("no layer of `house` lists `high.rs`"));
    assert!(of("house\n  low middle high attic\n").starts_with("a layer of `house` lists `attic`"));
    let unused = "house\n  low\n  middle\n  high\n  except low to middle: why\n";
    assert!(of(unused).starts_with("no import of `house` goes up from `low` to `middle`"));
    assert!(of("house\n  limit upward two\n").starts_with("`scripts/layers.txt`, line 2"));
    assert!(of("house\n  except low to high\n").starts_with("`scripts/layers.txt`, line 2"));
}
