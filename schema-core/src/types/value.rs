use crate::model::{EnumDef, SqlType};

/// A Rust type whose values can be stored in a column.
///
/// [`SqlValue::NULLABLE`] decides whether the column is `NOT NULL`. It is a property of the type, so that an alias of
/// an `Option` counts as one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no SQL column type",
    label = "no column can hold this type",
    note = "use one of the types of the attribute reference, a type with `#[derive(Key)]` or `#[derive(SqlEnum)]`, or `Json<..>`"
)]
pub trait SqlValue {
    /// The type without `Option`.
    type Base;
    /// The column's type, unless `#[column(..)]` names another.
    const TYPE: SqlType;
    /// Whether the column may be null.
    const NULLABLE: bool = false;
    /// The enum whose labels the column holds, if any.
    const ENUM: Option<&'static EnumDef> = None;
}

// The bound excludes `Option<Option<T>>`: it could be null in two ways, but a column only in one.
#[diagnostic::do_not_recommend]
impl<T: SqlValue<Base = T>> SqlValue for Option<T> {
    type Base = T;
    const TYPE: SqlType = T::TYPE;
    const NULLABLE: bool = true;
    const ENUM: Option<&'static EnumDef> = T::ENUM;
}

/// A type that can be the element of an array column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the element of an array column",
    label = "this type has no array type"
)]
pub trait ArrayElement: SqlValue + 'static {}

impl<T: ArrayElement> SqlValue for Vec<T> {
    type Base = Self;
    const TYPE: SqlType = SqlType::Array(&T::TYPE);
    const ENUM: Option<&'static EnumDef> = T::ENUM;
}
