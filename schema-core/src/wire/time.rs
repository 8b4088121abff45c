//! The types of the crate `time`.

use ::time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};
use sqlx::error::BoxDynError;
use sqlx::postgres::Postgres;
use sqlx::postgres::types::PgInterval;
use sqlx::{Decode, Encode};

use super::clock;
use super::values::by_way_of;
use crate::__column_value;

/// 2000-01-01, as a Julian day.
const FIRST_DAY: i32 = 2_451_545;
const OF_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

__column_value!(
    {} Date,
    |date, buffer| {
        let days = clock::days(i64::from(date.to_julian_day()) - i64::from(FIRST_DAY))?;
        <i32 as Encode<'_, Postgres>>::encode(days, buffer)
    },
    |value| match clock::number(&value) {
        Some(days) => date(i32::from_be_bytes(days)),
        None => <Self as Decode<'_, Postgres>>::decode(value),
    }
);

fn date(days: i32) -> Result<Date, BoxDynError> {
    days.checked_add(FIRST_DAY)
        .and_then(|day| Date::from_julian_day(day).ok())
        .ok_or_else(|| clock::no_day(days))
}

__column_value!(
    {} Time,
    |time, buffer| <i64 as Encode<'_, Postgres>>::encode(of_day(*time), buffer),
    |value| match clock::number(&value) {
        Some(microseconds) => time_of_day(i64::from_be_bytes(microseconds)),
        None => <Self as Decode<'_, Postgres>>::decode(value),
    }
);

fn of_day(time: Time) -> i64 {
    let (hour, minute, second, microsecond) = time.as_hms_micro();
    let seconds = (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second);
    seconds * 1_000_000 + i64::from(microsecond)
}

fn time_of_day(microseconds: i64) -> Result<Time, BoxDynError> {
    if (0..OF_A_DAY).contains(&microseconds) {
        Ok(Time::MIDNIGHT + Duration::microseconds(microseconds))
    } else {
        Err(clock::no_time_of_day())
    }
}

fn microseconds(time: PrimitiveDateTime) -> Result<i64, BoxDynError> {
    let days = i64::from(time.date().to_julian_day()) - i64::from(FIRST_DAY);
    let microseconds = days.checked_mul(OF_A_DAY);
    clock::microseconds(microseconds.and_then(|days| days.checked_add(of_day(time.time()))))
}

fn point(microseconds: i64) -> Result<PrimitiveDateTime, BoxDynError> {
    let time = time_of_day(microseconds.rem_euclid(OF_A_DAY))?;
    i32::try_from(microseconds.div_euclid(OF_A_DAY))
        .ok()
        .and_then(|days| date(days).ok())
        .map(|date| PrimitiveDateTime::new(date, time))
        .ok_or_else(|| clock::no_time(microseconds))
}

__column_value!(
    {} PrimitiveDateTime,
    |time, buffer| <i64 as Encode<'_, Postgres>>::encode(microseconds(*time)?, buffer),
    |value| match clock::number(&value) {
        Some(microseconds) => point(i64::from_be_bytes(microseconds)),
        None => <Self as Decode<'_, Postgres>>::decode(value),
    }
);

__column_value!(
    {} OffsetDateTime,
    |time, buffer| {
        // `to_offset` would panic if the year in UTC were out of range.
        let utc = time.checked_to_offset(UtcOffset::UTC).ok_or("the time is out of range of its Rust type")?;
        let microseconds = microseconds(PrimitiveDateTime::new(utc.date(), utc.time()))?;
        <i64 as Encode<'_, Postgres>>::encode(microseconds, buffer)
    },
    |value| match clock::number(&value) {
        Some(microseconds) => Ok(point(i64::from_be_bytes(microseconds))?.assume_utc()),
        None => <Self as Decode<'_, Postgres>>::decode(value),
    }
);

by_way_of!(
    Duration,
    PgInterval,
    |length| clock::interval(i64::try_from(length.whole_microseconds()).ok()),
    |interval| clock::length(&interval).map(Duration::microseconds)
);
