//! Documents of databases that no struct describes: nothing is left out in silence, and nothing is shown that does not
//! hold.

use std::error::Error;

use freehold::docs::compare::{Change, Comparison};
use freehold::docs::document::{Cardinality, Document, Relationship};
use freehold::docs::facts::Facts;
use freehold::docs::{Format, Options, files};
use freehold::inspect::{Inspected, Inspection};
use freehold_test_support::{Database, Server};
use sqlx::Connection as _;

use super::TestResult;

/// Objects and properties that are not modelled, one of each kind that a document could drop.
const NOT_MODELLED: &str = "
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id bigint PRIMARY KEY, room int NOT NULL, during tsrange NOT NULL, label text COLLATE \"C\",
    CONSTRAINT rooms_free EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE UNLOGGED TABLE caches (id bigint PRIMARY KEY);
CREATE TABLE filled (id bigint PRIMARY KEY) WITH (fillfactor = 70);
CREATE TABLE parents (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE matched (id int PRIMARY KEY, a int, b int,
    CONSTRAINT matched_full FOREIGN KEY (a, b) REFERENCES parents MATCH FULL);
CREATE TABLE heirs (extra int) INHERITS (filled);
CREATE TABLE measured (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE measured_2026 PARTITION OF measured FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY RANGE (day);
CREATE TABLE measured_2026_01 PARTITION OF measured_2026 FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE ruled (id int PRIMARY KEY);
CREATE RULE ruled_kept AS ON DELETE TO ruled DO INSTEAD NOTHING;
CREATE TYPE pair AS (a int, b int);
CREATE TYPE spans AS RANGE (subtype = int);
CREATE FUNCTION split(a int, OUT b int, OUT c int) LANGUAGE sql AS 'SELECT a, a';
CREATE FUNCTION total(VARIADIC a int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE doubled(INOUT a int) LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON ruled DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fired();
CREATE VIEW seen WITH (security_barrier = true) AS SELECT id FROM ruled;
CREATE TRIGGER seen_written INSTEAD OF INSERT ON seen FOR EACH ROW EXECUTE FUNCTION fired();
CREATE STATISTICS parents_ab ON a, b FROM parents;
COMMENT ON CONSTRAINT ruled_pkey ON ruled IS 'where the rules are';
";

#[tokio::test]
async fn what_is_not_modelled_is_listed_in_each_document() -> TestResult {
    let database = database("not_modelled", NOT_MODELLED)?;
    let inspected = inspected(&database).await?;
    for (format, text) in documents(&inspected)? {
        let section = text.split("Not shown").last().unwrap_or_default();
        for name in [
            "rooms.rooms_free",
            "rooms.label",
            "caches",
            "filled",
            "matched.matched_full",
            "heirs",
            "measured_2026_01",
            "ruled.ruled_kept",
            "pair",
            "spans",
            "split(",
            "total(",
            "doubled(",
            "ruled.late",
            "seen.seen_written",
            "parents_ab",
        ] {
            assert!(
                section.contains(name),
                "{format}: no `{name}` in:\n{section}"
            );
        }
        for definition in [
            "EXCLUDE USING gist",
            "CREATE CONSTRAINT TRIGGER late",
            "where the rules are",
        ] {
            assert!(
                section.contains(definition),
                "{format}: no `{definition}` in:\n{section}"
            );
        }
    }
    Ok(())
}

#[tokio::test]
async fn two_databases_differ_in_what_is_not_modelled() -> TestResult {
    let rooms = "CREATE EXTENSION btree_gist; CREATE TABLE rooms (id bigint PRIMARY KEY, room int NOT NULL)";
    let (before, after) = (database("before", rooms)?, database("after", rooms)?);
    let compared = |before: &Inspected, after: &Inspected| {
        let [before, after] =
            [before, after].map(|side| Document::of(&side.schema, &Facts::of_database(side)));
        Comparison::of(&before, &after)
    };
    let old = inspected(&before).await?;
    assert!(compared(&old, &inspected(&after).await?).is_empty());
    after.psql("ALTER TABLE rooms ADD CONSTRAINT rooms_free EXCLUDE USING gist (room WITH =)")?;
    let changes = compared(&old, &inspected(&after).await?);
    let mut all = changes.groups.iter().flat_map(|group| &group.changes);
    let found = all.find(|change| change.name.contains("rooms.rooms_free"));
    let found = found.ok_or_else(|| format!("no exclusion constraint in {changes:?}"))?;
    assert_eq!(found.word(), "added");
    before.psql("ALTER TABLE rooms ADD CONSTRAINT rooms_free EXCLUDE USING gist (id WITH =)")?;
    let changes = compared(&inspected(&before).await?, &inspected(&after).await?);
    let mut all = changes.groups.iter().flat_map(|group| &group.changes);
    let found = all.find(|change| change.name.contains("rooms.rooms_free"));
    assert_eq!(found.map(Change::word), Some("changed"), "{changes:?}");
    Ok(())
}

#[tokio::test]
async fn other_postgresql_schemas_are_named() -> TestResult {
    let database = database(
        "elsewhere",
        "CREATE TABLE users (id int PRIMARY KEY); CREATE SCHEMA billing; \
         CREATE TABLE billing.invoices (id int PRIMARY KEY, user_id int REFERENCES users)",
    )?;
    let inspected = inspected(&database).await?;
    for (format, text) in documents(&inspected)? {
        assert!(text.contains("billing"), "{format} does not name `billing`");
    }
    Ok(())
}

#[tokio::test]
async fn what_does_not_hold_is_marked() -> TestResult {
    let database = database(
        "flaws",
        "CREATE DOMAIN code AS text NOT NULL DEFAULT 'x'; \
         CREATE TABLE parents (id int PRIMARY KEY, code code); \
         CREATE TABLE children (id int PRIMARY KEY, parent_id int, note int); \
         ALTER TABLE children ADD CONSTRAINT children_parent FOREIGN KEY (parent_id) REFERENCES parents NOT VALID; \
         ALTER TABLE children ADD CONSTRAINT children_note CHECK (note > 0) NOT VALID; \
         CREATE UNIQUE INDEX children_parent_once ON children (parent_id); \
         UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'children_parent_once'::regclass; \
         CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
         CREATE TRIGGER quiet BEFORE INSERT ON children FOR EACH ROW EXECUTE FUNCTION fired(); \
         ALTER TABLE children DISABLE TRIGGER quiet",
    )?;
    let inspected = inspected(&database).await?;
    let document = Document::of(&inspected.schema, &Facts::of_database(&inspected));
    let key = reference(&document, "children_parent")?;
    assert_eq!(
        key.cardinality,
        Cardinality::OneToMany,
        "by an invalid index"
    );
    assert!(!key.is_indexed, "an invalid index finds no row");
    let children = document
        .tables
        .iter()
        .find(|table| table.name == "children");
    let children = children.ok_or("no `children`")?;
    let index = children
        .indexes
        .iter()
        .find(|index| index.name == "children_parent_once");
    let index = index.ok_or("the invalid index is missing")?;
    assert!(index.serves.is_empty(), "{:?}", index.serves);
    for (format, text) in documents(&inspected)? {
        for words in [
            "invalid: no query uses it",
            "not validated: rows from before it may break it",
            "disabled, or fires only on replicas",
            "of the domain: its default, collation or NOT NULL is not shown",
        ] {
            assert!(text.contains(words), "{format} does not say `{words}`");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_partial_index_without_nulls_serves_its_foreign_key() -> TestResult {
    let database = database(
        "partial",
        "CREATE TABLE parents (id int PRIMARY KEY); \
         CREATE TABLE children (id int PRIMARY KEY, one int CONSTRAINT by_one REFERENCES parents, \
            many int CONSTRAINT by_many REFERENCES parents, done boolean); \
         CREATE UNIQUE INDEX ON children (one) WHERE one IS NOT NULL; \
         CREATE UNIQUE INDEX ON children (many) WHERE NOT done",
    )?;
    let inspected = inspected(&database).await?;
    let document = Document::of(&inspected.schema, &Facts::of_database(&inspected));
    let one = reference(&document, "by_one")?;
    assert_eq!(
        (one.cardinality, one.is_indexed),
        (Cardinality::OneToOne, true)
    );
    let many = reference(&document, "by_many")?;
    assert_eq!(
        (many.cardinality, many.is_indexed),
        (Cardinality::OneToMany, false)
    );
    Ok(())
}

#[tokio::test]
async fn a_delete_says_what_postgresql_does() -> TestResult {
    let database = database(
        "deletes",
        "CREATE TABLE users (id int PRIMARY KEY); \
         CREATE TABLE addresses (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users ON DELETE CASCADE); \
         CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users ON DELETE CASCADE, \
            address_id int REFERENCES addresses); \
         CREATE TABLE notes (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users ON DELETE SET NULL, \
            by_id int DEFAULT 7 REFERENCES users ON DELETE SET DEFAULT, \
            of_id int REFERENCES users ON DELETE SET DEFAULT)",
    )?;
    let inspected = inspected(&database).await?;
    let document = Document::of(&inspected.schema, &Facts::of_database(&inspected));
    let users = document.tables.iter().find(|table| table.name == "users");
    let tree = &users.ok_or("no `users`")?.delete.tree;
    let effect = |path: [&str; 2]| {
        let first = tree
            .iter()
            .find(|one| one.table == path[0] && one.columns == [path[1]]);
        first.map(|one| one.effect.sentence().to_string())
    };
    assert_eq!(effect(["orders", "user_id"]).as_deref(), Some("deleted"));
    assert_eq!(
        effect(["notes", "user_id"]).as_deref(),
        Some("refuses the delete: `user_id` cannot be null")
    );
    assert_eq!(
        effect(["notes", "by_id"]).as_deref(),
        Some("`by_id` set to the default `7`")
    );
    assert_eq!(
        effect(["notes", "of_id"]).as_deref(),
        Some("`of_id` set to null, since it has no default")
    );
    let addresses = tree.iter().find(|one| one.table == "addresses");
    let by_address = &addresses.ok_or("no `addresses`")?.children;
    let by_address: Vec<_> = by_address
        .iter()
        .map(|one| one.effect.sentence().to_string())
        .collect();
    assert_eq!(
        by_address,
        ["refuses the delete, unless another path deletes the rows"]
    );
    // PostgreSQL does the same.
    database.psql("INSERT INTO users VALUES (1); INSERT INTO addresses VALUES (1, 1); INSERT INTO orders VALUES (1, 1, 1)")?;
    database.psql("DELETE FROM users")?;
    assert_eq!(database.psql("SELECT count(*) FROM orders")?.trim(), "0");
    Ok(())
}

fn reference<'d>(document: &'d Document, name: &str) -> Result<&'d Relationship, String> {
    let mut all = document.relationships.iter();
    all.find(|one| one.name == name)
        .ok_or_else(|| format!("no foreign key `{name}`"))
}

fn database(name: &str, sql: &str) -> Result<Database, Box<dyn Error>> {
    let database = Server::shared().create_database(name)?;
    database.psql(sql)?;
    Ok(database)
}

async fn inspected(database: &Database) -> Result<Inspected, Box<dyn Error>> {
    let mut connection = sqlx::PgConnection::connect(&database.url()).await?;
    let inspected = freehold::inspect(&mut connection, &Inspection::default()).await?;
    connection.close().await?;
    Ok(inspected)
}

/// Markdown and the page, each with its name. Names in Markdown are read without its escapes.
fn documents(inspected: &Inspected) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let facts = Facts::of_database(inspected);
    let document = Document::of(&inspected.schema, &facts);
    let mut options = Options::default();
    options.formats = vec![Format::Markdown, Format::Html];
    let files = files(&document, &inspected.schema, &facts, &options)?;
    let readable = |file: freehold::docs::File| (file.path, file.contents.replace('\\', ""));
    Ok(files.into_iter().map(readable).collect())
}
