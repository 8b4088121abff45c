use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, Postgres};
use sqlx::{Encode, Type};

use super::ColumnValue;

/// A value on its way to the server: what sqlx asks of one, by way of [`ColumnValue`].
pub(crate) struct Sent<'a, V>(pub(crate) &'a V);

impl<V: ColumnValue> Type<Postgres> for Sent<'_, V> {
    fn type_info() -> PgTypeInfo {
        V::type_info()
    }
}

impl<V: ColumnValue> PgHasArrayType for Sent<'_, V> {
    fn array_type_info() -> PgTypeInfo {
        V::array_type_info()
    }
}

impl<V: ColumnValue> Encode<'_, Postgres> for Sent<'_, V> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.0.encode(buffer)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        self.0.produces()
    }
}
