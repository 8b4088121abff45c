use super::QualifiedName;
use crate::model::{self, ScalarType};

/// The type of a column, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum SqlType {
    /// A type of the database that needs no other definition.
    Scalar(ScalarType),
    /// An array
    Array(Box<SqlType>),
    /// An enum type of the database
    Enum(QualifiedName),
    /// A domain
    Domain(QualifiedName),
    /// SQL, passed on as written
    Sql(String),
}

impl SqlType {
    /// The type of an array's elements; for other types, the type itself.
    pub fn element(&self) -> &Self {
        match self {
            Self::Array(element) => element.element(),
            other => other,
        }
    }
}

impl From<&model::SqlType> for SqlType {
    fn from(sql_type: &model::SqlType) -> Self {
        match *sql_type {
            model::SqlType::Scalar(scalar) => Self::Scalar(scalar),
            model::SqlType::Array(element) => Self::Array(Box::new(element.into())),
            model::SqlType::Enum(def) => Self::Enum(QualifiedName::new(def.schema, def.name)),
            model::SqlType::Domain(def) => Self::Domain((&def.name).into()),
            model::SqlType::Sql(sql) => Self::Sql(sql.to_owned()),
        }
    }
}
