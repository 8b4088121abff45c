use super::literal::{BooleanLiteral, FractionLiteral, IntegerLiteral, TextLiteral};
use super::stored_as::word;
use super::{ArrayElement, SerialInteger, SqlValue, StoredAs};
use crate::model::{ScalarType, SqlType};

// Without `do_not_recommend`, rustc would list the impls of these macros and their lines in each error. The messages of
// the traits already tell the user what to write.

/// Takes the generic parameters of the impl, a Rust type, its SQL type, its possible type words, and its other traits.
macro_rules! scalar {
    ($generics:tt $rust:ty, $sql:ident $(($argument:expr))?, [$($word:ident),*], [$($also:ident),*]) => {
        scalar!(@value $generics $rust, ScalarType::$sql $(($argument))?);
        $(scalar!(@stored $generics $rust, $word);)*
        $(scalar!(@also $generics $rust, $also);)*
    };
    (@value {$($generics:tt)*} $rust:ty, $sql:expr) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> SqlValue for $rust {
            type Base = Self;
            const TYPE: SqlType = SqlType::Scalar($sql);
        }
    };
    (@stored {$($generics:tt)*} $rust:ty, $word:ident) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> StoredAs<word::$word> for $rust {}
    };
    (@also {$($generics:tt)*} $rust:ty, $also:ident) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> $also for $rust {}
    };
}

macro_rules! integer {
    ($rust:ty, $sql:ident, $word:ident) => {
        scalar!({} $rust, $sql, [$word], [ArrayElement, SerialInteger]);

        #[diagnostic::do_not_recommend]
        impl IntegerLiteral for $rust {
            const MIN: i128 = <$rust>::MIN as i128;
            const MAX: i128 = <$rust>::MAX as i128;
        }
    };
}

/// For types that also hold fractions: any whole number can be their default.
macro_rules! any_integer {
    ($($rust:ty)*) => {
        $(#[diagnostic::do_not_recommend]
        impl IntegerLiteral for $rust {
            const MIN: i128 = i128::MIN;
            const MAX: i128 = i128::MAX;
        })*
    };
}

scalar!({} bool, Boolean, [boolean], [ArrayElement, BooleanLiteral]);
integer!(i16, SmallInt, smallint);
integer!(i32, Integer, integer);
integer!(i64, BigInt, bigint);
scalar!({} f32, Real, [real], [ArrayElement, FractionLiteral]);
scalar!({} f64, DoublePrecision, [double], [ArrayElement, FractionLiteral]);
any_integer!(f32 f64);
scalar!({} String, Text, [text, varchar, char, citext], [ArrayElement, TextLiteral]);
scalar!({} Box<str>, Text, [text, varchar, char, citext], [ArrayElement, TextLiteral]);
scalar!({'a} &'a str, Text, [text, varchar, char, citext], [TextLiteral]);
scalar!({'a} std::borrow::Cow<'a, str>, Text, [text, varchar, char, citext], [TextLiteral]);
scalar!({} Vec<u8>, Bytea, [bytea], [ArrayElement]);
scalar!({} std::net::IpAddr, Inet, [inet], [ArrayElement, TextLiteral]);
scalar!({} super::TsVector, TsVector, [tsvector], []);

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> TextLiteral for Vec<T> {}

#[cfg(feature = "uuid")]
scalar!({} uuid::Uuid, Uuid, [uuid], [ArrayElement, TextLiteral]);

#[cfg(feature = "decimal")]
scalar!({} rust_decimal::Decimal, Numeric(None), [numeric], [ArrayElement, FractionLiteral]);
#[cfg(feature = "decimal")]
any_integer!(rust_decimal::Decimal);

#[cfg(feature = "ipnetwork")]
scalar!({} ipnetwork::IpNetwork, Inet, [inet, cidr], [ArrayElement, TextLiteral]);

#[cfg(feature = "json")]
scalar!({} serde_json::Value, Jsonb, [json, jsonb], [ArrayElement, TextLiteral]);
#[cfg(feature = "json")]
scalar!({T} super::Json<T>, Jsonb, [json, jsonb], [TextLiteral]);

#[cfg(feature = "chrono")]
mod chrono {
    use super::{ArrayElement, ScalarType, SqlType, SqlValue, StoredAs, TextLiteral, word};
    use crate::types::Timestamp;
    use ::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};

    scalar!({} NaiveDate, Date, [date], [ArrayElement, TextLiteral]);
    scalar!({} NaiveTime, Time, [time], [ArrayElement, TextLiteral]);
    scalar!({} NaiveDateTime, Timestamp, [timestamp], [ArrayElement, TextLiteral, Timestamp]);
    scalar!({Tz: TimeZone} DateTime<Tz>, TimestampTz, [timestamptz], [TextLiteral, Timestamp]);
    scalar!({} TimeDelta, Interval, [interval], [ArrayElement, TextLiteral]);

    #[diagnostic::do_not_recommend]
    impl<Tz: TimeZone + 'static> ArrayElement for DateTime<Tz> {}
}

#[cfg(feature = "postgres")]
scalar!({} sqlx::postgres::types::PgInterval, Interval, [interval], [ArrayElement, TextLiteral]);
#[cfg(all(feature = "postgres", feature = "json"))]
scalar!({T} sqlx::types::Json<T>, Jsonb, [json, jsonb], [TextLiteral]);

#[cfg(feature = "time")]
mod time {
    use super::{ArrayElement, ScalarType, SqlType, SqlValue, StoredAs, TextLiteral, word};
    use crate::types::Timestamp;
    use ::time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

    scalar!({} Date, Date, [date], [ArrayElement, TextLiteral]);
    scalar!({} Time, Time, [time], [ArrayElement, TextLiteral]);
    scalar!({} PrimitiveDateTime, Timestamp, [timestamp], [ArrayElement, TextLiteral, Timestamp]);
    scalar!({} OffsetDateTime, TimestampTz, [timestamptz], [ArrayElement, TextLiteral, Timestamp]);
    scalar!({} Duration, Interval, [interval], [ArrayElement, TextLiteral]);
}
