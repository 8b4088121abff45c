//! The rows of a seed stay the same from release to release: change `golden.txt` only together with the changelog.

use std::fmt::Write as _;

use freehold::SchemaDef;
use freehold::fake::{Fakes, Value};

use crate::TestResult;
use crate::schemas::shop::SHOP;
use crate::schemas::{ALL, storefront::STOREFRONT};

const GOLDEN: &str = include_str!("golden.txt");

fn first_rows(def: &'static SchemaDef, rows: u64) -> Result<String, Box<dyn std::error::Error>> {
    let planned = Fakes::new(def).rows(40).owners(4).seed(7).plan()?;
    let mut text = String::new();
    for (table, _) in planned.report().tables() {
        writeln!(text, "{}", planned.copy_statement(table)?)?;
        text.push_str(&planned.copy_text(table, rows)?);
    }
    Ok(text)
}

#[test]
fn the_first_rows_are_those_of_the_last_release() -> TestResult {
    let text = first_rows(&SHOP, 4)?;
    assert!(text == GOLDEN, "the rows of the seed have changed:\n{text}");
    Ok(())
}

#[test]
fn the_same_seed_gives_the_same_rows() -> TestResult {
    for (name, def) in ALL {
        assert_eq!(first_rows(def, 40)?, first_rows(def, 40)?, "{name}");
    }
    Ok(())
}

#[test]
fn another_seed_gives_other_rows() -> TestResult {
    let users = |seed| Fakes::new(&SHOP).seed(seed).plan()?.copy_text("users", 5);
    assert_ne!(users(1)?, users(2)?);
    Ok(())
}

/// A generator for one column leaves the others as they are, as a new column would.
#[test]
fn other_columns_do_not_depend_on_a_column() -> TestResult {
    let fakes = Fakes::new(&STOREFRONT).rows(50).owners(5);
    let plain = fakes.plan()?.copy_text("products", 50)?;
    let given = fakes.column("products", "weight_kg", |_| Value::Null);
    let given = given.plan()?.copy_text("products", 50)?;
    let without = |text: &str| -> Vec<Vec<String>> {
        let rows = text
            .lines()
            .map(|line| line.split('\t').map(str::to_owned).collect());
        rows.map(|mut row: Vec<String>| {
            row.remove(9);
            row
        })
        .collect()
    };
    assert_ne!(plain, given);
    assert_eq!(without(&plain), without(&given));
    Ok(())
}
