//! Types, and values of them.

use freehold::model::{Expr, ScalarType};

use super::columns::Kind;

pub(super) const SCALARS: &[ScalarType] = &[
    ScalarType::Boolean,
    ScalarType::SmallInt,
    ScalarType::Integer,
    ScalarType::BigInt,
    ScalarType::Real,
    ScalarType::DoublePrecision,
    ScalarType::Numeric(None),
    ScalarType::Numeric(Some((10, 2))),
    ScalarType::Numeric(Some((12, 2))),
    ScalarType::Text,
    ScalarType::Varchar(Some(20)),
    ScalarType::Varchar(Some(200)),
    ScalarType::Varchar(None),
    ScalarType::Char(8),
    ScalarType::Bytea,
    ScalarType::Uuid,
    ScalarType::Date,
    ScalarType::Time,
    ScalarType::Timestamp,
    ScalarType::TimestampTz,
    ScalarType::Interval,
    ScalarType::Jsonb,
    ScalarType::Inet,
    ScalarType::Cidr,
];

/// Types for which the crate has no word, each with a value. The last one belongs to an extension.
pub(super) const WRITTEN: &[(&str, &str)] = &[
    ("macaddr", "08:00:2b:01:02:03"),
    ("int4range", "[1,5)"),
    ("timestamptz(3)", "2026-01-31 12:30:00+00"),
    ("varchar(40)", "word"),
    ("DOUBLE PRECISION", "1.5"),
    ("macaddr[]", "{08:00:2b:01:02:03}"),
    ("hstore", "\"a\"=>\"1\""),
];

pub(super) const LABELS: &[&str] = &["todo", "doing", "done", "on hold", "it's", "Zurück", "lost"];

/// The text of a value of the type, as SQL has it between quotes and as a default is written.
pub(crate) fn sample(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::Boolean => "true",
        ScalarType::SmallInt | ScalarType::Integer | ScalarType::BigInt => "7",
        ScalarType::Real | ScalarType::DoublePrecision => "1.5",
        ScalarType::Numeric(_) => "2.50",
        ScalarType::Bytea => "\\x0a",
        ScalarType::Uuid => "00000000-0000-0000-0000-000000000001",
        ScalarType::Date => "2026-01-31",
        ScalarType::Time => "12:30:00",
        ScalarType::Timestamp => "2026-01-31 12:30:00",
        ScalarType::TimestampTz => "2026-01-31 12:30:00+00",
        ScalarType::Interval => "1 day",
        ScalarType::Json | ScalarType::Jsonb => "{\"a\": 1}",
        ScalarType::Inet | ScalarType::Cidr => "10.0.0.0/8",
        ScalarType::TsVector => "a",
        _ => "word",
    }
}

pub(super) fn default_of(kind: &Kind) -> Option<Expr> {
    Some(match kind {
        Kind::Scalar(ScalarType::Boolean) => Expr::Bool(true),
        Kind::Scalar(ScalarType::SmallInt | ScalarType::Integer | ScalarType::BigInt) => {
            Expr::Number("7")
        }
        Kind::Scalar(ScalarType::Numeric(_) | ScalarType::DoublePrecision) => Expr::Number("2.50"),
        Kind::Scalar(ScalarType::Uuid) => Expr::Call("gen_random_uuid", &[]),
        Kind::Scalar(ScalarType::TimestampTz | ScalarType::Timestamp) => Expr::Call("now", &[]),
        Kind::Scalar(ScalarType::Date) => Expr::Keyword("CURRENT_DATE"),
        Kind::Scalar(scalar) => Expr::Text(sample(*scalar)),
        Kind::Array(_) | Kind::Domains(_) => Expr::Text("{}"),
        Kind::Sql(_, value) => Expr::Text(value),
        Kind::TextEnum(labels) => Expr::Text(labels[0]),
        _ => return None,
    })
}
