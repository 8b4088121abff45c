use super::SqlValue;
use crate::model::EnumDef;

/// An enum that can stand in a column. Made by `#[derive(SqlEnum)]` on an enum whose variants have no fields.
///
/// It is a `text` with a check on its labels or, with `#[sql_enum(native)]`, an enum type of the database.
pub trait SqlEnum: SqlValue + Sized {
    /// The definition.
    const DEF: &'static EnumDef;

    /// The label in the database.
    fn label(&self) -> &'static str;

    /// The value of a label, where the enum has it.
    fn from_label(label: &str) -> Option<Self>;
}
