use super::{QualifiedName, cut};

/// What a schema between two releases has in addition to that of the newer release.
///
/// The older release needs it to work beside the newer one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Expansion {
    /// The tables and views that only the older release uses.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub relations: Vec<QualifiedName>,
    /// The columns that only the older release uses.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub columns: Vec<LeavingColumn>,
    /// The columns that exist under two names.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub copies: Vec<ColumnCopy>,
}

/// A column that is dropped when the older release has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeavingColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column.
    pub name: String,
}

/// A column that exists under two names, which a trigger keeps equal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ColumnCopy {
    /// The table.
    pub table: QualifiedName,
    /// The name that the older release uses.
    pub from: String,
    /// The name that the newer release uses.
    pub to: String,
}

impl Expansion {
    /// Whether the schema has nothing in addition to that of its release.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the table or view is used only by the older release.
    pub fn has_relation(&self, name: &QualifiedName) -> bool {
        self.relations.contains(name)
    }

    /// Whether the newer release does not use the column, or uses it under another name.
    pub fn has_column(&self, table: &QualifiedName, name: &str) -> bool {
        let mut columns = self.columns.iter();
        let leaves = columns.any(|column| column.table == *table && column.name == name);
        leaves || self.copy_of(table, name).is_some()
    }

    /// The copy of a column, by the name that the older release uses.
    pub fn copy_of(&self, table: &QualifiedName, from: &str) -> Option<&ColumnCopy> {
        let mut copies = self.copies.iter();
        copies.find(|copy| copy.table == *table && copy.from == from)
    }

    /// The copy of a column, by the name that the newer release uses.
    pub fn copy_as(&self, table: &QualifiedName, to: &str) -> Option<&ColumnCopy> {
        let mut copies = self.copies.iter();
        copies.find(|copy| copy.table == *table && copy.to == to)
    }

    /// The names of the columns that only the older release uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter().map(|column| column.name.as_str());
        columns.chain(self.copies.iter().map(|copy| copy.from.as_str()))
    }

    /// The names of the columns of one table that only the older release uses.
    pub fn names_of<'a>(&'a self, table: &'a QualifiedName) -> impl Iterator<Item = &'a str> {
        let columns = self.columns.iter().filter(|column| column.table == *table);
        let copies = self.copies.iter().filter(|copy| copy.table == *table);
        let columns = columns.map(|column| column.name.as_str());
        columns.chain(copies.map(|copy| copy.from.as_str()))
    }

    /// The names of all tables in it, mutable.
    pub fn table_names_mut(&mut self) -> impl Iterator<Item = &mut QualifiedName> {
        let columns = self.columns.iter_mut().map(|column| &mut column.table);
        let copies = self.copies.iter_mut().map(|copy| &mut copy.table);
        self.relations.iter_mut().chain(columns).chain(copies)
    }
}

impl ColumnCopy {
    /// The name of the trigger that keeps both equal.
    ///
    /// PostgreSQL fires triggers in the order of their names; an underscore sorts before lower-case letters, so the
    /// other triggers see both columns.
    pub fn trigger_name(&self) -> String {
        cut(&format!("_same_{}_{}", self.from, self.to))
    }

    /// The name of the function that the trigger calls.
    pub fn function_name(&self) -> QualifiedName {
        QualifiedName {
            schema: self.table.schema.clone(),
            name: cut(&format!(
                "_same_{}_{}_{}",
                self.table.name, self.from, self.to
            )),
        }
    }
}
