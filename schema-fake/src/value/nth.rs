//! Values with a number, for columns whose values must differ.

use super::kind::code;
use super::limits::PATTERN_LENGTH;
use super::natural::{Context, Natural};
use super::words::SECRET;
use super::{Kind, LARGE, Value, Words};
use crate::random::Random;

/// The value with this number. Two numbers below [`count`] have different values, also without regard to case.
pub(crate) fn nth(natural: &Natural, number: u64, random: &mut Random, context: Context) -> Value {
    let at = usize::try_from(number).unwrap_or(usize::MAX);
    if let Some(values) = &natural.limits.one_of {
        return values.get(at).cloned().unwrap_or(Value::Null);
    }
    match &natural.kind {
        Kind::Bool => Value::Bool(number == 1),
        Kind::Uuid => Value::Uuid(super::natural::uuid(random)),
        Kind::Bytes => Value::Bytes(number.to_be_bytes().to_vec()),
        Kind::Json => format!("{{\"number\": {number}}}").into(),
        Kind::Inet => address(number).into(),
        Kind::Cidr => format!("{}/32", address(number)).into(),
        Kind::Search => format!("'w{number}':1").into(),
        Kind::Label(labels) => labels.get(at).cloned().into(),
        Kind::Array(element) => {
            let element = natural.of_element(element);
            Value::Array(vec![nth(&element, number, random, context)])
        }
        Kind::Text { .. } => text(natural, number, random),
        _ => natural.kind.at(place(natural, number, context)),
    }
}

/// How many numbers have a value.
pub(crate) fn count(natural: &Natural, context: Context) -> u64 {
    if let Some(values) = &natural.limits.one_of {
        return size(values.len());
    }
    match &natural.kind {
        Kind::Bool => 2,
        Kind::Label(labels) => size(labels.len()),
        Kind::Inet | Kind::Cidr => 1 << 24,
        Kind::Array(element) => count(&natural.of_element(element), context),
        Kind::Text { .. } => texts(natural),
        kind => match kind.range() {
            None => LARGE,
            Some(_) => {
                let (first, last, step) = places(natural, context);
                let count = (last - first) / step + 1;
                u64::try_from(count.max(0)).unwrap_or(LARGE)
            }
        },
    }
}

fn size(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(LARGE)
}

fn address(number: u64) -> String {
    let [.., a, b, c] = number.to_be_bytes();
    format!("10.{a}.{b}.{c}")
}

/// The place of a number: whole numbers from one, or points in time that go back from the last one.
fn place(natural: &Natural, number: u64, context: Context) -> i128 {
    let (first, last, step) = places(natural, context);
    let offset = i128::from(number) * step;
    if is_time(&natural.kind) {
        last - offset
    } else {
        first + offset
    }
}

fn is_time(kind: &Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Timestamp)
}

/// The first and the last place that numbers have, and the places from one number to the next.
fn places(natural: &Natural, context: Context) -> (i128, i128, i128) {
    let limits = &natural.limits;
    let (low, high) = limits.range(&natural.kind).unwrap_or_default();
    let (low, high) = limits.in_partition((low, high), 0);
    let step = natural.kind.step();
    if is_time(&natural.kind) {
        let until = natural.kind.place(&Value::Timestamp(context.until));
        let last = until.map_or(high, |(until, _)| until.min(high).max(low));
        return (low, last, step);
    }
    let first = if limits.low.is_none() && low < step && step <= high {
        step
    } else {
        low
    };
    // If whole numbers do not suffice, all numbers may.
    let step = if (high - first) / step < 10_000 {
        1
    } else {
        step
    };
    (first, high, step)
}

/// The shortest length for which a text gets words and a number, and not the number alone.
const ROOM: usize = 16;

fn texts(natural: &Natural) -> u64 {
    let longest = natural.limits.length(&natural.kind);
    if let Some(pattern) = natural.needed_pattern() {
        return pattern.count(longest.min(PATTERN_LENGTH));
    }
    let digits = u32::try_from(longest.min(8)).unwrap_or(8);
    36_u64.checked_pow(digits).unwrap_or(LARGE)
}

fn text(natural: &Natural, number: u64, random: &mut Random) -> Value {
    let longest = natural.limits.length(&natural.kind);
    if let Some(pattern) = natural.needed_pattern() {
        let text = pattern.nth(number, longest.min(PATTERN_LENGTH));
        return text.map(|text| natural.filled(text, pattern)).into();
    }
    if longest < ROOM {
        return code(number, longest.min(8).max(natural.limits.shortest)).into();
    }
    let text = with_number(natural.words, number, random);
    natural.fitted_end(text, longest).into()
}

/// A text of words that ends with the number, except where its form demands another place.
fn with_number(words: Words, number: u64, random: &mut Random) -> String {
    match words {
        Words::Email => {
            let name = words.text(random);
            let name = name.split('@').next().unwrap_or_default();
            format!("{name}.{number:06}@example.com")
        }
        Words::Secret => {
            let code = code(number, 8);
            let kept = SECRET.len() - code.len();
            format!("{}{code}", &SECRET[..kept])
        }
        Words::Phone => format!("+1-555-{number:07}"),
        Words::Address => address(number),
        Words::Code => format!("{}-{number:06}", words.text(random)),
        Words::Sentence | Words::Title | Words::Product | Words::Person | Words::Company => {
            let text = words.text(random);
            format!("{} {number:06}", text.trim_end_matches('.'))
        }
        Words::FirstName | Words::LastName | Words::Word | Words::City => {
            format!("{} {number:06}", words.text(random))
        }
        other => format!("{}-{number:06}", other.text(random)),
    }
}
