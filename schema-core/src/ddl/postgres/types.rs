use std::borrow::Cow;

use super::Postgres;
use crate::ddl::printer::Printer;
use crate::ir::SqlType;
use crate::model::{ScalarKind, ScalarType};

/// The name of a type, as in `CREATE TABLE`.
pub(super) fn name(dialect: Postgres, sql_type: &SqlType) -> Cow<'static, str> {
    match sql_type {
        SqlType::Scalar(scalar) => scalar_name(*scalar),
        SqlType::Array(element) => format!("{}[]", name(dialect, element)).into(),
        SqlType::Enum(type_name) | SqlType::Domain(type_name) => {
            Printer::new(&dialect).qualified(type_name).into()
        }
        SqlType::Sql(sql) => sql.clone().into(),
    }
}

/// Whether the empty text is or may be a value of the type.
pub(super) fn may_be_empty(sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Scalar(scalar) => matches!(scalar.kind(), ScalarKind::Text | ScalarKind::Bytes),
        SqlType::Sql(_) => true,
        SqlType::Array(_) | SqlType::Enum(_) | SqlType::Domain(_) => false,
    }
}

fn scalar_name(scalar: ScalarType) -> Cow<'static, str> {
    match scalar {
        ScalarType::Numeric(Some((precision, scale))) => {
            format!("numeric({precision}, {scale})").into()
        }
        ScalarType::Varchar(Some(length)) => format!("varchar({length})").into(),
        ScalarType::Char(length) => format!("char({length})").into(),
        other => other.word().into(),
    }
}
