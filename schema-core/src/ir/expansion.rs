use super::{QualifiedName, cut};

/// What a schema between two releases has beside what the newer one asks for, so that the older one goes on beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Expansion {
    /// The tables and views that the newer release does not know.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub relations: Vec<QualifiedName>,
    /// The columns that the newer release does not know.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub columns: Vec<LeavingColumn>,
    /// The columns that have two names.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub copies: Vec<ColumnCopy>,
}

/// A column that goes with the next release.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeavingColumn {
    /// The table.
    pub table: QualifiedName,
    /// The column.
    pub name: String,
}

/// A column that is there under two names, of which a trigger keeps each equal to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ColumnCopy {
    /// The table.
    pub table: QualifiedName,
    /// The name that the older release knows.
    pub from: String,
    /// The name that the newer one knows.
    pub to: String,
}

impl Expansion {
    /// Whether the schema is wholly that of its release.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the newer release does not know the table or the view.
    pub fn has_relation(&self, name: &QualifiedName) -> bool {
        self.relations.contains(name)
    }

    /// Whether the newer release does not know the column, or knows it under another name.
    pub fn has_column(&self, table: &QualifiedName, name: &str) -> bool {
        let mut columns = self.columns.iter();
        let leaves = columns.any(|column| column.table == *table && column.name == name);
        leaves || self.copy_of(table, name).is_some()
    }

    /// The copy of the column of the older release.
    pub fn copy_of(&self, table: &QualifiedName, from: &str) -> Option<&ColumnCopy> {
        let mut copies = self.copies.iter();
        copies.find(|copy| copy.table == *table && copy.from == from)
    }

    /// The copy that the column is.
    pub fn copy_as(&self, table: &QualifiedName, to: &str) -> Option<&ColumnCopy> {
        let mut copies = self.copies.iter();
        copies.find(|copy| copy.table == *table && copy.to == to)
    }

    /// The names of the columns that the older release alone knows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let columns = self.columns.iter().map(|column| column.name.as_str());
        columns.chain(self.copies.iter().map(|copy| copy.from.as_str()))
    }

    /// Those of one table.
    pub fn names_of<'a>(&'a self, table: &'a QualifiedName) -> impl Iterator<Item = &'a str> {
        let columns = self.columns.iter().filter(|column| column.table == *table);
        let copies = self.copies.iter().filter(|copy| copy.table == *table);
        let columns = columns.map(|column| column.name.as_str());
        columns.chain(copies.map(|copy| copy.from.as_str()))
    }

    /// The names of tables in it, to be changed.
    pub fn table_names_mut(&mut self) -> impl Iterator<Item = &mut QualifiedName> {
        let columns = self.columns.iter_mut().map(|column| &mut column.table);
        let copies = self.copies.iter_mut().map(|copy| &mut copy.table);
        self.relations.iter_mut().chain(columns).chain(copies)
    }
}

impl ColumnCopy {
    /// The trigger that keeps both equal. PostgreSQL fires triggers in the order of their names: the underscore comes before every small
    /// letter, so that the others see both columns.
    pub fn trigger_name(&self) -> String {
        cut(&format!("_same_{}_{}", self.from, self.to))
    }

    /// The function that the trigger calls.
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
