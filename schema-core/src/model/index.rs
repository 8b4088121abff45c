use super::Expr;

/// An index of a table.
#[derive(Clone, Copy, Debug)]
pub struct IndexDef {
    /// The index's name; without one, `idx_{table}_{columns}`.
    pub name: Option<&'static str>,
    /// The indexed columns and expressions, in order.
    pub parts: &'static [IndexPart],
    /// Whether no two rows may have the same values.
    pub unique: bool,
    /// Whether, in a unique index, nulls are equal to each other.
    pub nulls_not_distinct: bool,
    /// The access method.
    pub method: IndexMethod,
    /// The columns that are stored beside the key (`INCLUDE`).
    pub include: &'static [&'static str],
    /// The condition of a partial index.
    pub filter: Option<Expr>,
}

impl IndexDef {
    /// A B-tree index over `parts`.
    pub const fn new(parts: &'static [IndexPart]) -> Self {
        Self {
            name: None,
            parts,
            unique: false,
            nulls_not_distinct: false,
            method: IndexMethod::BTree,
            include: &[],
            filter: None,
        }
    }

    /// Names the index.
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Makes it unique.
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// Makes nulls equal to each other (`NULLS NOT DISTINCT`, PostgreSQL 15).
    pub const fn nulls_not_distinct(mut self) -> Self {
        self.nulls_not_distinct = true;
        self
    }

    /// Sets the access method.
    pub const fn method(mut self, method: IndexMethod) -> Self {
        self.method = method;
        self
    }

    /// Stores `columns` beside the key.
    pub const fn include(mut self, columns: &'static [&'static str]) -> Self {
        self.include = columns;
        self
    }

    /// Whether it is a unique index over columns only and without a condition, so that no two rows have the same key.
    pub(super) const fn is_unique_over_every_row(&self) -> bool {
        let mut i = 0;
        while i < self.parts.len() {
            if !matches!(self.parts[i].value, Expr::Column(_)) {
                return false;
            }
            i += 1;
        }
        self.unique && self.filter.is_none()
    }

    /// Restricts it to the rows for which `condition` is true.
    pub const fn filter(mut self, condition: Expr) -> Self {
        self.filter = Some(condition);
        self
    }
}

/// A column or an expression of an index.
#[derive(Clone, Copy, Debug)]
pub struct IndexPart {
    /// The column or the expression.
    pub value: Expr,
    /// Ascending or descending.
    pub order: SortOrder,
    /// Where nulls are sorted; `None` is last in ascending and first in descending order.
    pub nulls: Option<Nulls>,
    /// The collation.
    pub collation: Option<&'static str>,
    /// The operator class.
    pub operator_class: Option<&'static str>,
}

impl IndexPart {
    /// An ascending part.
    pub const fn new(value: Expr) -> Self {
        Self {
            value,
            order: SortOrder::Ascending,
            nulls: None,
            collation: None,
            operator_class: None,
        }
    }

    /// An ascending part that is a column.
    pub const fn column(name: &'static str) -> Self {
        Self::new(Expr::Column(name))
    }

    /// Makes it descending.
    pub const fn desc(mut self) -> Self {
        self.order = SortOrder::Descending;
        self
    }

    /// Sets where nulls are sorted.
    pub const fn nulls(mut self, nulls: Nulls) -> Self {
        self.nulls = Some(nulls);
        self
    }

    /// Sets the collation.
    pub const fn collation(mut self, name: &'static str) -> Self {
        self.collation = Some(name);
        self
    }

    /// Sets the operator class.
    pub const fn operator_class(mut self, name: &'static str) -> Self {
        self.operator_class = Some(name);
        self
    }
}

/// The sort order of an index part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum SortOrder {
    /// `ASC`
    Ascending,
    /// `DESC`
    Descending,
}

/// Where nulls are sorted in an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Nulls {
    /// `NULLS FIRST`
    First,
    /// `NULLS LAST`
    Last,
}

/// The access method of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum IndexMethod {
    /// `btree`: equality, ranges, order
    BTree,
    /// `hash`: only equality
    Hash,
    /// `gin`: arrays, `jsonb`, full text
    Gin,
    /// `gist`: ranges, geometry
    Gist,
    /// `brin`: large tables that are stored in the order of the column
    Brin,
}
