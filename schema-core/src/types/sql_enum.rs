use super::SqlValue;
use crate::model::EnumDef;

/// An enum that can be a column. Made by `#[derive(SqlEnum)]` on an enum whose variants have no fields.
///
/// It is a `text` with a check of its labels or, with `#[sql_enum(native)]`, an enum type of the database.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL enum",
    label = "this type has no `#[derive(SqlEnum)]`",
    note = "add `#[derive(SqlEnum)]` to the enum; if this is an `Option` of an enum, write the enum itself"
)]
pub trait SqlEnum: SqlValue + Sized {
    /// The definition.
    const DEF: &'static EnumDef;

    /// The label in the database. The value with `#[sql_enum(other)]` has [`OTHER_LABEL`].
    fn label(&self) -> &'static str;

    /// The value of a label. For an unknown label it is the value with `#[sql_enum(other)]`, or `None` if the enum has
    /// no such value.
    fn from_label(label: &str) -> Option<Self>;
}

/// The label of the value with `#[sql_enum(other)]`. No PostgreSQL text can contain it, so that it is never written.
pub const OTHER_LABEL: &str = "\0";

/// Returns the label of a value that a definition names.
///
/// # Panics
///
/// Panics at compile time for the value with `#[sql_enum(other)]`.
#[track_caller]
pub const fn known_label(label: &'static str) -> &'static str {
    let is_other = matches!(label.as_bytes(), [0]);
    assert!(
        !is_other,
        "this value is the `other` value of the enum and has no label; name another value"
    );
    label
}
