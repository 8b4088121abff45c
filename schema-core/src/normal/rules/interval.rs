//! Intervals, in the form that PostgreSQL prints.

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

#[derive(Default)]
struct Interval {
    months: i64,
    days: i64,
    microseconds: i64,
}

/// An interval such as `1 day 02:03:04`. `None` if the text has no units or time of day, or is not an interval.
pub(super) fn canonical(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let mut words = text.split_ascii_whitespace().peekable();
    words.peek()?;
    let mut interval = Interval::default();
    while let Some(word) = words.next() {
        if word.contains(':') {
            interval.add(time(word)?, 1)?;
            continue;
        }
        let split = word.find(|c: char| c.is_ascii_alphabetic());
        let (amount, unit) = match split {
            Some(index) => (word.get(..index)?, word.get(index..)?),
            // A last number without a unit is in seconds.
            None => (word, words.next().unwrap_or("s")),
        };
        interval.add_unit(amount, unit)?;
    }
    Some(interval.printed())
}

impl Interval {
    fn add(&mut self, microseconds: i64, count: i64) -> Option<()> {
        let more = microseconds.checked_mul(count)?;
        self.microseconds = self.microseconds.checked_add(more)?;
        Some(())
    }

    fn add_unit(&mut self, amount: &str, unit: &str) -> Option<()> {
        let (whole, millionths) = amount_of(amount)?;
        let months = match unit {
            "mon" | "mons" | "month" | "months" => 1,
            "y" | "yr" | "yrs" | "year" | "years" => 12,
            "decade" | "decades" => 120,
            "century" | "centuries" => 1200,
            _ => 0,
        };
        let days = match unit {
            "d" | "day" | "days" => 1,
            "w" | "week" | "weeks" => 7,
            _ => 0,
        };
        if months > 0 {
            self.months = self.months.checked_add(whole.checked_mul(months)?)?;
            return (millionths == 0).then_some(());
        }
        if days > 0 {
            self.days = self.days.checked_add(whole.checked_mul(days)?)?;
            return self.add(millionths * days, DAY / SECOND);
        }
        let unit = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
            "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
            "s" | "sec" | "secs" | "second" | "seconds" => SECOND,
            "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => SECOND / 1000,
            _ => return None,
        };
        self.add(unit, whole)?;
        self.add(millionths.checked_mul(unit)? / SECOND, 1)
    }

    fn printed(&self) -> String {
        let mut words = Vec::new();
        for (count, unit) in [
            (self.months / 12, "year"),
            (self.months % 12, "mon"),
            (self.days, "day"),
        ] {
            if count != 0 {
                let plural = if count == 1 { "" } else { "s" };
                words.push(format!("{count} {unit}{plural}"));
            }
        }
        if self.microseconds != 0 || words.is_empty() {
            words.push(self.time());
        }
        words.join(" ")
    }

    fn time(&self) -> String {
        let sign = if self.microseconds < 0 { "-" } else { "" };
        let all = self.microseconds.unsigned_abs();
        let seconds = all / 1_000_000;
        let fraction = format!(".{:06}", all % 1_000_000);
        let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
        format!(
            "{sign}{:02}:{:02}:{:02}{fraction}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    }
}

/// A number such as `1.5` as its whole part and its millionths, both with the sign.
fn amount_of(amount: &str) -> Option<(i64, i64)> {
    let (sign, digits) = match amount.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, amount.strip_prefix('+').unwrap_or(amount)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = fraction.len() <= 6
        && !whole.is_empty()
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit());
    if !is_number {
        return None;
    }
    let millionths: i64 = format!("{fraction:0<6}").parse().ok()?;
    Some((sign * whole.parse::<i64>().ok()?, sign * millionths))
}

fn time(word: &str) -> Option<i64> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, word),
    };
    let mut parts = digits.split(':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let (seconds, millionths) = amount_of(parts.next().unwrap_or("0"))?;
    let seconds = seconds.checked_mul(SECOND)?.checked_add(millionths)?;
    let all = hours
        .checked_mul(HOUR)?
        .checked_add(minutes.checked_mul(MINUTE)?)?;
    parts
        .next()
        .is_none()
        .then_some(sign * all.checked_add(seconds)?)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn equal_intervals_have_one_text() {
        for (written, expected) in [
            ("1 day", "1 day"),
            ("24 hours", "24:00:00"),
            ("1 week", "7 days"),
            ("1 month 2 days", "1 mon 2 days"),
            ("18 months", "1 year 6 mons"),
            ("1.5 hours", "01:30:00"),
            ("1.5 days", "1 day 12:00:00"),
            ("90 min", "01:30:00"),
            ("-1 day", "-1 days"),
            ("1 day 01:02:03.5", "1 day 01:02:03.5"),
            ("30s", "00:00:30"),
            ("1.5 ms", "00:00:00.0015"),
            ("0 days", "00:00:00"),
            ("0", "00:00:00"),
        ] {
            assert_eq!(canonical(written).as_deref(), Some(expected), "{written}");
            assert_eq!(canonical(expected).as_deref(), Some(expected), "{expected}");
        }
    }

    #[test]
    fn other_texts_are_not_intervals() {
        for written in [
            "",
            "day",
            "todo",
            "1 todo",
            "1.5 months",
            "1 day x",
            "P1D",
            "a:b",
        ] {
            assert_eq!(canonical(written), None, "{written}");
        }
    }
}
