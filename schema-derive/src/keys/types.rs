//! The type words of `#[column(..)]`.

/// The arguments of a type word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TypeArguments {
    /// `text`
    None,
    /// `varchar(255)` or `varchar`
    OptionalLength,
    /// `char(2)`
    Length,
    /// `numeric(10, 2)` or `numeric`
    OptionalDigits,
    /// `array(text)`
    Element,
}

/// A type word of `#[column(..)]`.
#[derive(Debug)]
pub(crate) struct TypeWord {
    pub(crate) word: &'static str,
    /// The variant of `SqlType`.
    pub(crate) variant: &'static str,
    /// The name of the word in `StoredAs`.
    pub(crate) stored_as: &'static str,
    pub(crate) arguments: TypeArguments,
}

impl TypeWord {
    /// The name of the type in a cast; `None` if the type needs arguments, or an extension that a cast does not create.
    pub(crate) fn cast_name(&self) -> Option<&'static str> {
        match (self.word, self.arguments) {
            ("double", _) => Some("double precision"),
            ("citext", _) | (_, TypeArguments::Length | TypeArguments::Element) => None,
            (word, _) => Some(word),
        }
    }
}

const fn plain(word: &'static str, variant: &'static str) -> TypeWord {
    with(word, variant, TypeArguments::None)
}

const fn with(word: &'static str, variant: &'static str, arguments: TypeArguments) -> TypeWord {
    TypeWord {
        word,
        variant,
        stored_as: word,
        arguments,
    }
}

/// Every type word.
pub(crate) const TYPES: &[TypeWord] = &[
    plain("boolean", "Boolean"),
    plain("smallint", "SmallInt"),
    plain("integer", "Integer"),
    plain("bigint", "BigInt"),
    plain("real", "Real"),
    plain("double", "DoublePrecision"),
    with("numeric", "Numeric", TypeArguments::OptionalDigits),
    TypeWord {
        word: "decimal",
        variant: "Numeric",
        stored_as: "numeric",
        arguments: TypeArguments::OptionalDigits,
    },
    plain("text", "Text"),
    with("varchar", "Varchar", TypeArguments::OptionalLength),
    with("char", "Char", TypeArguments::Length),
    plain("citext", "Citext"),
    plain("bytea", "Bytea"),
    plain("uuid", "Uuid"),
    plain("date", "Date"),
    plain("time", "Time"),
    plain("timestamp", "Timestamp"),
    plain("timestamptz", "TimestampTz"),
    plain("interval", "Interval"),
    plain("json", "Json"),
    plain("jsonb", "Jsonb"),
    plain("inet", "Inet"),
    plain("cidr", "Cidr"),
    plain("tsvector", "TsVector"),
    with("array", "Array", TypeArguments::Element),
];

/// The names of Rust types that columns can have and that are not enums.
#[rustfmt::skip]
pub(crate) const NO_ENUMS: &[&str] = &[
    "bool", "i16", "i32", "i64", "f32", "f64", "str", "String", "Vec", "Uuid", "Decimal", "NaiveDate",
    "NaiveDateTime", "DateTime", "Value", "Json",
];

/// The type word with this name.
pub(crate) fn type_word(word: &str) -> Option<&'static TypeWord> {
    TYPES.iter().find(|sql_type| sql_type.word == word)
}
