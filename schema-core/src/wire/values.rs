//! Which types are values, and how: by sqlx where it knows both ways, by a neighbour where it does not.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef, Postgres};
use sqlx::{Decode, Encode, Type};

use super::ColumnValue;
use crate::types::{ArrayElement, TsVector};

/// A value that sqlx knows both ways.
#[doc(hidden)]
#[macro_export]
macro_rules! __column_value {
    ($value:ty) => { $crate::__column_value!({} $value); };
    ({$($generics:tt)*} $value:ty) => {
        impl<$($generics)*> $crate::ColumnValue for $value {
            fn type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$value as $crate::__sqlx::Type<$crate::__sqlx::Postgres>>::type_info()
            }
            fn array_type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$value as $crate::__sqlx::postgres::PgHasArrayType>::array_type_info()
            }
            fn compatible(
                actual: &$crate::__sqlx::postgres::PgTypeInfo,
            ) -> ::core::primitive::bool {
                <$value as $crate::__sqlx::Type<$crate::__sqlx::Postgres>>::compatible(actual)
            }
            fn produces(
                &self,
            ) -> ::core::option::Option<$crate::__sqlx::postgres::PgTypeInfo> {
                <$value as $crate::__sqlx::Encode<'_, $crate::__sqlx::Postgres>>::produces(self)
            }
            fn encode(
                &self,
                buffer: &mut $crate::__sqlx::postgres::PgArgumentBuffer,
            ) -> ::core::result::Result<
                $crate::__sqlx::encode::IsNull,
                $crate::__sqlx::error::BoxDynError,
            > {
                <$value as $crate::__sqlx::Encode<'_, $crate::__sqlx::Postgres>>::encode_by_ref(
                    self, buffer,
                )
            }
            fn decode(
                value: $crate::__sqlx::postgres::PgValueRef<'_>,
            ) -> ::core::result::Result<Self, $crate::__sqlx::error::BoxDynError> {
                <$value as $crate::__sqlx::Decode<'_, $crate::__sqlx::Postgres>>::decode(value)
            }
        }
    };
}

/// A value that goes as another one.
macro_rules! by_way_of {
    ($value:ty, $other:ty, $to:expr, $from:expr) => {
        #[diagnostic::do_not_recommend]
        impl ColumnValue for $value {
            fn type_info() -> PgTypeInfo {
                <$other as Type<Postgres>>::type_info()
            }

            fn array_type_info() -> PgTypeInfo {
                <$other as PgHasArrayType>::array_type_info()
            }

            fn compatible(actual: &PgTypeInfo) -> bool {
                <$other as Type<Postgres>>::compatible(actual)
            }

            fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let to: fn(&$value) -> Result<$other, BoxDynError> = $to;
                <$other as Encode<'_, Postgres>>::encode_by_ref(&to(self)?, buffer)
            }

            fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
                let from: fn($other) -> Result<$value, BoxDynError> = $from;
                from(<$other as Decode<'_, Postgres>>::decode(value)?)
            }
        }
    };
}

__column_value!(bool);
__column_value!(i16);
__column_value!(i32);
__column_value!(i64);
__column_value!(f32);
__column_value!(f64);
__column_value!(String);
__column_value!(Vec<u8>);
__column_value!(std::net::IpAddr);
__column_value!(sqlx::postgres::types::PgInterval);
by_way_of!(Box<str>, String, |text| Ok(String::from(&**text)), |text| {
    Ok(text.into())
});
by_way_of!(
    std::borrow::Cow<'static, str>,
    String,
    |text| Ok(String::from(&**text)),
    |text| Ok(text.into())
);
// The statement casts it to text and back, since PostgreSQL's binary form of it is its own.
by_way_of!(TsVector, String, |vector| Ok(vector.0.clone()), |text| Ok(
    TsVector(text)
));

#[cfg(feature = "uuid")]
__column_value!(uuid::Uuid);
#[cfg(feature = "decimal")]
__column_value!(rust_decimal::Decimal);
__column_value!(ipnetwork::IpNetwork);

#[cfg(feature = "json")]
mod json {
    use serde::{Serialize, de::DeserializeOwned};

    __column_value!(serde_json::Value);
    __column_value!({T: Serialize + DeserializeOwned + Send + Sync + 'static} crate::types::Json<T>);
    __column_value!({T: Serialize + DeserializeOwned + Send + Sync + 'static} sqlx::types::Json<T>);
}

#[cfg(feature = "chrono")]
mod chrono {
    use super::{
        BoxDynError, ColumnValue, Decode, Encode, IsNull, PgArgumentBuffer, PgHasArrayType,
        PgTypeInfo, PgValueRef, Postgres, Type, microseconds,
    };
    use ::chrono::{
        DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc,
    };
    use sqlx::postgres::types::PgInterval;

    __column_value!(NaiveDate);
    __column_value!(NaiveTime);
    __column_value!(NaiveDateTime);
    __column_value!(DateTime<Utc>);
    __column_value!(DateTime<Local>);
    __column_value!(DateTime<FixedOffset>);
    by_way_of!(
        TimeDelta,
        PgInterval,
        |delta| PgInterval::try_from(*delta),
        |interval| microseconds(&interval).map(TimeDelta::microseconds)
    );
}

#[cfg(feature = "time")]
mod time {
    use super::{
        BoxDynError, ColumnValue, Decode, Encode, IsNull, PgArgumentBuffer, PgHasArrayType,
        PgTypeInfo, PgValueRef, Postgres, Type, microseconds,
    };
    use ::time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};
    use sqlx::postgres::types::PgInterval;

    __column_value!(Date);
    __column_value!(Time);
    __column_value!(PrimitiveDateTime);
    __column_value!(OffsetDateTime);
    by_way_of!(
        Duration,
        PgInterval,
        |delta| PgInterval::try_from(*delta),
        |interval| microseconds(&interval).map(Duration::microseconds)
    );
}

/// The length of an interval. A month has none.
#[cfg(any(feature = "chrono", feature = "time"))]
fn microseconds(interval: &sqlx::postgres::types::PgInterval) -> Result<i64, BoxDynError> {
    const OF_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;
    if interval.months != 0 {
        return Err(
            "an interval with months has no fixed length; read it as `PgInterval`, which keeps months, days and microseconds apart".into(),
        );
    }
    i64::from(interval.days)
        .checked_mul(OF_A_DAY)
        .and_then(|days| days.checked_add(interval.microseconds))
        .ok_or_else(|| "the interval is too long; read it as `PgInterval`".into())
}

#[diagnostic::do_not_recommend]
impl<T> ColumnValue for Vec<T>
where
    T: ArrayElement + PgHasArrayType + Type<Postgres> + Send + Sync,
    T: for<'q> Encode<'q, Postgres> + for<'r> Decode<'r, Postgres>,
{
    fn type_info() -> PgTypeInfo {
        T::array_type_info()
    }

    fn array_type_info() -> PgTypeInfo {
        T::array_type_info()
    }

    fn compatible(actual: &PgTypeInfo) -> bool {
        <Self as Type<Postgres>>::compatible(actual)
    }

    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <Self as Encode<'_, Postgres>>::encode_by_ref(self, buffer)
    }

    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        <Self as Decode<'_, Postgres>>::decode(value)
    }
}
