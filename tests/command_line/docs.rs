//! `schema docs`: the files, and whether they are up to date.

use std::path::Path;

use super::{Shop, TestResult};

#[test]
fn documents_are_written_and_then_up_to_date() -> TestResult {
    let shop = Shop::empty()?;
    let (status, printed) = shop.schema(&["docs", "--out", "docs"])?;
    assert_eq!(status, 0, "{printed}");
    for file in ["docs/SCHEMA.md", "docs/schema.html"] {
        assert!(printed.contains(file), "no line for `{file}`:\n{printed}");
        assert!(shop.directory.path().join(file).is_file(), "`{file}`");
    }
    let (status, printed) = shop.schema(&["docs", "--out", "docs", "--check"])?;
    assert_eq!(status, 0, "{printed}");
    Ok(())
}

#[test]
fn a_changed_and_a_missing_document_are_named() -> TestResult {
    let shop = Shop::empty()?;
    shop.schema(&["docs", "--out", "docs"])?;
    let docs = shop.directory.path().join("docs");
    std::fs::write(docs.join("SCHEMA.md"), "# Another text\n")?;
    std::fs::remove_file(docs.join("schema.html"))?;
    let (status, printed) = shop.schema(&["docs", "--out", "docs", "--check"])?;
    assert_eq!(status, 3, "{printed}");
    let line = |file: &str| printed.lines().find(|line| line.contains(file));
    assert!(
        line("SCHEMA.md").is_some_and(|line| line.contains("not up to date")),
        "{printed}"
    );
    assert!(
        line("schema.html").is_some_and(|line| line.contains("missing")),
        "{printed}"
    );
    let text = std::fs::read_to_string(docs.join("SCHEMA.md"))?;
    assert_eq!(text, "# Another text\n", "`--check` changed a file");
    Ok(())
}

#[test]
fn the_file_of_a_dropped_table_is_named_and_kept() -> TestResult {
    let shop = Shop::empty()?;
    let split = ["docs", "--out", "docs", "--format", "markdown", "--split"];
    let (status, printed) = shop.schema(&split)?;
    assert_eq!(status, 0, "{printed}");
    let tables = shop.directory.path().join("docs/tables");
    assert!(tables.join("orders.md").is_file(), "{printed}");
    std::fs::write(tables.join("dropped.md"), "# dropped\n")?;
    let (status, printed) = shop.schema(&[&split[..], &["--check"]].concat())?;
    assert_eq!(status, 3, "{printed}");
    assert!(printed.contains("dropped.md"), "{printed}");
    assert!(tables.join("dropped.md").is_file(), "the file was removed");
    Ok(())
}

#[test]
fn a_database_is_documented_as_its_structs_are() -> TestResult {
    let shop = Shop::open()?;
    let url = shop.database.url();
    shop.schema(&["docs", "--out", "structs", "--format", "markdown"])?;
    let live = [
        "docs", "--out", "live", "--format", "markdown", "--from", &url,
    ];
    let (status, printed) = shop.schema(&live)?;
    assert_eq!(status, 0, "{printed}");
    let columns = |directory: &str| {
        let path = shop.directory.path().join(directory).join("SCHEMA.md");
        let text = std::fs::read_to_string(path)?;
        let dictionary = text.split("### Columns").nth(1).unwrap_or_default();
        let dictionary = dictionary.split("### ").next().unwrap_or_default();
        let rows = dictionary.lines().filter(|line| line.starts_with("| [`"));
        let cells = rows.map(|row| row.split(" | ").take(4).collect::<Vec<_>>().join(" | "));
        let mut cells: Vec<_> = cells.collect();
        cells.sort();
        Ok::<_, std::io::Error>(cells)
    };
    let structs = columns("structs")?;
    assert!(!structs.is_empty(), "the dictionary is empty");
    assert_eq!(columns("live")?, structs);
    Ok(())
}

