//! Numbers as people read them.

/// A number with its digits in groups of three: `10,000,000`.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number of bytes in the unit that keeps three digits: `1.42 GB`. A kilobyte is 1,024 bytes, as in PostgreSQL.
#[allow(clippy::cast_precision_loss)] // Three digits are shown.
pub(crate) fn bytes(bytes: u64) -> String {
    let mut value = bytes as f64;
    for unit in ["bytes", "kB", "MB", "GB"] {
        if value < 1024.0 {
            return rounded(value, unit);
        }
        value /= 1024.0;
    }
    rounded(value, "TB")
}

fn rounded(value: f64, unit: &str) -> String {
    match value {
        _ if unit == "bytes" => format!("{value:.0} {unit}"),
        value if value < 10.0 => format!("{value:.2} {unit}"),
        value if value < 100.0 => format!("{value:.1} {unit}"),
        value => format!("{value:.0} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, number};

    #[test]
    fn digits_are_in_groups_of_three() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(10_000_000), "10,000,000");
    }

    #[test]
    fn bytes_have_three_digits_and_a_unit() {
        assert_eq!(bytes(512), "512 bytes");
        assert_eq!(bytes(1_024), "1.00 kB");
        assert_eq!(bytes(113_600_000), "108 MB");
        assert_eq!(bytes(u64::MAX), "16777216 TB");
    }
}
