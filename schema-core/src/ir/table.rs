use super::{
    Check, Expr, ForeignKey, Index, Partition, PartitionBy, Policy, PrimaryKey, QualifiedName,
    RenamedLabel, RowSecurity, SqlType, Trigger, Unique,
};
use crate::model::Identity;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Table {
    /// The name.
    pub name: QualifiedName,
    /// The comment.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub comment: Option<String>,
    /// The columns, in order.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub columns: Vec<Column>,
    /// The primary key.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub primary_key: Option<PrimaryKey>,
    /// The unique constraints.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub uniques: Vec<Unique>,
    /// The checks.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub checks: Vec<Check>,
    /// The foreign keys.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub foreign_keys: Vec<ForeignKey>,
    /// The indexes.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub indexes: Vec<Index>,
    /// The triggers.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub triggers: Vec<Trigger>,
    /// Its row-level security, if it has any.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub row_security: Option<RowSecurity>,
    /// The policies.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub policies: Vec<Policy>,
    /// How the rows are distributed over partitions.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub partition_by: Option<PartitionBy>,
    /// The partitions.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub partitions: Vec<Partition>,
    /// Whether more partitions than those listed here are created at run time, one for each month.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub partitions_at_run_time: bool,
    /// The previous name, if it was renamed.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub renamed_from: Option<String>,
    /// The rules and migration hazards that are allowed for it.
    ///
    /// They describe the way to this schema, as `renamed_from` does; snapshots do not contain them.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub allow: Vec<String>,
}

impl Table {
    /// A table without columns.
    pub fn new(name: QualifiedName) -> Self {
        Self {
            name,
            comment: None,
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            triggers: Vec::new(),
            row_security: None,
            policies: Vec::new(),
            partition_by: None,
            partitions: Vec::new(),
            partitions_at_run_time: false,
            renamed_from: None,
            allow: Vec::new(),
        }
    }

    /// The names that it uses in the namespace of relations.
    ///
    /// These are its own and those of its partitions and indexes, including the indexes of constraints.
    pub fn relation_names(&self) -> impl Iterator<Item = &str> {
        let keys = self.primary_key.iter().map(|key| key.name.as_str());
        let uniques = self.uniques.iter().map(|unique| unique.name.as_str());
        let indexes = self.indexes.iter().map(|index| index.name.as_str());
        std::iter::once(self.name.name.as_str())
            .chain(keys)
            .chain(uniques)
            .chain(indexes)
            .chain(
                self.partitions
                    .iter()
                    .map(|partition| partition.name.as_str()),
            )
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Column {
    /// The name.
    pub name: String,
    /// The type.
    pub sql_type: SqlType,
    /// Whether it may be null.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub nullable: bool,
    /// The default.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub default: Option<Expr>,
    /// The expression of a stored generated column.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub generated: Option<Expr>,
    /// What generates its values, if it is an identity column.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub identity: Option<Identity>,
    /// Whether it is `smallserial`, `serial` or `bigserial`.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub serial: bool,
    /// The comment.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub comment: Option<String>,
    /// The previous name, if it was renamed.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub renamed_from: Option<String>,
    /// The renamed labels of its text enum, each with its previous text.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub renamed_labels: Vec<RenamedLabel>,
    /// The migration hazards that are allowed for it.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub allow: Vec<String>,
}
