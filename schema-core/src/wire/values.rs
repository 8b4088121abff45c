//! Which types are values, and how: by sqlx where it knows both ways, by a neighbour where it does not.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{
    PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueFormat, PgValueRef, Postgres,
};
use sqlx::{Decode, Encode, Type};

use super::ColumnValue;
use crate::types::{ArrayElement, Newtype, TsVector};

/// A value that sqlx knows both ways.
#[doc(hidden)]
#[macro_export]
macro_rules! __column_value {
    ($value:ty) => { $crate::__column_value!({} $value); };
    ({$($generics:tt)*} $value:ty) => {
        $crate::__column_value!({$($generics)*} $value, |value| {
            <$value as $crate::__sqlx::Decode<'_, $crate::__sqlx::Postgres>>::decode(value)
        });
    };
    ({$($generics:tt)*} $value:ty, |$from:ident| $decode:expr) => {
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
                $from: $crate::__sqlx::postgres::PgValueRef<'_>,
            ) -> ::core::result::Result<Self, $crate::__sqlx::error::BoxDynError> {
                $decode
            }
        }
    };
}

/// A value of so many bytes, most significant first: what a statement that was prepared gives back. sqlx reads it in either form and
/// of any width, which takes several times as many instructions.
macro_rules! of_bytes {
    ($($value:ty, $width:literal, $read:expr;)*) => { $(
        __column_value!({} $value, |value| {
            let read: fn([u8; $width]) -> $value = $read;
            match <[u8; $width]>::try_from(value.as_bytes()?) {
                Ok(bytes) if value.format() == PgValueFormat::Binary => Ok(read(bytes)),
                _ => <$value as Decode<'_, Postgres>>::decode(value),
            }
        });
    )* };
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

of_bytes! {
    bool, 1, |[byte]| byte != 0;
    i16, 2, i16::from_be_bytes;
    i32, 4, i32::from_be_bytes;
    i64, 8, i64::from_be_bytes;
    f32, 4, f32::from_be_bytes;
    f64, 8, f64::from_be_bytes;
}
__column_value!({} String, |value| Ok(std::str::from_utf8(value.as_bytes()?)?.to_owned()));
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
of_bytes! {
    uuid::Uuid, 16, uuid::Uuid::from_bytes;
}
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
        PgTypeInfo, PgValueFormat, PgValueRef, Postgres, Type, microseconds,
    };
    use ::chrono::{
        DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc,
    };
    use sqlx::postgres::types::PgInterval;

    __column_value!(NaiveDate);
    __column_value!(NaiveTime);
    __column_value!(NaiveDateTime);
    __column_value!({} DateTime<Utc>, |value| {
        let microseconds = value
            .as_bytes()
            .ok()
            .filter(|_| value.format() == PgValueFormat::Binary)
            .and_then(|bytes| <[u8; 8]>::try_from(bytes).ok())
            .and_then(|bytes| i64::from_be_bytes(bytes).checked_add(EPOCH));
        match microseconds.and_then(DateTime::from_timestamp_micros) {
            Some(time) => Ok(time),
            None => <Self as Decode<'_, Postgres>>::decode(value),
        }
    });
    __column_value!(DateTime<Local>);
    __column_value!(DateTime<FixedOffset>);
    /// The first day of 2000, from which PostgreSQL counts, in microseconds from that of 1970.
    const EPOCH: i64 = 946_684_800_000_000;

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

/// A key and a domain are what is inside.
#[diagnostic::do_not_recommend]
impl<N> ColumnValue for N
where
    N: Newtype + From<N::Inner> + Send + Sync + 'static,
    N::Inner: ColumnValue,
{
    fn type_info() -> PgTypeInfo {
        N::Inner::type_info()
    }

    fn array_type_info() -> PgTypeInfo {
        N::Inner::array_type_info()
    }

    fn compatible(actual: &PgTypeInfo) -> bool {
        N::Inner::compatible(actual)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        self.as_inner().produces()
    }

    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.as_inner().encode(buffer)
    }

    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        N::Inner::decode(value).map(Self::from)
    }
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
