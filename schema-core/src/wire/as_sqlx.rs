use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, Postgres};
use sqlx::{Encode, Type};

use super::ColumnValue;

/// A value that cannot be sent, because PostgreSQL cannot store it.
///
/// Examples: a leap second, a date out of range, a text with a NUL.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be sent to the server", self.what())]
pub struct EncodeError {
    column: Option<String>,
    source: BoxDynError,
}

impl EncodeError {
    /// The error of a value for this column; `None` if the value is not for a column.
    pub(crate) fn new(column: Option<&str>, source: BoxDynError) -> Self {
        Self {
            column: column.map(str::to_owned),
            source,
        }
    }

    /// The column that the value was set to or compared with. `None` if it was not used with a column.
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

/// A value that is sent to the server: implements sqlx's traits for a [`ColumnValue`].
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
