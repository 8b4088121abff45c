//! PostgreSQL does not print the default operator class of a type, so writing it out is no difference.

use freehold::diff::Diff;
use freehold::inspect::Inspection;
use freehold::ir::Schema;
use freehold_test_support::Server;
use serde_json::Value;
use sqlx::{Connection as _, PgConnection};

use crate::TestResult;

/// The types that a schema has a word for, and one type of each kind that a schema creates.
const TYPES: [&str; 26] = [
    "boolean",
    "smallint",
    "integer",
    "bigint",
    "real",
    "double precision",
    "numeric",
    "text",
    "varchar(9)",
    "char(3)",
    "citext",
    "bytea",
    "uuid",
    "date",
    "time",
    "timestamp",
    "timestamptz",
    "interval",
    "jsonb",
    "inet",
    "cidr",
    "tsvector",
    "integer[]",
    "mood",
    "narrow",
    "int4range",
];

/// An index for each operator class that the server accepts for the type, with the name of the class.
const INDEXES: &str = "
    DO $$ DECLARE class record; BEGIN
        FOR class IN SELECT DISTINCT m.amname, o.opcname FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod
            WHERE m.amname IN ('btree', 'hash', 'gin', 'gist', 'brin')
        LOOP
            BEGIN
                EXECUTE format('CREATE INDEX %I ON \"of TABLE\" USING %I (a %I)',
                    'TABLE ' || class.amname || ' ' || class.opcname, class.amname, class.opcname);
            EXCEPTION WHEN OTHERS THEN END;
        END LOOP;
    END $$;";

/// The schema with another operator class in one of its indexes.
fn with_class(
    schema: &Value,
    (table, index): (usize, usize),
    class: Value,
) -> Result<Schema, serde_json::Error> {
    let mut schema = schema.clone();
    schema["tables"][table]["indexes"][index]["parts"][0]["operator_class"] = class;
    serde_json::from_value(schema)
}

#[tokio::test]
async fn only_an_operator_class_that_is_not_the_default_is_a_difference() -> TestResult {
    let database = Server::shared().create_database("classes")?;
    let mut sql = "CREATE EXTENSION citext; CREATE EXTENSION btree_gin; CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm;
        CREATE TYPE mood AS ENUM ('ok'); CREATE DOMAIN narrow AS bigint;"
        .to_owned();
    sql.extend(TYPES.iter().flat_map(|of| {
        let table = format!("CREATE TABLE \"of {of}\" (a {of});");
        [table, INDEXES.replace("TABLE", of)]
    }));
    database.psql(&sql)?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let found = freehold::inspect(&mut connection, &Inspection::default()).await?;
    let json = serde_json::to_value(&found.schema)?;
    let (mut defaults, mut others) = (0, 0);
    for (at, table) in found.schema.tables().iter().enumerate() {
        for (index_at, index) in table.indexes.iter().enumerate() {
            let class = index.name.rsplit(' ').next().unwrap_or_default();
            let place = (at, index_at);
            let said = with_class(&json, place, class.into())?;
            let diff = Diff::between(&found.schema, &said);
            assert!(
                diff.is_empty(),
                "index `{}`: {:?}",
                index.name,
                diff.changes
            );
            let without = with_class(&json, place, Value::Null)?;
            let is_same = Diff::between(&found.schema, &without).is_empty();
            let is_default = index.parts.iter().all(|part| part.operator_class.is_none());
            assert_eq!(
                is_same, is_default,
                "index `{}` without its class",
                index.name
            );
            if is_default {
                defaults += 1;
            } else {
                others += 1;
            }
        }
    }
    // Makes sure that the loop above checked something.
    assert!(
        defaults > 80 && others > 20,
        "{defaults} defaults and {others} others"
    );
    Ok(())
}
