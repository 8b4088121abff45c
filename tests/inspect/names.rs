//! Names that need quotes, long names, and names of other PostgreSQL schemas.

use freehold::inspect::Inspection;
use freehold::ir::{Expr, QualifiedName};

use crate::facts::name;
use crate::{TestResult, database, found, inspected};

const ODD: &str = r#"
    CREATE SCHEMA "Odd; Schema";
    CREATE TYPE "Odd; Schema"."My ""Enum""" AS ENUM ('it''s', 'Zwei');
    CREATE TABLE "Odd; Schema"."Odd ""Table""" (
        "Mixed Case" serial CONSTRAINT "The Key" PRIMARY KEY,
        "it's" "Odd; Schema"."My ""Enum""" DEFAULT 'it''s',
        "größe" integer CONSTRAINT "größer, als" CHECK ("größe" > 0)
    );
    CREATE INDEX "Idx Ü" ON "Odd; Schema"."Odd ""Table""" ("größe" DESC, lower('x' || "größe"));
    CREATE FUNCTION "Odd; Schema"."Do It"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER "t WHEN (x)" BEFORE UPDATE OF "größe" ON "Odd; Schema"."Odd ""Table""" FOR EACH ROW
        WHEN (NEW."it's" = 'it''s') EXECUTE FUNCTION "Odd; Schema"."Do It"('a (b', '');
    CREATE POLICY "Nobody""s" ON "Odd; Schema"."Odd ""Table""" USING (false);"#;

#[tokio::test]
async fn quoted_names_are_returned_without_quotes() -> TestResult {
    let what = Inspection::default().namespaces(["public", "Odd; Schema"]);
    let found = inspected(&database(ODD)?, &what).await?;
    let schema = &found.schema;
    assert_eq!(schema.schemas(), ["Odd; Schema"]);
    let odd = |name: &str| QualifiedName::new(Some("Odd; Schema"), name);
    assert_eq!(schema.enums()[0].name, odd("My \"Enum\""));
    assert_eq!(schema.enums()[0].labels, ["it's", "Zwei"]);
    let table = &schema.tables()[0];
    assert_eq!(table.name, odd("Odd \"Table\""));
    let columns: Vec<_> = table.columns.iter().map(|column| &column.name).collect();
    assert_eq!(columns, ["Mixed Case", "it's", "größe"]);
    assert!(
        table.columns[0].serial,
        "its sequence has quotes in its name"
    );
    assert_eq!(schema.sequences(), []);
    assert_eq!(table.checks[0].name, "größer, als");
    let index = &table.indexes[0];
    assert_eq!(index.name, "Idx Ü");
    assert_eq!(index.parts[0].value, Expr::Column("größe".to_owned()));
    assert!(matches!(&index.parts[1].value, Expr::Sql(sql) if sql.starts_with("lower(")));
    let trigger = &table.triggers[0];
    assert_eq!(trigger.name, "t WHEN (x)");
    assert_eq!(trigger.function, odd("Do It"));
    assert_eq!(trigger.arguments, ["a (b", ""]);
    let when = r#"(new."it's" = 'it''s'::"Odd; Schema"."My ""Enum""")"#;
    assert_eq!(trigger.when, Some(Expr::Sql(when.to_owned())));
    assert_eq!(table.policies[0].name, "Nobody\"s");
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn names_of_63_bytes_are_complete() -> TestResult {
    let long = |letter: &str| letter.repeat(63);
    let (table, column, other) = (long("t"), long("c"), long("d"));
    let sql = format!(
        "CREATE TABLE {table} ({column} bigserial PRIMARY KEY, {other} integer REFERENCES {table} ({column}));
         CREATE TABLE {other} (id integer GENERATED ALWAYS AS IDENTITY)"
    )
    .replace("integer REFERENCES", "bigint REFERENCES");
    let found = found(&sql).await?;
    let tables: Vec<_> = found
        .schema
        .tables()
        .iter()
        .map(|table| &table.name.name)
        .collect();
    assert_eq!(tables, [&other, &table]);
    let found_table = &found.schema.tables()[1];
    assert_eq!(found_table.columns[0].name, column);
    assert!(found_table.columns[0].serial);
    assert_eq!(found_table.foreign_keys[0].target.name, table);
    assert_eq!(found_table.foreign_keys[0].target_columns, [column]);
    assert_eq!(found.schema.sequences(), []);
    Ok(())
}

#[tokio::test]
async fn only_the_requested_schemas_are_read() -> TestResult {
    let sql = "
        CREATE SCHEMA app; CREATE SCHEMA other;
        CREATE TABLE a (id integer PRIMARY KEY);
        CREATE TABLE app.a (id integer PRIMARY KEY, a_id integer REFERENCES a, other integer);
        CREATE TABLE other.a (id integer PRIMARY KEY);
        ALTER TABLE app.a ADD FOREIGN KEY (other) REFERENCES other.a;";
    let database = database(sql)?;
    let names = |inspected: freehold::inspect::Inspected| {
        let tables = inspected.schema.tables().iter();
        tables.map(|table| name(&table.name)).collect::<Vec<_>>()
    };
    let default = inspected(&database, &Inspection::default()).await?;
    assert_eq!(names(default), ["a"]);
    let both = Inspection::default().namespaces(["public", "app", "not there"]);
    let both = inspected(&database, &both).await?;
    assert_eq!(both.schema.schemas(), ["app"]);
    let targets = both.schema.tables()[0].foreign_keys.iter();
    let targets: Vec<_> = targets.map(|key| name(&key.target)).collect();
    assert_eq!(targets, ["a", "other.a"]);
    assert_eq!(names(both), ["app.a", "a"]);
    Ok(())
}

#[tokio::test]
async fn histories_of_migrations_are_left_out() -> TestResult {
    let sql = "
        CREATE TABLE _sqlx_migrations (version bigint PRIMARY KEY);
        CREATE TABLE _freehold_history (id bigserial PRIMARY KEY);
        CREATE SEQUENCE _freehold_sequence;
        CREATE UNLOGGED TABLE _freehold_unlogged (id integer);
        CREATE TABLE xsqlx_migrations (id integer);
        CREATE TABLE spatial_ref_sys (id integer);
        GRANT SELECT ON _freehold_history, spatial_ref_sys TO PUBLIC;";
    let what = Inspection::default().leave_out(["spatial_*"]);
    let found = inspected(&database(sql)?, &what).await?;
    let tables: Vec<_> = found
        .schema
        .tables()
        .iter()
        .map(|table| name(&table.name))
        .collect();
    assert_eq!(tables, ["xsqlx_migrations"], "`_` stands for itself");
    assert_eq!(found.schema.sequences(), []);
    assert_eq!(found.schema.grants(), []);
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn an_empty_database_is_an_empty_schema() -> TestResult {
    let found = found("SELECT 1").await?;
    assert_eq!(found.schema, freehold::Schema::default());
    assert_eq!(found.unsupported, []);
    Ok(())
}
