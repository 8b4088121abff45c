use super::{ByteSize, SqlType};
use crate::types::SqlValue;

/// How many rows a table is expected to have. Documents compute its size from it.
#[derive(Clone, Copy, Debug)]
pub struct VolumeDef {
    /// The rows at first.
    pub rows: u64,
    /// The rows that are added on each day.
    pub per_day: u64,
    /// The mean widths of columns, where they are known.
    pub widths: &'static [WidthDef],
}

impl VolumeDef {
    /// A number of rows at first, and of rows that are added on each day.
    pub const fn new(rows: u64, per_day: u64) -> Self {
        Self {
            rows,
            per_day,
            widths: &[],
        }
    }

    /// Sets the mean widths of columns.
    pub const fn widths(mut self, widths: &'static [WidthDef]) -> Self {
        self.widths = widths;
        self
    }
}

/// The mean width of a column's values.
#[derive(Clone, Copy, Debug)]
pub struct WidthDef {
    /// The column.
    pub column: &'static str,
    /// The mean width of a value that is not null, in bytes, without its header.
    pub bytes: u32,
}

impl WidthDef {
    /// The mean width of a column whose field has the type `V`.
    ///
    /// # Panics
    ///
    /// Panics at compile time if every value of the type takes the same number of bytes.
    #[track_caller]
    pub const fn new<V: SqlValue>(column: &'static str, bytes: u32) -> Self {
        assert!(
            !is_fixed(&V::TYPE),
            "every value of this column takes the same number of bytes; remove it from `width(..)`"
        );
        Self { column, bytes }
    }
}

const fn is_fixed(sql_type: &SqlType) -> bool {
    match sql_type {
        SqlType::Scalar(scalar) => matches!(scalar.byte_size(), ByteSize::Fixed(..)),
        SqlType::Domain(def) => is_fixed(&def.base),
        SqlType::Enum(_) => true,
        SqlType::Array(_) | SqlType::Sql(_) => false,
    }
}
