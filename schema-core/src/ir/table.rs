use super::{
    Check, Expr, ForeignKey, Index, Partition, PartitionBy, Policy, PrimaryKey, QualifiedName,
    RowSecurity, SqlType, Trigger, Unique,
};
use crate::model::Identity;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The name.
    pub name: QualifiedName,
    /// The comment.
    pub comment: Option<String>,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The primary key.
    pub primary_key: Option<PrimaryKey>,
    /// The unique constraints.
    pub uniques: Vec<Unique>,
    /// The checks.
    pub checks: Vec<Check>,
    /// The foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// The indexes.
    pub indexes: Vec<Index>,
    /// The triggers.
    pub triggers: Vec<Trigger>,
    /// Its row-level security, where it has any.
    pub row_security: Option<RowSecurity>,
    /// The policies.
    pub policies: Vec<Policy>,
    /// How the rows are dealt out to partitions.
    pub partition_by: Option<PartitionBy>,
    /// The partitions.
    pub partitions: Vec<Partition>,
    /// The name before, where it was renamed.
    pub renamed_from: Option<String>,
}

impl Table {
    /// A table without columns.
    pub(crate) fn new(name: QualifiedName) -> Self {
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
            renamed_from: None,
        }
    }

    /// The names that stand in the namespace of relations: the table's own, its partitions', and those of its indexes, made by hand or by
    /// a constraint.
    pub(crate) fn relation_names(&self) -> impl Iterator<Item = &str> {
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
pub struct Column {
    /// The name.
    pub name: String,
    /// The type.
    pub sql_type: SqlType,
    /// Whether it may be null.
    pub nullable: bool,
    /// The default.
    pub default: Option<Expr>,
    /// The expression of a stored generated column.
    pub generated: Option<Expr>,
    /// Who gives it its values, where it is an identity column.
    pub identity: Option<Identity>,
    /// Whether it is `smallserial`, `serial` or `bigserial`.
    pub serial: bool,
    /// The comment.
    pub comment: Option<String>,
    /// The name before, where it was renamed.
    pub renamed_from: Option<String>,
}
