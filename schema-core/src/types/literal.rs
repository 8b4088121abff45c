//! The literals that `default = ..` takes, checked against the type of the field.

use super::SqlValue;
use crate::message::Message;
use crate::model::Expr;

/// A type whose default can be written as a whole number.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no number as its default",
    label = "the default is a number, this type is not"
)]
pub trait IntegerLiteral {
    /// The smallest number that the column can hold.
    const MIN: i128;
    /// The largest number that the column can hold.
    const MAX: i128;
}

/// A type whose default can be written as a number with a fraction.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no number with a fraction as its default",
    label = "the default has a fraction, this type has none"
)]
pub trait FractionLiteral {}

/// A type whose default can be written as a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no text as its default",
    label = "the default is a text, this type is not"
)]
pub trait TextLiteral {}

/// A type whose default can be written as `true` or `false`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` takes no `true` or `false` as its default",
    label = "the default is `true` or `false`, this type is not `bool`"
)]
pub trait BooleanLiteral {}

#[diagnostic::do_not_recommend]
impl<T: IntegerLiteral> IntegerLiteral for Option<T> {
    const MIN: i128 = T::MIN;
    const MAX: i128 = T::MAX;
}

#[diagnostic::do_not_recommend]
impl<T: FractionLiteral> FractionLiteral for Option<T> {}

#[diagnostic::do_not_recommend]
impl<T: TextLiteral> TextLiteral for Option<T> {}

#[diagnostic::do_not_recommend]
impl<T: BooleanLiteral> BooleanLiteral for Option<T> {}

/// Returns a whole number as the default of a column of `T`.
///
/// # Panics
///
/// Panics at compile time if the column cannot hold the number.
#[track_caller]
#[allow(clippy::panic)] // It panics at compile time, and the panic is the error message.
pub const fn integer<T: IntegerLiteral + SqlValue>(value: i128, text: &'static str) -> Expr {
    if value < T::MIN || T::MAX < value {
        let word = T::TYPE.word();
        let parts = [
            "the default `",
            text,
            "` does not fit `",
            word,
            "`; choose a wider type",
        ];
        panic!("{}", Message::of(&parts).as_str());
    }
    Expr::Number(text)
}

/// Returns a number with a fraction as the default of a column of `T`.
pub const fn fraction<T: FractionLiteral>(text: &'static str) -> Expr {
    Expr::Number(text)
}

/// Returns a text as the default of a column of `T`.
///
/// # Panics
///
/// Panics at compile time for a word that PostgreSQL would replace with the time at which the table is created.
#[track_caller]
pub const fn text<T: TextLiteral + SqlValue>(text: &'static str) -> Expr {
    assert!(
        !(T::TYPE.is_time() && is_relative_time(text)),
        "PostgreSQL would evaluate this text once, when the table is created; write a call without quotes: `now()`, or `current_date`"
    );
    Expr::Text(text)
}

/// Whether it is a word for a time relative to now (PostgreSQL manual, 8.5.1.4).
const fn is_relative_time(text: &str) -> bool {
    let words = [
        "now",
        "now()",
        "today",
        "tomorrow",
        "yesterday",
        "current_date",
        "current_timestamp",
    ];
    let mut i = 0;
    while i < words.len() {
        if text.eq_ignore_ascii_case(words[i]) {
            return true;
        }
        i += 1;
    }
    false
}

/// Returns `NULL` as the default of a column of `T`.
///
/// # Panics
///
/// Panics at compile time if the column is never null.
#[track_caller]
pub const fn null<T: SqlValue>() -> Expr {
    assert!(
        T::NULLABLE,
        "the default is `null`, but the column is never null; make the field's type an `Option`"
    );
    Expr::Null
}

/// Returns `true` or `false` as the default of a column of `T`.
pub const fn boolean<T: BooleanLiteral>(value: bool) -> Expr {
    Expr::Bool(value)
}

/// Returns the label of an enum's value as the default of a column of `T`.
pub const fn variant<T: SqlValue>(_value: &T::Base, label: &'static str) -> Expr {
    Expr::Text(label)
}
