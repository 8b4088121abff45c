use super::QualifiedName;
use crate::model::SequenceDef;

/// The type of a sequence's values, which bounds them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum SequenceType {
    /// `smallint`
    SmallInt,
    /// `integer`
    Integer,
    /// `bigint`, the default.
    #[default]
    BigInt,
}

impl SequenceType {
    /// The type's name in SQL.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SmallInt => "smallint",
            Self::Integer => "integer",
            Self::BigInt => "bigint",
        }
    }

    /// The type with this name in SQL; `bigint` for any other name.
    #[cfg(feature = "postgres")]
    pub fn of(name: &str) -> Self {
        match name {
            "smallint" => Self::SmallInt,
            "integer" => Self::Integer,
            _ => Self::BigInt,
        }
    }

    /// The default minimum and maximum of a sequence (PostgreSQL manual, `CREATE SEQUENCE`).
    pub const fn bounds(self, descends: bool) -> (i64, i64) {
        let (min, max) = match self {
            Self::SmallInt => (i16::MIN as i64, i16::MAX as i64),
            Self::Integer => (i32::MIN as i64, i32::MAX as i64),
            Self::BigInt => (i64::MIN, i64::MAX),
        };
        if descends { (min, -1) } else { (1, max) }
    }

    #[cfg(feature = "serde")]
    #[allow(clippy::trivially_copy_pass_by_ref)] // Serde requires the reference.
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sequence {
    /// The name.
    pub name: QualifiedName,
    /// The type of its values.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "SequenceType::is_default")
    )]
    pub value_type: SequenceType,
    /// The first value.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub start: Option<i64>,
    /// The step from one value to the next.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub increment: Option<i64>,
    /// The smallest value.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub min: Option<i64>,
    /// The largest value.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub max: Option<i64>,
    /// How many values a session reserves at once.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub cache: Option<i64>,
    /// Whether it starts again after the last value.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub cycle: bool,
}

impl From<&SequenceDef> for Sequence {
    fn from(def: &SequenceDef) -> Self {
        Self {
            name: (&def.name).into(),
            value_type: SequenceType::default(),
            start: def.start,
            increment: def.increment,
            min: def.min,
            max: def.max,
            cache: def.cache,
            cycle: def.cycle,
        }
    }
}

/// An extension of the database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Extension {
    /// The name.
    pub name: String,
    /// The PostgreSQL schema of its objects.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub schema: Option<String>,
}