#[test]
fn the_sizes_of_a_database_are_in_the_document() -> TestResult {
    let shop = Shop::open()?;
    let (status, printed) = shop.schema(&["fake", "--rows", "500", "--owners", "5"])?;
    assert_eq!(status, 0, "{printed}");
    let url = shop.database.url();
    let docs = [
        "docs",
        "--out",
        "docs",
        "--format",
        "markdown",
        "--database",
        &url,
    ];
    let (status, printed) = shop.schema(&docs)?;
    assert_eq!(status, 0, "{printed}");
    let text = std::fs::read_to_string(shop.directory.path().join("docs/SCHEMA.md"))?;
    // `order_events` is partitioned: its rows are those of its partitions.
    for table in ["orders", "order_events"] {
        let start = format!(". {table}\n");
        let section = text.split(&start).nth(1).unwrap_or_default();
        let section = section.split("\n### ").next().unwrap_or_default();
        let mut lines = section.lines();
        let line = lines.find(|line| line.starts_with("**Measured:**"));
        let line = line.ok_or_else(|| format!("`{table}` has no sizes:\n{section}"))?;
        assert!(line.contains("about 500 rows"), "`{table}`: {line}");
    }
    Ok(())
}

#[test]
fn two_schemas_are_side_by_side() -> TestResult {
    let shop = Shop::open()?;
    let url = shop.database.url();
    let same = ["docs", "--out", "same", "--diff", "structs", &url];
    let (status, printed) = shop.schema(&same)?;
    assert_eq!(status, 0, "{printed}");
    let read = |path: &str| std::fs::read_to_string(shop.directory.path().join(path));
    let text = read("same/CHANGES.md")?;
    assert!(text.contains("Nothing is different."), "{text}");
    assert!(
        !text.contains("://"),
        "a URL may contain a password:\n{text}"
    );

    shop.database.psql(
        "ALTER TABLE orders DROP COLUMN note, ADD COLUMN memo text; \
         ALTER TABLE addresses ALTER COLUMN city TYPE varchar(150); CREATE TABLE extra (id bigint PRIMARY KEY)",
    )?;
    shop.schema(&["docs", "--out", "other", "--diff", "structs", &url])?;
    let text = read("other/CHANGES.md")?;
    for row in [
        "| removed | column `note` | `note text` |  |",
        "| added | column `memo` |  | `memo text` |",
        "| changed | column `city` | `city varchar(100) NOT NULL` | `city varchar(150) NOT NULL` |",
        "| added | table `extra` |  | `extra` |",
    ] {
        assert!(text.contains(row), "no row `{row}`:\n{text}");
    }
    let page = read("other/changes.html")?;
    for words in [
        "<del>varchar(100)</del>",
        "<ins>varchar(150)</ins>",
        "column <code>memo</code>",
    ] {
        assert!(page.contains(words), "no `{words}`:\n{page}");
    }
    Ok(())
}

#[test]
fn a_database_is_documented_with_what_it_has_and_no_other_roles() -> TestResult {
    let shop = Shop::open()?;
    // The roles of the shop belong to the server, and this database has nothing to do with them.
    let other = shop.server.create_database("other")?;
    other.psql("CREATE SCHEMA billing; CREATE TABLE billing.invoices (id int PRIMARY KEY, EXCLUDE USING btree (id WITH =))")?;
    let url = other.url();
    let docs = [
        "docs", "--out", "docs", "--format", "markdown", "--from", &url,
    ];
    let (status, printed) = shop.schema(&docs)?;
    assert_eq!(status, 0, "{printed}");
    assert!(
        printed.contains("warning: the PostgreSQL schemas `billing` are not in the documents"),
        "{printed}"
    );
    let read = || std::fs::read_to_string(shop.directory.path().join("docs/SCHEMA.md"));
    let text = read()?;
    assert!(
        text.contains("does not cover the PostgreSQL schemas `billing`"),
        "{text}"
    );
    assert!(!text.contains("shop_"), "a role of the shop:\n{text}");
    assert!(
        !text.contains("| Objects | Number |"),
        "a table without rows:\n{text}"
    );
    let (status, printed) = shop.schema(&[&docs[..], &["--schema", "billing"]].concat())?;
    assert_eq!(status, 0, "{printed}");
    assert!(
        printed.contains("warning: the database has 1 objects and properties"),
        "{printed}"
    );
    let text = read()?;
    assert!(text.contains("billing.invoices"), "{text}");
    assert!(text.contains("## Not shown"), "{text}");
    Ok(())
}

