//! Values that look like those of an application.

use super::limits::PATTERN_LENGTH;
use super::words::SECRET;
use super::{DAY, Kind, Limits, Value, Words};
use crate::pattern::Pattern;
use crate::random::Random;

/// The generator of a column, without regard to other columns.
#[derive(Clone, Debug)]
pub(crate) struct Natural {
    pub(crate) kind: Kind,
    pub(crate) words: Words,
    pub(crate) limits: Limits,
    /// The constant that is its default.
    pub(crate) default: Option<Value>,
}

/// What the values of a row share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// The latest time.
    pub(crate) until: i64,
    /// When the row was created; later times come after it.
    pub(crate) created: Option<i64>,
}

/// How long before the latest time rows were created.
const AGE: i64 = 730 * DAY;

impl Natural {
    /// A value.
    pub(crate) fn value(&self, random: &mut Random, context: Context) -> Value {
        if let Some(values) = &self.limits.one_of {
            return self.one_of(values, random);
        }
        match &self.kind {
            Kind::Bool => Value::Bool(random.chance(self.share_of_true())),
            Kind::Uuid => Value::Uuid(uuid(random)),
            Kind::Bytes => self.bytes(random),
            Kind::Json => document(random).into(),
            Kind::Inet => Words::Address.text(random).into(),
            Kind::Cidr => format!("{}/32", Words::Address.text(random)).into(),
            Kind::Search => format!("'{}':1", Words::Word.text(random)).into(),
            Kind::Label(labels) => random.pick(labels).cloned().into(),
            Kind::Array(element) => self.array(element, random, context),
            Kind::Text { .. } => self.text(random),
            _ => self.number(random, context),
        }
    }

    /// One of the values, the default most often.
    fn one_of(&self, values: &[Value], random: &mut Random) -> Value {
        let default = self.default.as_ref().filter(|it| values.contains(it));
        match default.filter(|_| random.chance(300)) {
            Some(default) => default.clone(),
            None => random.pick(values).cloned().unwrap_or(Value::Null),
        }
    }

    const fn share_of_true(&self) -> u64 {
        match &self.default {
            Some(Value::Bool(true)) => 900,
            Some(_) => 100,
            None => 500,
        }
    }

    fn bytes(&self, random: &mut Random) -> Value {
        if self.words == Words::Secret {
            return Value::Bytes(SECRET.as_bytes().to_vec());
        }
        let length = self
            .limits
            .shortest
            .max(16)
            .min(self.limits.length(&self.kind));
        let bytes = std::iter::repeat_with(|| random.bits().to_le_bytes()).take(length.div_ceil(8));
        Value::Bytes(bytes.flatten().take(length).collect())
    }

    fn array(&self, element: &Kind, random: &mut Random, context: Context) -> Value {
        let least = self.limits.shortest;
        let most = self.limits.longest.unwrap_or(least + 3).max(least);
        let span = u64::try_from(most - least).unwrap_or_default().min(3);
        let length = least + usize::try_from(random.below(span + 1)).unwrap_or_default();
        let element = self.of_element(element);
        Value::Array(
            (0..length)
                .map(|_| element.value(random, context))
                .collect(),
        )
    }

    /// The generator of an array's elements.
    pub(super) fn of_element(&self, element: &Kind) -> Self {
        Self {
            kind: element.clone(),
            words: if self.words == Words::Sentence {
                Words::Word
            } else {
                self.words
            },
            limits: self.limits.element.as_deref().cloned().unwrap_or_default(),
            default: None,
        }
    }

    fn text(&self, random: &mut Random) -> Value {
        let longest = self.limits.length(&self.kind);
        if let Some(Value::Text(default)) = self.default.as_ref().filter(|_| self.is_word()) {
            return default.as_str().into();
        }
        let text = self.fitted(self.words.text_within(random, longest), longest);
        match &self.limits.pattern {
            Some(pattern) if !pattern.matches(&text) => {
                let text = pattern.text(random, longest.min(PATTERN_LENGTH));
                text.map(|text| self.filled(text, pattern)).into()
            }
            _ => text.into(),
        }
    }

    /// Whether its name means nothing here, so that a default is the best example.
    const fn is_word(&self) -> bool {
        matches!(self.words, Words::Word | Words::Sentence | Words::Code)
    }

    /// The pattern that texts with a number are made from, if those by the column's name do not match it.
    pub(super) fn needed_pattern(&self) -> Option<&Pattern> {
        let is_email = self.words == Words::Email && self.limits.length(&self.kind) >= 40;
        let pattern = self.limits.pattern.as_ref();
        pattern.filter(|it| !is_email || !it.matches("ada.moore.000123@example.com"))
    }

