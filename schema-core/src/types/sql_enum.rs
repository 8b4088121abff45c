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

    /// The label in the database; [`OTHER_LABEL`] of the value for labels that the enum does not know.
    fn label(&self) -> &'static str;

    /// The value of a label, where the enum has it, or has a value for labels that it does not know.
    fn from_label(label: &str) -> Option<Self>;
}

/// What the value with `#[sql_enum(other)]` has instead of a label: PostgreSQL has no such text, so that it is never written.
pub const OTHER_LABEL: &str = "\0";

/// The label of a value that a definition names.
///
/// # Panics
///
/// At compile time, where the value is for labels that the enum does not know.
#[track_caller]
pub const fn known_label(label: &'static str) -> &'static str {
    let is_other = matches!(label.as_bytes(), [0]);
    assert!(
        !is_other,
        "this value is for labels that the enum does not know, and has no label; name another value"
    );
    label
}