#[test]
fn the_roles_of_a_database_and_their_members_are_documented() -> TestResult {
    let shop = Shop::open()?;
    let url = shop.database.url();
    shop.schema(&[
        "docs", "--out", "docs", "--format", "markdown", "--from", &url,
    ])?;
    let text = std::fs::read_to_string(shop.directory.path().join("docs/SCHEMA.md"))?;
    for role in ["shop\\_app", "shop\\_login", "shop\\_owner", "shop\\_admin"] {
        let (heading, plain) = (
            format!("### Role {role}"),
            format!("### Role {}", role.replace('\\', "")),
        );
        assert!(
            text.contains(&heading) || text.contains(&plain),
            "no `{plain}` in:\n{text}"
        );
    }
    Ok(())
}

#[test]
fn a_database_without_the_tables_is_a_warning() -> TestResult {
    let shop = Shop::empty()?;
    let url = shop.database.url();
    let docs = [
        "docs",
        "--out",
        "docs",
        "--format",
        "markdown",
        "--database",
        &url,
    ];
    let (status, printed) = shop.schema(&docs)?;
    assert_eq!(status, 0, "{printed}");
    assert!(
        printed.contains("warning: the database of `--database` does not have `"),
        "{printed}"
    );
    Ok(())
}

#[test]
fn a_diagram_that_an_earlier_run_left_is_named() -> TestResult {
    let shop = Shop::empty()?;
    let many = [
        "docs",
        "--out",
        "docs",
        "--format",
        "mermaid",
        "--max-tables",
        "3",
    ];
    let (status, printed) = shop.schema(&many)?;
    assert_eq!(status, 0, "{printed}");
    assert!(printed.contains("diagram-3.mmd"), "{printed}");
    let one = [
        "docs",
        "--out",
        "docs",
        "--format",
        "mermaid",
        "--max-tables",
        "50",
    ];
    let (status, printed) = shop.schema(&one)?;
    assert_eq!(status, 0, "{printed}");
    let (status, printed) = shop.schema(&[&one[..], &["--check"]].concat())?;
    assert_eq!(status, 3, "{printed}");
    let mut lines = printed.lines();
    let line = lines.find(|line| line.contains("diagram-3.mmd"));
    assert!(
        line.is_some_and(|line| line.contains("remove the file")),
        "{printed}"
    );
    Ok(())
}

#[test]
fn diagrams_are_divided_by_module_or_owner() -> TestResult {
    let shop = Shop::empty()?;
    let titles = |word: &str| {
        let docs = [
            "docs",
            "--out",
            word,
            "--format",
            "markdown",
            "--divide-by",
            word,
        ];
        let (status, printed) = shop.schema(&docs)?;
        assert_eq!(status, 0, "{printed}");
        let text = std::fs::read_to_string(shop.directory.path().join(word).join("SCHEMA.md"))?;
        let diagrams = text.split("## Diagrams").nth(1).unwrap_or_default();
        let diagrams = diagrams.split("\n## ").next().unwrap_or_default();
        let titles = diagrams
            .lines()
            .filter_map(|line| line.strip_prefix("### "));
        Ok::<_, Box<dyn std::error::Error>>(titles.map(str::to_owned).collect::<Vec<_>>())
    };
    let owners = titles("owner")?;
    for word in ["owner", "scope", "shared"] {
        let mut titles = owners.iter();
        assert!(
            titles.any(|title| title.starts_with(word)),
            "no `{word}` in {owners:?}"
        );
    }
    assert_ne!(titles("module")?, owners);
    let (status, printed) = shop.schema(&["docs", "--divide-by", "colour"])?;
    assert_eq!(status, 2, "{printed}");
    for word in ["`colour`", "schema", "module", "owner"] {
        assert!(printed.contains(word), "no `{word}`: {printed}");
    }
    Ok(())
}

#[test]
fn no_diagram_has_no_table() -> TestResult {
    let shop = Shop::empty()?;
    let (status, printed) = shop.schema(&["docs", "--max-tables", "0"])?;
    assert_eq!(status, 2, "{printed}");
    Ok(())
}