    /// The text, cut and filled up to the lengths that are allowed.
    fn fitted(&self, text: String, longest: usize) -> String {
        let mut text = match text.char_indices().nth(longest) {
            Some((end, _)) => text[..end].trim_end().to_owned(),
            None => text,
        };
        while text.chars().count() < self.limits.shortest {
            text.push('x');
        }
        text
    }

    /// The text, filled up to the shortest length if it still matches then.
    pub(super) fn filled(&self, text: String, pattern: &Pattern) -> String {
        let filled = self.fitted(text.clone(), usize::MAX);
        if pattern.matches(&filled) {
            filled
        } else {
            text
        }
    }

    /// The same as [`fitted`](Self::fitted), but the start is cut, since the end makes the text differ from others.
    pub(super) fn fitted_end(&self, text: String, longest: usize) -> String {
        let length = text.chars().count();
        let text = match text.char_indices().nth(length.saturating_sub(longest)) {
            Some((start, _)) => text[start..].to_owned(),
            None => text,
        };
        let missing = self.limits.shortest.saturating_sub(text.chars().count());
        format!("{}{text}", "x".repeat(missing))
    }

    /// A number or a time.
    fn number(&self, random: &mut Random, context: Context) -> Value {
        let Some(allowed) = self.limits.range(&self.kind) else {
            return Value::Null;
        };
        let usual = self.usual(context);
        let allowed = self.limits.in_partition(allowed, random.bits());
        let (low, high) = (usual.0.max(allowed.0), usual.1.min(allowed.1));
        let (low, high) = if low <= high {
            (low, high)
        } else {
            beside(usual, allowed)
        };
        let place = random.between(low, high);
        // Times are whole seconds, where the limits allow it.
        let step = if matches!(self.kind, Kind::Timestamp | Kind::Time) {
            self.kind.step()
        } else {
            1
        };
        let whole = place.div_euclid(step) * step;
        let place = if whole < low { place } else { whole };
        self.kind.at(self.priced(place, allowed, random))
    }

    /// The price next to an amount of money, as shops have them: most end in 99, 95, 50 or 00.
    fn priced(&self, place: i128, allowed: (i128, i128), random: &mut Random) -> i128 {
        let cent = match (self.words, &self.kind) {
            (Words::Money, Kind::Int { .. }) => 1,
            (Words::Money, Kind::Decimal { .. }) if self.kind.step() % 100 == 0 => {
                self.kind.step() / 100
            }
            _ => return place,
        };
        let end = random
            .pick(&[99, 99, 99, 95, 50, 0])
            .copied()
            .unwrap_or_default();
        let priced = place.div_euclid(100 * cent) * 100 * cent + end * cent;
        if (allowed.0..=allowed.1).contains(&priced) {
            priced
        } else {
            place
        }
    }

    /// The places of values that look right by the column's name.
    fn usual(&self, context: Context) -> (i128, i128) {
        let day = i128::from(DAY);
        let until = i128::from(context.until);
        let start = context.created.map_or(until - i128::from(AGE), i128::from);
        match &self.kind {
            Kind::Timestamp => match self.words {
                Words::Future => (until, until + 90 * day),
                _ => (start, until.max(start)),
            },
            Kind::Date => {
                let (first, last) = match self.words {
                    Words::Birth => (until - 80 * 365 * day, until - 18 * 365 * day),
                    Words::Future => (until - 30 * day, until + 90 * day),
                    _ => (start, until.max(start)),
                };
                (first.div_euclid(day), last.div_euclid(day))
            }
            Kind::Time => (0, day - 1),
            Kind::Interval => (day / 24, 30 * day),
            kind => self.words.numbers(kind.step()),
        }
    }
}

/// The nearest part of the allowed range to the usual one, as long as the usual one.
fn beside(usual: (i128, i128), allowed: (i128, i128)) -> (i128, i128) {
    let span = (usual.1 - usual.0).max(1);
    if allowed.0 > usual.1 {
        (allowed.0, allowed.1.min(allowed.0.saturating_add(span)))
    } else {
        (allowed.0.max(allowed.1.saturating_sub(span)), allowed.1)
    }
}

/// A UUID of version 4.
pub(super) fn uuid(random: &mut Random) -> u128 {
    let bits = (u128::from(random.bits()) << 64) | u128::from(random.bits());
    let fixed = (0xf_u128 << 76) | (0b11_u128 << 62);
    (bits & !fixed) | (4_u128 << 76) | (0b10_u128 << 62)
}

fn document(random: &mut Random) -> String {
    let (name, word) = (Words::Word.text(random), Words::Word.text(random));
    format!(
        "{{\"{name}\": \"{word}\", \"count\": {}}}",
        random.below(100)
    )
}
