use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, Postgres};
use sqlx::{Encode, Type};

use super::ColumnValue;

/// A value that cannot be sent, since PostgreSQL holds none like it: a leap second, a date too far away, a text with a NUL.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be sent to the server", self.what())]
pub struct EncodeError {
    column: Option<String>,
    source: BoxDynError,
}

impl EncodeError {
    /// Of a value for the column, where it is one of a column.
    pub(crate) fn new(column: Option<&str>, source: BoxDynError) -> Self {
        Self {
            column: column.map(str::to_owned),
            source,
        }
    }

    /// The column that the value is set to or compared with, where it is a column.
    pub fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    fn what(&self) -> String {
        match &self.column {
            Some(column) => format!("a value of column `{column}`"),
            None => "a value".to_owned(),
        }
    }
}

/// A value on its way to the server: what sqlx asks of one, by way of [`ColumnValue`].
pub(crate) struct AsSqlx<'a, V>(pub(crate) &'a V);

impl<V: ColumnValue> Type<Postgres> for AsSqlx<'_, V> {
    fn type_info() -> PgTypeInfo {
        V::type_info()
    }
}

impl<V: ColumnValue> PgHasArrayType for AsSqlx<'_, V> {
    fn array_type_info() -> PgTypeInfo {
        V::array_type_info()
    }
}

impl<V: ColumnValue> Encode<'_, Postgres> for AsSqlx<'_, V> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.0.encode(buffer)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        self.0.produces()
    }
}