#[test]
fn a_password_is_not_printed() -> TestResult {
    let shop = Shop::empty()?;
    for source in [
        "host=localhost password=hunter2",
        "postgre:/app:hunter2@localhost/shop",
        "postgre://app:hunter2@localhost/shop",
    ] {
        let (status, printed) = shop.schema(&["docs", "--from", source])?;
        assert_eq!(status, 1, "{printed}");
        assert!(!printed.contains("hunter2"), "`{source}`: {printed}");
    }
    let url = shop
        .database
        .url()
        .replace("//postgres@", "//postgres:hunter2@");
    let (status, printed) = shop.schema(&["docs", "--out", "docs", "--diff", &url, "structs"])?;
    assert_eq!(status, 0, "{printed}");
    let text = std::fs::read_to_string(shop.directory.path().join("docs/CHANGES.md"))?;
    assert!(!text.contains("hunter2"), "{text}");
    let name = shop.database.url();
    let name = name.rsplit('/').next().unwrap_or_default();
    let name = name.split('?').next().unwrap_or_default();
    assert!(
        text.contains(&format!("`{name} on ")),
        "no name of the database `{name}`: {text}"
    );
    Ok(())
}

#[test]
fn a_snapshot_says_the_same_as_its_structs() -> TestResult {
    let shop = Shop::empty()?;
    let (status, printed) = shop.schema(&["migrate", "new", "first"])?;
    assert_eq!(status, 0, "{printed}");
    let (status, printed) =
        shop.schema(&["docs", "--out", "docs", "--diff", "migrations", "structs"])?;
    assert_eq!(status, 0, "{printed}");
    let text = std::fs::read_to_string(shop.directory.path().join("docs/CHANGES.md"))?;
    assert!(text.contains("Nothing is different."), "{text}");
    Ok(())
}

#[test]
fn the_history_has_descriptions_and_reasons() -> TestResult {
    let shop = Shop::empty()?;
    let new = [
        "migrate",
        "new",
        "the first tables",
        "--reason",
        "the shop opens",
    ];
    let (status, printed) = shop.schema(&new)?;
    assert_eq!(status, 0, "{printed}");
    shop.schema(&["docs", "--out", "docs", "--format", "markdown"])?;
    let text = std::fs::read_to_string(shop.directory.path().join("docs/SCHEMA.md"))?;
    let history = text.split("## Migrations").nth(1).unwrap_or_default();
    assert!(history.contains("the first tables"), "{history}");
    assert!(history.contains("the shop opens"), "{history}");
    Ok(())
}

#[test]
fn an_unknown_format_is_refused_with_the_names() -> TestResult {
    let shop = Shop::empty()?;
    let (status, printed) = shop.schema(&["docs", "--format", "pdf"])?;
    assert_eq!(status, 2, "{printed}");
    for name in ["`pdf`", "markdown", "html", "svg", "mermaid", "dot", "dbml"] {
        assert!(printed.contains(name), "no `{name}`:\n{printed}");
    }
    Ok(())
}

#[test]
fn json_lists_the_files() -> TestResult {
    let shop = Shop::empty()?;
    let (status, value) = shop.json(&["docs", "--out", "docs", "--json"])?;
    assert_eq!(status, 0);
    let files = value["files"].as_array().ok_or("no list of files")?;
    let found: Vec<_> = files.iter().map(|file| file["state"].as_str()).collect();
    assert_eq!(found, [Some("written"), Some("written")]);
    Ok(())
}

/// `docs/shop` is committed. After a change of the shop or of the documents, write it again with the same arguments
/// without `--check`.
#[test]
fn the_committed_documents_of_the_shop_are_up_to_date() -> TestResult {
    let shop = Shop::empty()?;
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/shop");
    let committed = committed.to_string_lossy();
    let formats = "markdown,html,svg,dbml";
    let check = ["docs", "--out", &committed, "--format", formats, "--check"];
    let (status, printed) = shop.schema(&check)?;
    assert_eq!(status, 0, "{printed}");
    Ok(())
}
