//! Types of columns, as they are printed and read back.

use freehold::Postgres;
use freehold::ddl::Types as _;
use freehold::ir::{SqlType, Table};
use freehold::model::ScalarType;

use freehold_test_support::Server;
use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::{TestResult, found};

const SCALARS: &[ScalarType] = &[
    ScalarType::Boolean,
    ScalarType::SmallInt,
    ScalarType::Integer,
    ScalarType::BigInt,
    ScalarType::Real,
    ScalarType::DoublePrecision,
    ScalarType::Numeric(None),
    ScalarType::Numeric(Some((12, 0))),
    ScalarType::Numeric(Some((10, 2))),
    ScalarType::Numeric(Some((1000, 1000))),
    ScalarType::Text,
    ScalarType::Varchar(None),
    ScalarType::Varchar(Some(1)),
    ScalarType::Varchar(Some(10_485_760)),
    ScalarType::Char(1),
    ScalarType::Char(36),
    ScalarType::Citext,
    ScalarType::Bytea,
    ScalarType::Uuid,
    ScalarType::Date,
    ScalarType::Time,
    ScalarType::Timestamp,
    ScalarType::TimestampTz,
    ScalarType::Interval,
    ScalarType::Json,
    ScalarType::Jsonb,
    ScalarType::Inet,
    ScalarType::Cidr,
    ScalarType::TsVector,
];

/// Fails to compile for a new scalar: add it here and to the list, so that it is tested.
fn is_listed(scalar: ScalarType) -> bool {
    match scalar {
        ScalarType::Boolean
        | ScalarType::SmallInt
        | ScalarType::Integer
        | ScalarType::BigInt
        | ScalarType::Real
        | ScalarType::DoublePrecision
        | ScalarType::Numeric(_)
        | ScalarType::Text
        | ScalarType::Varchar(_)
        | ScalarType::Char(_)
        | ScalarType::Citext
        | ScalarType::Bytea
        | ScalarType::Uuid
        | ScalarType::Date
        | ScalarType::Time
        | ScalarType::Timestamp
        | ScalarType::TimestampTz
        | ScalarType::Interval
        | ScalarType::Json
        | ScalarType::Jsonb
        | ScalarType::Inet
        | ScalarType::Cidr
        | ScalarType::TsVector => SCALARS.contains(&scalar),
    }
}

fn types(table: &Table) -> Vec<SqlType> {
    table
        .columns
        .iter()
        .map(|column| column.sql_type.clone())
        .collect()
}

/// A table with a column of each type.
fn create(types: &[SqlType]) -> String {
    let columns = types.iter().enumerate();
    let columns: Vec<_> = columns
        .map(|(at, sql_type)| format!("c{at} {}", Postgres.type_name(sql_type)))
        .collect();
    format!("CREATE TABLE t ({})", columns.join(", "))
}

#[tokio::test]
async fn every_scalar_is_read_back() -> TestResult {
    assert!(is_listed(ScalarType::Boolean));
    let wanted: Vec<_> = SCALARS.iter().copied().map(SqlType::Scalar).collect();
    let sql = format!("CREATE EXTENSION citext; {}", create(&wanted));
    let found = found(&sql).await?;
    assert_eq!(types(&found.schema.tables()[0]), wanted);
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn an_array_of_every_scalar_is_read_back() -> TestResult {
    let array = |scalar| SqlType::Array(Box::new(SqlType::Scalar(scalar)));
    let wanted: Vec<_> = SCALARS.iter().copied().map(array).collect();
    let sql = format!("CREATE EXTENSION citext; {}", create(&wanted));
    assert_eq!(types(&found(&sql).await?.schema.tables()[0]), wanted);
    Ok(())
}

/// Whether all comparisons of a type with itself are leakproof.
const LEAKPROOF: &str = "
    SELECT coalesce(bool_and(p.proleakproof), false)
    FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
    WHERE o.oprleft = $1::regtype AND o.oprright = o.oprleft AND o.oprname IN ('=', '<', '<=', '>', '>=')
        OR o.oprleft = 'text'::regtype AND o.oprright = o.oprleft AND $1 = 'varchar' AND o.oprname IN ('=', '<', '<=', '>', '>=')
        OR o.oprleft = 'inet'::regtype AND o.oprright = o.oprleft AND $1 = 'cidr' AND o.oprname IN ('=', '<', '<=', '>', '>=')";

#[tokio::test]
async fn a_type_is_leakproof_if_the_server_marks_it() -> TestResult {
    let database = Server::shared().create_database("leakproof")?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    connection.execute("CREATE EXTENSION citext").await?;
    for scalar in ScalarType::ALL {
        let name = scalar.catalog_name();
        let is_leakproof: bool = sqlx::query_scalar(LEAKPROOF)
            .bind(name)
            .fetch_one(&mut connection)
            .await?;
        assert_eq!(scalar.is_leakproof(), is_leakproof, "`{name}`");
    }
    Ok(())
}

#[tokio::test]
async fn citext_is_read_in_the_schema_of_its_extension() -> TestResult {
    let sql =
        "CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE TABLE t (a ext.citext)";
    let found = found(sql).await?;
    assert_eq!(
        types(&found.schema.tables()[0]),
        [SqlType::Scalar(ScalarType::Citext)]
    );
    let extension = &found.schema.extensions()[0];
    assert_eq!(extension.schema.as_deref(), Some("ext"));
    Ok(())
}

#[tokio::test]
async fn enums_and_domains_are_named_and_other_types_are_sql() -> TestResult {
    let sql = "
        CREATE SCHEMA app;
        CREATE TYPE app.mood AS ENUM ('sad', 'ok');
        CREATE DOMAIN email AS varchar(255) CONSTRAINT has_at CHECK (VALUE LIKE '%@%');
        COMMENT ON DOMAIN email IS 'An address.';
        CREATE TYPE pair AS (a integer, b integer);
        CREATE TABLE t (a app.mood, b app.mood[], c email, d email[], e timestamptz(3), f interval(0),
            g bit(3), h point, i int4range, j pair, k \"char\", l bpchar, m numeric(3, -2)[], n time(3)[])";
    let found = found(sql).await?;
    let written: Vec<_> = types(&found.schema.tables()[0])
        .iter()
        .map(|sql_type| match sql_type {
            SqlType::Sql(text) => format!("sql {text}"),
            SqlType::Enum(name) => format!("enum {:?}.{}", name.schema, name.name),
            SqlType::Domain(name) => format!("domain {:?}.{}", name.schema, name.name),
            other => Postgres.type_name(other).into_owned(),
        })
        .collect();
    assert_eq!(
        written,
        [
            "enum Some(\"app\").mood",
            "app.mood[]",
            "domain None.email",
            "email[]",
            "sql timestamp(3) with time zone",
            "sql interval(0)",
            "sql bit(3)",
            "sql point",
            "sql int4range",
            "sql public.pair",
            "sql \"char\"",
            "sql bpchar",
            "numeric(3, -2)[]",
            "sql time(3) without time zone[]",
        ]
    );
    let domain = &found.schema.domains()[0];
    assert_eq!(domain.base, SqlType::Scalar(ScalarType::Varchar(Some(255))));
    assert_eq!(domain.comment.as_deref(), Some("An address."));
    assert_eq!(domain.checks[0].name, "has_at");
    Ok(())
}
