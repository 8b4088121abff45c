//! Arrays. Each element is read and written like the value of a column, so the same values are refused.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{
    PgArgumentBuffer, PgBindIterExt as _, PgHasArrayType, PgTypeInfo, PgValueRef, Postgres,
};
use sqlx::{Decode, Encode, Type};

use super::{AsSqlx, ColumnValue, FromSqlx};
use crate::types::ArrayElement;

#[diagnostic::do_not_recommend]
impl<T> ColumnValue for Vec<T>
where
    T: ArrayElement + ColumnValue + PgHasArrayType,
{
    fn type_info() -> PgTypeInfo {
        <T as ColumnValue>::array_type_info()
    }

    fn array_type_info() -> PgTypeInfo {
        <T as ColumnValue>::array_type_info()
    }

    fn compatible(actual: &PgTypeInfo) -> bool {
        <Self as Type<Postgres>>::compatible(actual)
    }

    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.iter().map(AsSqlx).bind_iter().encode(buffer)
    }

    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        let elements = <Vec<FromSqlx<T>> as Decode<'_, Postgres>>::decode(value)?;
        Ok(elements.into_iter().map(|FromSqlx(value)| value).collect())
    }
}
