use std::borrow::Cow;

use super::Postgres;
use crate::ddl::printer::Printer;
use crate::ir::SqlType;

/// The name of a type, as `CREATE TABLE` takes it.
pub(super) fn name(dialect: Postgres, sql_type: &SqlType) -> Cow<'static, str> {
    match sql_type {
        SqlType::Boolean => "boolean".into(),
        SqlType::SmallInt => "smallint".into(),
        SqlType::Integer => "integer".into(),
        SqlType::BigInt => "bigint".into(),
        SqlType::Real => "real".into(),
        SqlType::DoublePrecision => "double precision".into(),
        SqlType::Numeric(None) => "numeric".into(),
        SqlType::Numeric(Some((precision, scale))) => {
            format!("numeric({precision}, {scale})").into()
        }
        SqlType::Text => "text".into(),
        SqlType::Varchar(None) => "varchar".into(),
        SqlType::Varchar(Some(length)) => format!("varchar({length})").into(),
        SqlType::Char(length) => format!("char({length})").into(),
        SqlType::Citext => "citext".into(),
        SqlType::Bytea => "bytea".into(),
        SqlType::Uuid => "uuid".into(),
        SqlType::Date => "date".into(),
        SqlType::Time => "time".into(),
        SqlType::Timestamp => "timestamp".into(),
        SqlType::TimestampTz => "timestamptz".into(),
        SqlType::Interval => "interval".into(),
        SqlType::Json => "json".into(),
        SqlType::Jsonb => "jsonb".into(),
        SqlType::Inet => "inet".into(),
        SqlType::Cidr => "cidr".into(),
        SqlType::TsVector => "tsvector".into(),
        SqlType::Array(element) => format!("{}[]", name(dialect, element)).into(),
        SqlType::Enum(enum_name) => Printer::new(&dialect).qualified(enum_name).into(),
        SqlType::Sql(sql) => sql.clone().into(),
    }
}
