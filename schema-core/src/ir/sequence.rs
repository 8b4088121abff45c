use super::QualifiedName;
use crate::model::SequenceDef;

/// A sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "migrate", derive(serde::Serialize, serde::Deserialize))]
pub struct Sequence {
    /// The name.
    pub name: QualifiedName,
    /// The first value.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub start: Option<i64>,
    /// The step from one value to the next.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub increment: Option<i64>,
    /// The smallest value.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub min: Option<i64>,
    /// The largest value.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub max: Option<i64>,
    /// How many values a session takes at once.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub cache: Option<i64>,
    /// Whether it begins again after the last value.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub cycle: bool,
}

impl From<&SequenceDef> for Sequence {
    fn from(def: &SequenceDef) -> Self {
        Self {
            name: (&def.name).into(),
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
#[cfg_attr(feature = "migrate", derive(serde::Serialize, serde::Deserialize))]
pub struct Extension {
    /// The name.
    pub name: String,
    /// The PostgreSQL schema that its objects are put in.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub schema: Option<String>,
}
