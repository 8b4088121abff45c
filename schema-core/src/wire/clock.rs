//! Dates and times as PostgreSQL counts them: days and microseconds since 2000-01-01.
//!
//! The first and the last number mean `-infinity` and `infinity`, which no type of chrono and time has. A value that
//! the other side's type cannot hold is an error in both directions.
//!
//! What is finer than a microsecond is cut off: a point in time becomes the microsecond that contains it, and a
//! duration becomes shorter, not longer.

use sqlx::error::BoxDynError;
use sqlx::postgres::types::PgInterval;
use sqlx::postgres::{PgValueFormat, PgValueRef};

/// The days of a `date`; the end is excluded (`datatype/timestamp.h`).
const DAYS: std::ops::Range<i64> = -2_451_545..2_145_031_949;
/// The microseconds of a `timestamp`; the end is excluded.
const MICROSECONDS: std::ops::Range<i64> = -211_813_488_000_000_000..9_223_371_331_200_000_000;

const OF_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// The bytes of a value in binary form, if it has this width. sqlx reads values in text form.
pub(super) fn number<const WIDTH: usize>(value: &PgValueRef<'_>) -> Option<[u8; WIDTH]> {
    let is_binary = value.format() == PgValueFormat::Binary;
    let bytes = value.as_bytes().ok().filter(|_| is_binary);
    bytes.and_then(|bytes| bytes.try_into().ok())
}

/// Checks the days of a date before they are sent.
pub(super) fn days(days: i64) -> Result<i32, BoxDynError> {
    match i32::try_from(days) {
        Ok(sent) if DAYS.contains(&days) => Ok(sent),
        _ => Err("PostgreSQL has no date before 4714 BC or after 5874897".into()),
    }
}

/// Checks the microseconds of a point in time before they are sent.
pub(super) fn microseconds(microseconds: Option<i64>) -> Result<i64, BoxDynError> {
    microseconds
        .filter(|sent| MICROSECONDS.contains(sent))
        .ok_or_else(|| "PostgreSQL has no time before 4714 BC or after 294276".into())
}

/// The error of a date that the Rust type cannot hold.
pub(super) fn no_day(days: i32) -> BoxDynError {
    match days {
        i32::MAX => infinite(""),
        i32::MIN => infinite("-"),
        _ => "the date is out of range of its Rust type; correct the row".into(),
    }
}

/// The error of a point in time that the Rust type cannot hold.
pub(super) fn no_time(microseconds: i64) -> BoxDynError {
    match microseconds {
        i64::MAX => infinite(""),
        i64::MIN => infinite("-"),
        _ => "the time is out of range of its Rust type; correct the row".into(),
    }
}

fn infinite(sign: &str) -> BoxDynError {
    format!("no Rust type can hold `{sign}infinity`; make the field an `Option`, and store null if there is no end").into()
}

/// The error of a time of day that the Rust type cannot hold: only `24:00:00`.
pub(super) fn no_time_of_day() -> BoxDynError {
    "no Rust type can hold the time `24:00:00`; write `00:00:00` of the next day, or correct the row".into()
}

/// The length of an interval in microseconds. An interval with months has no fixed length.
pub(super) fn length(interval: &PgInterval) -> Result<i64, BoxDynError> {
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

/// An interval of this many microseconds.
pub(super) fn interval(microseconds: Option<i64>) -> Result<PgInterval, BoxDynError> {
    let microseconds = microseconds
        .ok_or("PostgreSQL has no interval of more than 292,000 years in microseconds")?;
    Ok(PgInterval {
        months: 0,
        days: 0,
        microseconds,
    })
}
