use super::SqlValue;
use crate::model::EnumDef;

/// An enum that can stand in a column. Made by `#[derive(SqlEnum)]` on an enum whose variants have no fields.
///
/// It is a `text` with a check on its labels or, with `#[sql_enum(native)]`, an enum type of the database.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no enum of the database",
    label = "this is no enum with `#[derive(SqlEnum)]`",
    note = "add `#[derive(SqlEnum)]` to the enum; where it stands in an `Option`, write the enum itself"
)]
pub trait SqlEnum: SqlValue + Sized {
    /// The definition.
    const DEF: &'static EnumDef;

    /// The label in the database.
    fn label(&self) -> &'static str;

    /// The value of a label, where the enum has it.
    fn from_label(label: &str) -> Option<Self>;
}
