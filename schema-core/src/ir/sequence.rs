use super::QualifiedName;
use crate::model::SequenceDef;

/// A sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The name.
    pub name: QualifiedName,
    /// The first value.
    pub start: Option<i64>,
    /// The step from one value to the next.
    pub increment: Option<i64>,
    /// The smallest value.
    pub min: Option<i64>,
    /// The largest value.
    pub max: Option<i64>,
    /// How many values a session takes at once.
    pub cache: Option<i64>,
    /// Whether it begins again after the last value.
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
pub struct Extension {
    /// The name.
    pub name: String,
    /// The PostgreSQL schema that its objects are put in.
    pub schema: Option<String>,
}
