//! Implements `ColumnValue`: with sqlx where it knows the type, otherwise with a similar type.

use sqlx::Decode;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueFormat, PgValueRef, Postgres};

use super::ColumnValue;
use crate::types::{Newtype, TsVector};

/// Implements `ColumnValue` for a type that sqlx can encode and decode.
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
        $crate::__column_value!({$($generics)*} $value, |value, buffer| {
            <$value as $crate::__sqlx::Encode<'_, $crate::__sqlx::Postgres>>::encode_by_ref(value, buffer)
        }, |$from| $decode);
    };
    ({$($generics:tt)*} $value:ty, |$of:ident, $buffer:ident| $encode:expr, |$from:ident| $decode:expr) => {
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
                let ($of, $buffer) = (self, buffer);
                $encode
            }
            fn decode(
                $from: $crate::__sqlx::postgres::PgValueRef<'_>,
            ) -> ::core::result::Result<Self, $crate::__sqlx::error::BoxDynError> {
                $decode
            }
        }
    };
}

/// Implements `ColumnValue` for a value of this many bytes, most significant first. That is the form in which a
/// prepared statement returns it. sqlx reads either form and any width, which takes several times as many instructions.
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

/// Implements `ColumnValue` for a type that is sent as another one.
macro_rules! by_way_of {
    ($value:ty, $other:ty, $to:expr, $from:expr) => {
        #[diagnostic::do_not_recommend]
        impl $crate::ColumnValue for $value {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <$other as $crate::ColumnValue>::type_info()
            }

            fn array_type_info() -> sqlx::postgres::PgTypeInfo {
                <$other as $crate::ColumnValue>::array_type_info()
            }

            fn compatible(actual: &sqlx::postgres::PgTypeInfo) -> bool {
                <$other as $crate::ColumnValue>::compatible(actual)
            }

            fn encode(
                &self,
                buffer: &mut sqlx::postgres::PgArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                let to: fn(&$value) -> Result<$other, sqlx::error::BoxDynError> = $to;
                to(self)?.encode(buffer)
            }

            fn decode(
                value: sqlx::postgres::PgValueRef<'_>,
            ) -> Result<Self, sqlx::error::BoxDynError> {
                let from: fn($other) -> Result<$value, sqlx::error::BoxDynError> = $from;
                from(<$other as $crate::ColumnValue>::decode(value)?)
            }
        }
    };
}
#[cfg(any(feature = "chrono", feature = "time"))]
pub(super) use by_way_of;

of_bytes! {
    bool, 1, |[byte]| byte != 0;
    i16, 2, i16::from_be_bytes;
    i32, 4, i32::from_be_bytes;
    i64, 8, i64::from_be_bytes;
    f32, 4, f32::from_be_bytes;
    f64, 8, f64::from_be_bytes;
}
/// Whether a byte is 0, eight bytes at a time. Most texts are short, and for them the standard library's search takes
/// longer.
fn has_nul(text: &[u8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let in_eight = |bytes: &[u8; 8]| {
        let word = u64::from_ne_bytes(*bytes);
        word.wrapping_sub(ONES) & !word & HIGH != 0
    };
    match text.last_chunk() {
        // The last read overlaps the previous eight bytes if the length is not a multiple of eight.
        Some(last) => text.as_chunks().0.iter().any(in_eight) || in_eight(last),
        None => text.contains(&0),
    }
}

__column_value!({} String, |text, buffer| {
    if has_nul(text.as_bytes()) {
        return Err("a text of PostgreSQL cannot contain NUL; leave it out, or store bytes as `Vec<u8>`".into());
    }
    buffer.extend_from_slice(text.as_bytes());
    Ok(IsNull::No)
}, |value| Ok(std::str::from_utf8(value.as_bytes()?)?.to_owned()));
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
// The statement casts it to text and back, because no Rust type decodes its binary form.
by_way_of!(TsVector, String, |vector| Ok(vector.0.clone()), |text| Ok(
    TsVector(text)
));

#[cfg(feature = "uuid")]
of_bytes! {
    uuid::Uuid, 16, uuid::Uuid::from_bytes;
}
__column_value!(ipnetwork::IpNetwork);

#[cfg(feature = "json")]
mod json {
    use serde::{Serialize, de::DeserializeOwned};

    __column_value!(serde_json::Value);
    __column_value!({T: Serialize + DeserializeOwned + Send + Sync + 'static} crate::types::Json<T>);
    __column_value!({T: Serialize + DeserializeOwned + Send + Sync + 'static} sqlx::types::Json<T>);
}

/// A key or a domain is sent and read as its inner value.
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
