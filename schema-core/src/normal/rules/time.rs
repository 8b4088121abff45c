//! Dates and times, as PostgreSQL prints them in UTC, shortened: without midnight and without the zone.

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// A date, with the time unless it is midnight. `None` if the text is not a date.
pub(super) fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (date, rest) = (text.get(..end)?, text.get(end..)?);
    let days = days(date)?;
    if rest.is_empty() {
        return Some(printed(days, 0, ""));
    }
    let (time, offset) = without_zone(rest.get(1..)?)?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let seconds = seconds(time)? - offset;
    let fraction = fraction.trim_end_matches('0');
    let is_fraction = fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_fraction.then(|| {
        let days = days + seconds.div_euclid(SECONDS_PER_DAY);
        printed(days, seconds.rem_euclid(SECONDS_PER_DAY), fraction)
    })
}

/// The time without its zone, and the offset of the zone in seconds.
fn without_zone(time: &str) -> Option<(&str, i64)> {
    let trimmed = time.trim_end();
    if let Some(utc) = trimmed
        .strip_suffix(['Z', 'z'])
        .or_else(|| trimmed.strip_suffix("UTC"))
    {
        return Some((utc.trim_end(), 0));
    }
    let Some(sign) = trimmed.find(['+', '-']) else {
        return Some((trimmed, 0));
    };
    let (time, zone) = (trimmed.get(..sign)?, trimmed.get(sign + 1..)?);
    let seconds = match zone.split_once(':') {
        Some((hours, minutes)) => two(hours)? * 3600 + two(minutes)? * 60,
        None if zone.len() == 4 => two(zone.get(..2)?)? * 3600 + two(zone.get(2..)?)? * 60,
        None => two(zone)? * 3600,
    };
    let east = trimmed.get(sign..)?.starts_with('+');
    Some((time.trim_end(), if east { seconds } else { -seconds }))
}

fn seconds(time: &str) -> Option<i64> {
    let parts: Option<Vec<_>> = time.split(':').map(two).collect();
    match parts?.as_slice() {
        [hours, minutes] => Some(hours * 3600 + minutes * 60),
        [hours, minutes, seconds] => Some(hours * 3600 + minutes * 60 + seconds),
        _ => None,
    }
}

fn two(digits: &str) -> Option<i64> {
    let is_number = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// The days since 1970-01-01 of `yyyy-mm-dd` (Howard Hinnant, `days_from_civil`).
fn days(date: &str) -> Option<i64> {
    let parts: Vec<_> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let (month, day) = (two(month)?, two(day)?);
    let year: i64 = year.parse().ok().filter(|_| is_year)?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn printed(days: i64, seconds: i64, fraction: &str) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if seconds == 0 && fraction.is_empty() {
        return date;
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!(
        "{date} {:02}:{:02}:{:02}{point}{fraction}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn equal_times_have_one_text() {
        for (written, expected) in [
            ("2026-01-01", "2026-01-01"),
            ("2026-1-1", "2026-01-01"),
            ("2026-01-01 00:00:00", "2026-01-01"),
            ("2026-01-01 00:00:00+00", "2026-01-01"),
            ("2026-01-01T00:00:00Z", "2026-01-01"),
            ("2026-01-01 00:00:00+02", "2025-12-31 22:00:00"),
            ("2026-02-28 23:30:00-00:45", "2026-03-01 00:15:00"),
            ("2024-02-28 23:30-0045", "2024-02-29 00:15:00"),
            ("2026-01-01 12:30:00.500", "2026-01-01 12:30:00.5"),
            ("0001-01-01", "0001-01-01"),
            ("9999-12-31", "9999-12-31"),
        ] {
            assert_eq!(canonical(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn other_texts_are_not_times() {
        for written in [
            "",
            "now",
            "2026-13-01",
            "2026-01",
            "26-01-01",
            "2026-01-01 x",
            "2026-01-01-02",
        ] {
            assert_eq!(canonical(written), None, "{written}");
        }
    }
}
