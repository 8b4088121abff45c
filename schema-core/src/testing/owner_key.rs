//! Keys of test owners, for each type that an owner key can have.

use super::error::TestingError;
use crate::ddl::POSTGRES;
use crate::model::{Ownership, ScalarType, SchemaDef, SqlType, TableDef};
use crate::query::{Argument, value};

/// The key of an owner.
#[derive(Clone, Debug)]
pub(super) enum OwnerKey {
    #[cfg(feature = "uuid")]
    Uuid(uuid::Uuid),
    SmallInt(i16),
    Integer(i32),
    BigInt(i64),
    Text(String),
}

impl OwnerKey {
    /// The key of owner number `of`, counted from 0, in the type of the schema's owner key.
    pub(super) fn new(schema: &SchemaDef, of: u8) -> Result<Self, TestingError> {
        let mut tables = schema.tables.iter();
        let owners = tables.find(|table| matches!(table.ownership, Ownership::Owner));
        match owners {
            Some(owners) => Self::of_table(owners, of),
            // Without an owner table, any key is valid.
            None => Ok(Self::of_scopes(schema, of)),
        }
    }

    fn of_table(owners: &'static TableDef, of: u8) -> Result<Self, TestingError> {
        let column = owners
            .primary_key
            .columns
            .first()
            .copied()
            .unwrap_or_default();
        let sql_type = owners.column(column).map(|column| column.sql_type);
        let key = sql_type.and_then(|sql_type| Self::of_type(&sql_type, of));
        key.ok_or_else(|| TestingError::NoOwner {
            table: owners.name.name,
            sql_type: sql_type.map_or_else(String::new, |sql_type| {
                POSTGRES.dialect.type_name(&(&sql_type).into()).into_owned()
            }),
        })
    }

    fn of_scopes(schema: &SchemaDef, of: u8) -> Self {
        let keys = schema
            .tables
            .iter()
            .filter_map(|table| match table.ownership {
                Ownership::Scope(column) => Self::of_type(&table.column(column)?.sql_type, of),
                _ => None,
            });
        keys.into_iter().next().unwrap_or(Self::BigInt(of.into()))
    }

    fn of_type(sql_type: &SqlType, of: u8) -> Option<Self> {
        let number = 101 + i16::from(of);
        match sql_type {
            #[cfg(feature = "uuid")]
            SqlType::Scalar(ScalarType::Uuid) => {
                Some(Self::Uuid(uuid::Uuid::from_u128(0xa0 + u128::from(of))))
            }
            SqlType::Scalar(ScalarType::SmallInt) => Some(Self::SmallInt(number)),
            SqlType::Scalar(ScalarType::Integer) => Some(Self::Integer(number.into())),
            SqlType::Scalar(ScalarType::BigInt) => Some(Self::BigInt(number.into())),
            SqlType::Scalar(ScalarType::Text | ScalarType::Varchar(_)) => {
                Some(Self::Text(format!("owner-{of}")))
            }
            SqlType::Domain(def) => Self::of_type(&def.base, of),
            _ => None,
        }
    }

    /// Its text, as in an SQL literal.
    pub(super) fn text(&self) -> String {
        match self {
            #[cfg(feature = "uuid")]
            Self::Uuid(key) => key.to_string(),
            Self::SmallInt(key) => key.to_string(),
            Self::Integer(key) => key.to_string(),
            Self::BigInt(key) => key.to_string(),
            Self::Text(key) => key.clone(),
        }
    }

    /// The key as an argument of its type.
    pub(super) fn argument(&self) -> std::sync::Arc<dyn Argument> {
        match self {
            #[cfg(feature = "uuid")]
            Self::Uuid(key) => value(*key),
            Self::SmallInt(key) => value(*key),
            Self::Integer(key) => value(*key),
            Self::BigInt(key) => value(*key),
            Self::Text(key) => value(key.clone()),
        }
    }
}
