//! A column as it stands in a statement, and the types that make PostgreSQL compare it as what it is.

use crate::ddl::{self, POSTGRES};
use crate::model::{ScalarType, SqlType};

/// A column as it stands in a statement.
#[derive(Debug)]
pub(crate) struct ColumnText {
    pub(crate) name: String,
    /// The type that a value compared with it is cast to, where PostgreSQL would compare as text otherwise.
    pub(crate) cast: Option<String>,
    /// The type that the column itself is cast to where it is compared, where PostgreSQL has no operators of its own.
    pub(crate) compared_as: Option<String>,
    /// Whether it is read as text, since its own binary form is nobody's.
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

/// Between `citext` or `char(n)` and `text` PostgreSQL chooses the comparison of `text`, and no index of the column serves it; between
/// arrays of different types it has none.
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

/// The type that an array of the Rust type of `element` is cast to, where it is sent as another.
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

/// What a column is cast to where it is compared: PostgreSQL compares no array of a domain with one of the type that it narrows, and a
/// cast of the value to the domain would cut what is too long. `cidr` is an `inet` in the same way.
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

/// A type without its length: a cast to one with would cut a longer value without a word. `bit` has one even where none is written.
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

/// The type that PostgreSQL knows an argument by, which is without length and digits. A cast to `varchar(20)`, or to a domain
/// over it, would cut a longer text without a word: to the domain PostgreSQL goes on by itself, and refuses.
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
