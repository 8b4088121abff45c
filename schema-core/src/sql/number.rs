//! Canonical numbers, as PostgreSQL's `numeric` prints them.

/// A number with a larger exponent is left as written.
const MAX_EXPONENT: i64 = 400;

/// The number without an exponent and without leading zeros. Zeros after the point are its scale and stay. `None` if
/// `text` is not a number.
pub(crate) fn canonical(text: &str) -> Option<String> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", mantissa),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = !(whole.is_empty() && fraction.is_empty())
        && whole
            .bytes()
            .chain(fraction.bytes())
            .all(|byte| byte.is_ascii_digit())
        && exponent.abs() <= MAX_EXPONENT;
    is_number.then(|| format!("{sign}{}", shifted(whole, fraction, exponent)))
}

/// The digits, with the point moved by `exponent`.
fn shifted(whole: &str, fraction: &str, exponent: i64) -> String {
    let count = usize::try_from(exponent.unsigned_abs()).unwrap_or_default();
    let (whole, fraction) = if exponent >= 0 {
        let moved = count.min(fraction.len());
        let (left, right) = fraction.split_at(moved);
        let zeros = "0".repeat(count - moved);
        (format!("{whole}{left}{zeros}"), right.to_owned())
    } else {
        let padded = format!("{}{whole}", "0".repeat(count));
        let (left, right) = padded.split_at(padded.len() - count);
        (left.to_owned(), format!("{right}{fraction}"))
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    if fraction.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn spellings_of_one_number_are_one_and_its_scale_stays() {
        for (written, expected) in [
            ("010", "10"),
            (".5", "0.5"),
            ("5.", "5"),
            ("0.00", "0.00"),
            ("1e10", "10000000000"),
            ("1.5e1", "15"),
            ("1.25e1", "12.5"),
            ("1e-3", "0.001"),
            ("12.5e-1", "1.25"),
            ("-1.50", "-1.50"),
            ("0", "0"),
        ] {
            assert_eq!(canonical(written).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn other_texts_are_not_numbers() {
        for written in [
            "", ".", "-", "1a", "0x1f", "1e", "e1", "1.2.3", "1e999", "--1",
        ] {
            assert_eq!(canonical(written), None, "{written}");
        }
    }
}
