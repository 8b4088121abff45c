//! Days and times of the calendar, without time zones: everything is UTC.

use std::fmt;
use std::str::FromStr;

/// The microseconds of a day.
pub(crate) const DAY: i64 = 86_400_000_000;

/// A day of the calendar: `2026-01-31`.
///
/// ```
/// use freehold_schema_fake::Date;
///
/// let day: Date = "2026-01-31".parse()?;
/// assert_eq!(day.to_string(), "2026-01-31");
/// assert!("2026-02-31".parse::<Date>().is_err());
/// # Ok::<(), freehold_schema_fake::DateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    days: i32,
}

/// A text that is not a day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a day: write it as `2026-01-31`")]
pub struct DateError(String);

impl Date {
    /// The day with this number; day 0 is 1970-01-01.
    pub(crate) const fn from_days(days: i32) -> Self {
        Self { days }
    }

    /// The earliest day on which rows can end: the times before it are still of the calendar.
    pub(crate) const EARLIEST: Self = Self { days: 0 };

    /// The number of days since 1970-01-01.
    pub(crate) const fn days(self) -> i32 {
        self.days
    }

    /// The day of the calendar, if there is one.
    pub(crate) fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let is_day = (1..=9999).contains(&year) && (1..=12).contains(&month);
        let found = is_day.then(|| Self::from_days(days_of(year, month, day)))?;
        (found.parts() == (year, month, day)).then_some(found)
    }

    /// The first microsecond of the day, since the epoch.
    pub(crate) const fn start(self) -> i64 {
        self.days as i64 * DAY
    }

    /// Year, month and day, by the algorithm `civil_from_days` of Howard Hinnant.
    fn parts(self) -> (i32, u32, u32) {
        let days = self.days + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }
}

/// The days since 1970-01-01, by the algorithm `days_from_civil` of Howard Hinnant.
fn days_of(year: i32, month: u32, day: u32) -> i32 {
    let (month, day) = (month.cast_signed(), day.cast_signed());
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let parts: Vec<_> = text.split('-').collect();
        let found = match parts.as_slice() {
            [year, month, day] => date_of(year, month, day),
            _ => None,
        };
        found.ok_or_else(|| DateError(text.to_owned()))
    }
}

fn date_of(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The microseconds since the epoch of `2026-01-31`, `2026-01-31 12:00:00.5` or `2026-01-31 12:00:00+02`.
pub(crate) fn moment(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let date: Date = date.parse().ok()?;
    let rest = rest.trim_start_matches(['T', ' ']).trim_end_matches('Z');
    if rest.is_empty() {
        return Some(date.start());
    }
    let zone = rest.find(['+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(zone);
    Some(date.start() + clock_of(clock)? - offset(zone)?)
}

/// The microseconds of `12:00`, `12:00:00` or `12:00:00.5`.
pub(crate) fn clock_of(text: &str) -> Option<i64> {
    let parts: Vec<_> = text.trim().split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (hours, minutes, "0"),
        [hours, minutes, seconds] => (hours, minutes, *seconds),
        _ => return None,
    };
    let seconds = super::Number::parse(seconds)?.floor_at(6)?;
    let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    Some(minutes * 60_000_000 + i64::try_from(seconds).ok()?)
}

/// The microseconds of the zone `+02` or `-03:30`; 0 for no zone.
fn offset(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let (sign, digits) = text.split_at(1);
    let with_minutes = if digits.contains(':') {
        digits.to_owned()
    } else {
        format!("{digits}:00")
    };
    let length = clock_of(&with_minutes)?;
    Some(if sign == "-" { -length } else { length })
}

/// The microseconds of a length of time such as `30 days` or `1 hour`. `None` for months, whose length varies.
pub(crate) fn length(text: &str) -> Option<i64> {
    let (count, unit) = text.trim().split_once(' ')?;
    let one = match unit.trim().trim_end_matches('s') {
        "second" => 1_000_000,
        "minute" => 60_000_000,
        "hour" => DAY / 24,
        "day" => DAY,
        "week" => 7 * DAY,
        _ => return None,
    };
    count.parse::<i64>().ok()?.checked_mul(one)
}

/// Writes a point in time: `2026-01-31 12:00:00.5+00`.
pub(crate) fn write_moment(f: &mut impl fmt::Write, micros: i64) -> fmt::Result {
    let days = i32::try_from(micros.div_euclid(DAY)).unwrap_or_default();
    write!(f, "{} ", Date::from_days(days))?;
    write_clock(f, micros.rem_euclid(DAY))?;
    f.write_str("+00")
}

/// Writes a time of the day: `12:00:00` or `12:00:00.000005`.
pub(crate) fn write_clock(f: &mut impl fmt::Write, micros: i64) -> fmt::Result {
    let seconds = micros / 1_000_000;
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    write!(f, "{hours:02}:{minutes:02}:{:02}", seconds % 60)?;
    match micros % 1_000_000 {
        0 => Ok(()),
        part => write!(f, ".{part:06}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_written() {
        for text in ["1970-01-01", "2000-02-29", "2024-12-31", "1969-12-31"] {
            let written = text.parse::<Date>().map(|date| date.to_string());
            assert_eq!(written.as_deref(), Ok(text));
        }
        assert!("2023-02-29".parse::<Date>().is_err());
    }

    #[test]
    fn moments_are_read_and_written() {
        let mut text = String::new();
        let read = moment("2026-01-31 12:00:00.5+02").map(|micros| write_moment(&mut text, micros));
        assert_eq!(read, Some(Ok(())));
        assert_eq!(text, "2026-01-31 10:00:00.500000+00");
        assert_eq!(moment("2026-01-31"), moment("2026-01-31T00:00:00Z"));
        assert_eq!(moment("tomorrow"), None);
    }
}
