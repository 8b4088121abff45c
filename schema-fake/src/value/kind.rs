use std::fmt::Write as _;

use freehold_schema_core::ir::{Schema, SqlType};
use freehold_schema_core::model::ScalarType;
use freehold_schema_core::normal;

use super::{DAY, Number, Value, clock_of, length, moment};

/// A number of values that no table has more rows than.
pub(crate) const LARGE: u64 = 1 << 40;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Bool,
    Int {
        low: i64,
        high: i64,
    },
    /// Numbers of at most `most` units.
    Decimal {
        scale: u32,
        most: i128,
    },
    Float,
    Text {
        longest: Option<usize>,
        /// Whether PostgreSQL fills it up with spaces.
        is_padded: bool,
    },
    Bytes,
    Uuid,
    Date,
    Time,
    Timestamp,
    Interval,
    Json,
    Inet,
    Cidr,
    Search,
    /// The labels of an enum.
    Label(Vec<String>),
    Array(Box<Kind>),
}

/// The decimal digits of floating-point numbers.
const FLOAT_SCALE: u32 = 3;

impl Kind {
    /// The kind of a type; `None` for a type that is not known here.
    pub(crate) fn of(sql_type: &SqlType, schema: &Schema) -> Option<Self> {
        match sql_type {
            SqlType::Scalar(scalar) => Some(Self::of_scalar(*scalar)),
            SqlType::Array(element) => Some(Self::Array(Box::new(Self::of(element, schema)?))),
            SqlType::Enum(name) => {
                let found = schema.enums.iter().find(|it| it.name == *name)?;
                Some(Self::Label(found.labels.clone()))
            }
            SqlType::Domain(name) => {
                let found = schema.domains.iter().find(|it| it.name == *name)?;
                Self::of(&found.base, schema)
            }
            SqlType::Sql(sql) => match normal::sql_type(sql) {
                SqlType::Sql(_) => None,
                known => Self::of(&known, schema),
            },
        }
    }

    fn of_scalar(scalar: ScalarType) -> Self {
        let int = |low, high| Self::Int { low, high };
        match scalar {
            ScalarType::Boolean => Self::Bool,
            ScalarType::SmallInt => int(i16::MIN.into(), i16::MAX.into()),
            ScalarType::Integer => int(i32::MIN.into(), i32::MAX.into()),
            ScalarType::BigInt => int(i64::MIN, i64::MAX),
            ScalarType::Real | ScalarType::DoublePrecision => Self::Float,
            ScalarType::Numeric(digits) => Self::decimal(digits),
            ScalarType::Text | ScalarType::Citext => Self::text(None, false),
            ScalarType::Varchar(longest) => Self::text(longest, false),
            ScalarType::Char(longest) => Self::text(Some(longest), true),
            ScalarType::Bytea => Self::Bytes,
            ScalarType::Uuid => Self::Uuid,
            ScalarType::Date => Self::Date,
            ScalarType::Time => Self::Time,
            ScalarType::Timestamp | ScalarType::TimestampTz => Self::Timestamp,
            ScalarType::Interval => Self::Interval,
            ScalarType::Json | ScalarType::Jsonb => Self::Json,
            ScalarType::Inet => Self::Inet,
            ScalarType::Cidr => Self::Cidr,
            ScalarType::TsVector => Self::Search,
        }
    }

    fn decimal(digits: Option<(u16, i16)>) -> Self {
        let (precision, scale) = digits.unwrap_or((12, 2));
        let most = 10_i128.checked_pow(u32::from(precision).min(30));
        Self::Decimal {
            scale: u32::try_from(scale).unwrap_or_default(),
            most: most.map_or(i128::MAX, |most| most - 1),
        }
    }

    fn text(longest: Option<u32>, is_padded: bool) -> Self {
        Self::Text {
            longest: longest.and_then(|longest| usize::try_from(longest).ok()),
            is_padded,
        }
    }

    /// The smallest and the largest ordinal, if its values have ordinals.
    pub(crate) fn range(&self) -> Option<(i128, i128)> {
        let days = (-700_000_i128, 2_900_000_i128);
        let day = i128::from(DAY);
        match self {
            Self::Int { low, high } => Some(((*low).into(), (*high).into())),
            Self::Decimal { most, .. } => Some((-most, *most)),
            Self::Float => Some((-1_000_000_000, 1_000_000_000)),
            Self::Date => Some(days),
            Self::Time => Some((0, day - 1)),
            Self::Timestamp => Some((days.0 * day, days.1 * day)),
            Self::Interval => Some((-3_650 * day, 3_650 * day)),
            _ => None,
        }
    }

