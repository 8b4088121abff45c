use sqlx::error::BoxDynError;
use sqlx::postgres::{PgTypeInfo, PgValueRef, Postgres};
use sqlx::{Decode, Type, ValueRef as _};

use super::ColumnValue;

/// A value that comes from the server: implements sqlx's traits for a [`ColumnValue`].
pub(crate) struct FromSqlx<V>(pub(crate) V);

impl<V: ColumnValue> Type<Postgres> for FromSqlx<V> {
    fn type_info() -> PgTypeInfo {
        V::type_info()
    }

    fn compatible(actual: &PgTypeInfo) -> bool {
        V::compatible(actual)
    }
}

impl<'r, V: ColumnValue> Decode<'r, Postgres> for FromSqlx<V> {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let value = if value.is_null() {
            V::decode_null()
        } else {
            V::decode(value)
        };
        value.map(Self)
    }
}
