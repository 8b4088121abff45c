use super::number::Number;

/// A value of a column.
///
/// A generator written by hand may give [`Value::Text`] to a column of any type: PostgreSQL reads the text as it reads
/// a literal in quotes.
///
/// ```
/// use freehold_schema_fake::Value;
///
/// assert_eq!(Value::from("blue"), Value::Text("blue".to_owned()));
/// assert_eq!(Value::from(None::<i32>), Value::Null);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// `NULL`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number
    Number(Number),
    /// A text, or the text form of a value of any type
    Text(String),
    /// Bytes
    Bytes(Vec<u8>),
    /// A UUID
    Uuid(u128),
    /// The days since 1970-01-01
    Date(i32),
    /// The microseconds since midnight
    Time(i64),
    /// The microseconds since 1970-01-01, in UTC
    Timestamp(i64),
    /// Microseconds
    Interval(i64),
    /// An array
    Array(Vec<Value>),
}

impl Value {
    pub(crate) const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Number(Number::new(value.into(), 0))
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(Number::new(value.into(), 0))
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Number(Number::new(value.into(), 0))
    }
}

impl<V: Into<Self>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<V: Into<Self>> From<Vec<V>> for Value {
    fn from(values: Vec<V>) -> Self {
        Self::Array(values.into_iter().map(Into::into).collect())
    }
}