    /// The place of a value among those of the kind, and whether it is exactly there. A value between two places has
    /// the lower one.
    pub(crate) fn place(&self, value: &Value) -> Option<(i128, bool)> {
        let day = i128::from(DAY);
        match (self, value) {
            (Self::Int { .. }, Value::Number(number)) => placed(*number, 0),
            (Self::Decimal { scale, .. }, Value::Number(number)) => placed(*number, *scale),
            (Self::Float, Value::Number(number)) => placed(*number, FLOAT_SCALE),
            (Self::Date, Value::Date(days)) => Some(((*days).into(), true)),
            (Self::Date, Value::Timestamp(micros)) => {
                let micros = i128::from(*micros);
                Some((micros.div_euclid(day), micros.rem_euclid(day) == 0))
            }
            (Self::Timestamp, Value::Date(days)) => Some((i128::from(*days) * day, true)),
            (Self::Timestamp, Value::Timestamp(micros))
            | (Self::Time, Value::Time(micros))
            | (Self::Interval, Value::Interval(micros)) => Some(((*micros).into(), true)),
            _ => None,
        }
    }

    /// The value at a place.
    pub(crate) fn at(&self, place: i128) -> Value {
        let micros = || i64::try_from(place).unwrap_or_default();
        match self {
            Self::Int { .. } => Value::Number(Number::new(place, 0)),
            Self::Decimal { scale, .. } => Value::Number(Number::new(place, *scale)),
            Self::Float => Value::Number(Number::new(place, FLOAT_SCALE)),
            Self::Date => Value::Date(i32::try_from(place).unwrap_or_default()),
            Self::Time => Value::Time(micros()),
            Self::Timestamp => Value::Timestamp(micros()),
            Self::Interval => Value::Interval(micros()),
            _ => Value::Null,
        }
    }

    /// The places from one whole number, day or second to the next.
    pub(crate) fn step(&self) -> i128 {
        match self {
            Self::Decimal { scale, .. } => 10_i128.checked_pow(*scale).unwrap_or(1),
            Self::Float => 10_i128.pow(FLOAT_SCALE),
            Self::Time | Self::Timestamp | Self::Interval => 1_000_000,
            _ => 1,
        }
    }

    /// The value that a text literal means for a column of this kind.
    pub(crate) fn read(&self, text: &str) -> Option<Value> {
        match self {
            Self::Bool => match text {
                "true" | "t" | "yes" | "on" | "1" => Some(Value::Bool(true)),
                "false" | "f" | "no" | "off" | "0" => Some(Value::Bool(false)),
                _ => None,
            },
            Self::Int { .. } | Self::Decimal { .. } | Self::Float => {
                Number::parse(text).map(Value::Number)
            }
            Self::Date => text
                .parse()
                .ok()
                .map(|date: super::Date| Value::Date(date.days())),
            Self::Time => clock_of(text).map(Value::Time),
            Self::Timestamp => moment(text).map(Value::Timestamp),
            Self::Interval => length(text).map(Value::Interval),
            Self::Uuid => {
                let digits: String = text.chars().filter(|c| *c != '-').collect();
                u128::from_str_radix(&digits, 16).ok().map(Value::Uuid)
            }
            Self::Text { .. } | Self::Label(_) | Self::Json | Self::Inet | Self::Cidr => {
                Some(text.into())
            }
            Self::Bytes | Self::Search | Self::Array(_) => None,
        }
    }

    /// The length that the type allows.
    pub(crate) const fn longest(&self) -> Option<usize> {
        match self {
            Self::Text { longest, .. } => *longest,
            _ => None,
        }
    }
}

fn placed(number: Number, scale: u32) -> Option<(i128, bool)> {
    Some((number.floor_at(scale)?, number.fits(scale)))
}

/// The number in base 36, with leading zeros up to `width`.
pub(crate) fn code(mut number: u64, width: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = Vec::new();
    while number > 0 || digits.len() < width {
        let at = usize::try_from(number % 36).unwrap_or_default();
        digits.push(char::from(DIGITS[at]));
        number /= 36;
    }
    digits.iter().rev().fold(String::new(), |mut text, digit| {
        // Writing to a text cannot fail.
        let _ = text.write_char(*digit);
        text
    })
}
