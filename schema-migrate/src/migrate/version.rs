//! The version of a new migration: the time in UTC, as `yyyymmddhhmmss`.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_OF_DAY: u64 = 86_400;

/// The version for this time, but at least one more than `last`.
pub(super) fn next(now: SystemTime, last: Option<i64>) -> i64 {
    let seconds = now
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let version = of(seconds);
    last.map_or(version, |last| version.max(last.saturating_add(1)))
}

fn of(seconds: u64) -> i64 {
    let (year, month, day) = date(seconds / SECONDS_OF_DAY);
    let time = seconds % SECONDS_OF_DAY;
    let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
    let version = ((((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute) * 100 + second;
    i64::try_from(version).unwrap_or(i64::MAX)
}

/// The Gregorian date of a day after 1970-01-01 (Howard Hinnant, `civil_from_days`).
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

/// The version for this time, after the version `last`; 0 means none.
pub fn next_version(now: SystemTime, last: i64) -> i64 {
    next(now, (last > 0).then_some(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_version_is_the_time_in_utc() {
        // `date -u -d @1795789845 +%Y%m%d%H%M%S`
        for (seconds, version) in [
            (0, 19_700_101_000_000),
            (951_782_400, 20_000_229_000_000),
            (1_795_789_845, 20_261_127_143_045),
        ] {
            assert_eq!(
                next(UNIX_EPOCH + Duration::from_secs(seconds), None),
                version
            );
        }
    }

    #[test]
    fn a_version_is_after_the_last_one() {
        assert_eq!(
            next(UNIX_EPOCH, Some(20_261_127_143_000)),
            20_261_127_143_001
        );
    }
}
