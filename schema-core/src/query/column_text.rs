//! How a column is written in a statement, and the casts that its comparisons need.

use crate::ddl::{self, POSTGRES};
use crate::model::{ScalarType, SqlType};

/// A column as it is written in a statement.
#[derive(Debug)]
pub(crate) struct ColumnText {
    pub(crate) name: String,
    /// The type that a value compared with it is cast to, where PostgreSQL would otherwise compare both as `text`.
    pub(crate) cast: Option<String>,
    /// The type that the column is cast to in comparisons, where PostgreSQL has no operators for its own type.
    pub(crate) compared_as: Option<String>,
    /// Whether it is read as text, because no Rust type decodes its binary form.
    pub(crate) read_as_text: bool,
}

pub(super) fn column_text(name: &str, sql_type: &SqlType) -> ColumnText {
    ColumnText {
        name: ddl::identifier(name),
        cast: cast(sql_type),
        compared_as: compared_as(sql_type),
        read_as_text: matches!(sql_type, SqlType::Scalar(ScalarType::TsVector)),
    }
}

/// The type that a compared value is cast to. Between `citext` or `char(n)` and `text`, PostgreSQL compares as `text`
/// and uses no index of the column. Between arrays of different types it has no comparison.
fn cast(sql_type: &SqlType) -> Option<String> {
    match sql_type {
        SqlType::Scalar(scalar) => scalar_cast(*scalar).map(str::to_owned),
        SqlType::Array(element) => array_cast(element),
        SqlType::Domain(def) => cast(&def.base),
        // sqlx sends the type's own name.
        SqlType::Enum(_) => None,
        SqlType::Sql(_) => Some(without_length(
            &POSTGRES.dialect.type_name(&sql_type.into()),
        )),
    }
}

fn scalar_cast(scalar: ScalarType) -> Option<&'static str> {
    matches!(
        scalar,
        ScalarType::Citext | ScalarType::Char(_) | ScalarType::TsVector
    )
    .then(|| scalar.catalog_name())
}

/// The type that an array is cast to, if the Rust type of `element` is sent as another type.
fn array_cast(element: &SqlType) -> Option<String> {
    match element {
        SqlType::Scalar(ScalarType::Varchar(_)) => Some("varchar[]".to_owned()),
        SqlType::Scalar(scalar) => scalar_cast(*scalar).map(|cast| format!("{cast}[]")),
        SqlType::Array(element) => array_cast(element),
        SqlType::Domain(def) => array_cast(&def.base),
        SqlType::Enum(_) => None,
        SqlType::Sql(_) => cast(element).map(|cast| format!("{cast}[]")),
    }
}

/// The type that a column is cast to in comparisons. PostgreSQL does not compare an array of a domain with an array of
/// the domain's base type, and a cast of the value to the domain would cut a long value. `cidr` and `inet` behave
/// alike.
fn compared_as(sql_type: &SqlType) -> Option<String> {
    match sql_type {
        SqlType::Array(element) => match &**element {
            SqlType::Domain(def) => Some(format!("{}[]", argument_type(&def.base))),
            SqlType::Scalar(ScalarType::Cidr) => Some("inet[]".to_owned()),
            SqlType::Scalar(_) | SqlType::Array(_) | SqlType::Enum(_) | SqlType::Sql(_) => None,
        },
        SqlType::Domain(def) => compared_as(&def.base),
        SqlType::Scalar(_) | SqlType::Enum(_) | SqlType::Sql(_) => None,
    }
}

/// A type without its length: a cast with a length would silently cut a longer value. `bit` without a length is
/// `bit(1)`.
pub(crate) fn without_length(sql_type: &str) -> String {
    let (Some(start), Some(end)) = (sql_type.find('('), sql_type.find(')')) else {
        return sql_type.to_owned();
    };
    match sql_type[..start].trim_end().to_ascii_lowercase().as_str() {
        "bit" => sql_type.to_owned(),
        "char" | "character" => "bpchar".to_owned(),
        word => format!("{word}{}", &sql_type[end + 1..]),
    }
}

/// The type of an argument, without length and digits. A cast to `varchar(20)`, or to a domain over it, would silently
/// cut a longer text. From the base type PostgreSQL converts to the domain on its own, and rejects a value that is too
/// long.
pub(crate) fn argument_type(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Scalar(ScalarType::Char(_)) => "bpchar".to_owned(),
        SqlType::Scalar(scalar) => scalar.word().to_owned(),
        SqlType::Array(element) => format!("{}[]", argument_type(element)),
        SqlType::Domain(def) => argument_type(&def.base),
        SqlType::Enum(_) | SqlType::Sql(_) => {
            POSTGRES.dialect.type_name(&sql_type.into()).into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DomainDef, TableName};

    #[test]
    fn no_cast_can_cut_a_value() {
        const DOMAIN: DomainDef = DomainDef::new(
            TableName::new(None, "short"),
            SqlType::Scalar(ScalarType::Varchar(Some(3))),
        );
        const DIGITS: ScalarType = ScalarType::Numeric(Some((5, 2)));
        const TYPES: &[(SqlType, &str)] = &[
            (SqlType::Scalar(ScalarType::Varchar(Some(3))), "varchar"),
            (SqlType::Scalar(ScalarType::Char(3)), "bpchar"),
            (SqlType::Scalar(DIGITS), "numeric"),
            (SqlType::Domain(&DOMAIN), "varchar"),
            (SqlType::Array(&SqlType::Domain(&DOMAIN)), "varchar[]"),
        ];
        for (sql_type, cast) in TYPES {
            assert_eq!(argument_type(sql_type), *cast);
        }
    }
}
