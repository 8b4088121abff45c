//! `schema lint` looks at migrations that are not applied.

use crate::{Shop, TestResult};

const FIRST: &str = "CREATE TABLE tasks (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text, color text);";
const SECOND: &str = "ALTER TABLE tasks DROP COLUMN color;";

/// Dropping a column loses data only if the table existed before the pending files.
fn expect(shop: &Shop, arguments: &[&str], status: i32, found: bool) -> TestResult {
    let (ended, printed) = shop.schema(&[&["lint"], arguments].concat())?;
    let arguments = arguments.join(" ");
    assert_eq!(ended, status, "`lint {arguments}` printed:\n{printed}");
    assert_eq!(
        printed.contains("DS02"),
        found,
        "`lint {arguments}` printed:\n{printed}"
    );
    Ok(())
}

#[test]
fn applied_files_are_known_and_not_inspected() -> TestResult {
    let shop = Shop::empty()?;
    shop.write("1_tasks.up.sql", FIRST)?;
    shop.write("1_tasks.down.sql", "DROP TABLE tasks;")?;
    // No option tells which files are applied.
    expect(&shop, &[], 0, false)?;
    shop.schema(&["migrate", "up"])?;
    shop.write("2_color.up.sql", SECOND)?;
    shop.write(
        "2_color.down.sql",
        "ALTER TABLE tasks ADD COLUMN color text;",
    )?;
    expect(&shop, &[], 0, false)?;
    expect(&shop, &["--since", "1"], 3, true)?;
    expect(&shop, &["--since", "0"], 0, false)?;
    expect(&shop, &["--since", "2"], 0, false)?;
    let url = shop.database.url();
    expect(&shop, &["--database", &url], 3, true)?;
    shop.schema(&["migrate", "up"])?;
    expect(&shop, &["--database", &url], 0, false)?;
    Ok(())
}

#[test]
fn files_in_the_snapshot_count_as_applied() -> TestResult {
    let shop = Shop::empty()?;
    shop.write("1_tasks.up.sql", FIRST)?;
    shop.write("1_tasks.down.sql", "DROP TABLE tasks;")?;
    let (status, printed) = shop.schema(&["migrate", "snapshot"])?;
    assert_eq!(status, 0, "{printed}");
    shop.write("2_color.up.sql", SECOND)?;
    shop.write(
        "2_color.down.sql",
        "ALTER TABLE tasks ADD COLUMN color text;",
    )?;
    let (status, printed) = shop.schema(&["lint"])?;
    assert_eq!(status, 3, "{printed}");
    for words in [
        "DS02",
        "\n  instead: first deploy a release that does not use it",
        "linting 1 of 2 migrations: the others are applied according to the snapshot `schema.json`",
    ] {
        assert!(
            printed.contains(words),
            "`{words}` is missing in:\n{printed}"
        );
    }
    let (_, value) = shop.json(&["lint", "--json"])?;
    assert!(value.to_string().contains("DS02"), "{value}");
    Ok(())
}
