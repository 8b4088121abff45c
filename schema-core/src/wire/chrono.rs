//! The types of chrono.

use ::chrono::{
    DateTime, Datelike as _, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    TimeZone, Timelike as _, Utc,
};
use sqlx::error::BoxDynError;
use sqlx::postgres::Postgres;
use sqlx::postgres::types::PgInterval;
use sqlx::{Decode, Encode};

use super::clock;
use super::values::by_way_of;
use crate::__column_value;

/// 2000-01-01, as chrono counts days.
const FIRST_DAY: i64 = 730_120;
/// 2000-01-01, in microseconds since 1970-01-01.
const EPOCH: i64 = 946_684_800_000_000;

__column_value!(
    {} NaiveDate,
    |date, buffer| {
        let days = clock::days(i64::from(date.num_days_from_ce()) - FIRST_DAY)?;
        <i32 as Encode<'_, Postgres>>::encode(days, buffer)
    },
    |value| match clock::number(&value) {
        Some(days) => date(i32::from_be_bytes(days)),
        None => <Self as Decode<'_, Postgres>>::decode(value),
    }
);

fn date(days: i32) -> Result<NaiveDate, BoxDynError> {
    i32::try_from(i64::from(days) + FIRST_DAY)
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .ok_or_else(|| clock::no_day(days))
}

__column_value!(
    {} NaiveTime,
    |time, buffer| {
        no_leap_second(time.nanosecond())?;
        let seconds = i64::from(time.num_seconds_from_midnight());
        let microseconds = seconds * 1_000_000 + i64::from(time.nanosecond() / 1_000);
        <i64 as Encode<'_, Postgres>>::encode(microseconds, buffer)
    },
    |value| match clock::number(&value) {
        Some(microseconds) => time(i64::from_be_bytes(microseconds)),
        None => <Self as Decode<'_, Postgres>>::decode(value),
    }
);

fn time(microseconds: i64) -> Result<NaiveTime, BoxDynError> {
    let seconds = u32::try_from(microseconds.div_euclid(1_000_000)).ok();
    let nanoseconds = u32::try_from(microseconds.rem_euclid(1_000_000) * 1_000).ok();
    let time = seconds.zip(nanoseconds);
    time.and_then(|(seconds, nanoseconds)| {
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanoseconds)
    })
    .ok_or_else(clock::no_time_of_day)
}

/// Refuses a leap second. chrono represents it as a second with more than 10^9 nanoseconds, which PostgreSQL would read
/// as the next minute.
fn no_leap_second(nanoseconds: u32) -> Result<(), BoxDynError> {
    if nanoseconds < 1_000_000_000 {
        Ok(())
    } else {
        Err("PostgreSQL has no leap second; send the second before it, or the one after".into())
    }
}

/// The microseconds to send for a point in time. `timestamp_micros` rounds down, also before 1970.
fn microseconds(time: &DateTime<Utc>) -> Result<i64, BoxDynError> {
    no_leap_second(time.nanosecond())?;
    clock::microseconds(time.timestamp_micros().checked_sub(EPOCH))
}

fn point(microseconds: i64) -> Result<DateTime<Utc>, BoxDynError> {
    let since_1970 = microseconds.checked_add(EPOCH);
    since_1970
        .and_then(DateTime::from_timestamp_micros)
        .ok_or_else(|| clock::no_time(microseconds))
}

__column_value!(
    {} NaiveDateTime,
    |time, buffer| <i64 as Encode<'_, Postgres>>::encode(microseconds(&time.and_utc())?, buffer),
    |value| match clock::number(&value) {
        Some(microseconds) => Ok(point(i64::from_be_bytes(microseconds))?.naive_utc()),
        None => <Self as Decode<'_, Postgres>>::decode(value),
    }
);

macro_rules! points {
    ($($zone:ty, $at:expr;)*) => { $(
        __column_value!(
            {} DateTime<$zone>,
            |time, buffer| <i64 as Encode<'_, Postgres>>::encode(microseconds(&time.to_utc())?, buffer),
            |value| match clock::number(&value) {
                Some(microseconds) => {
                    let at: fn(DateTime<Utc>) -> Self = $at;
                    Ok(at(point(i64::from_be_bytes(microseconds))?))
                }
                None => <Self as Decode<'_, Postgres>>::decode(value),
            }
        );
    )* };
}

points! {
    Utc, |time| time;
    Local, |time| Local.from_utc_datetime(&time.naive_utc());
    FixedOffset, |time| time.fixed_offset();
}

by_way_of!(
    TimeDelta,
    PgInterval,
    |delta| clock::interval(delta.num_microseconds()),
    |interval| clock::length(&interval).map(TimeDelta::microseconds)
);
