use super::Expr;
use crate::model::{self, PartitionStrategy};

/// How the rows of a table are distributed over its partitions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PartitionBy {
    /// The strategy.
    pub strategy: PartitionStrategy,
    /// The columns of the partition key, in order.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub columns: Vec<String>,
}

/// A partition of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Partition {
    /// The name. The partition is in the PostgreSQL schema of its table.
    pub name: String,
    /// The rows that it holds.
    pub bound: PartitionBound,
}

/// The rows that a partition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PartitionBound {
    /// Values from the first bound, which is included, to the second, which is not.
    Range(Vec<Expr>, Vec<Expr>),
    /// These values.
    List(Vec<Expr>),
    /// The rows for which the hash of the key, divided by the modulus, has this remainder: modulus, then remainder.
    Hash(u32, u32),
    /// All rows that no other partition holds.
    Default,
}

impl From<&model::PartitionByDef> for PartitionBy {
    fn from(def: &model::PartitionByDef) -> Self {
        Self {
            strategy: def.strategy,
            columns: def
                .columns
                .iter()
                .map(|column| (*column).to_owned())
                .collect(),
        }
    }
}

impl From<&model::PartitionDef> for Partition {
    fn from(def: &model::PartitionDef) -> Self {
        let each = |values: &[model::Expr]| values.iter().map(Expr::from).collect();
        let bound = match def.bound {
            model::PartitionBound::Range(from, to) => PartitionBound::Range(each(from), each(to)),
            model::PartitionBound::List(values) => PartitionBound::List(each(values)),
            model::PartitionBound::Hash(modulus, remainder) => {
                PartitionBound::Hash(modulus, remainder)
            }
            model::PartitionBound::Default => PartitionBound::Default,
        };
        Self {
            name: def.name.to_owned(),
            bound,
        }
    }
}
