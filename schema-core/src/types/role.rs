use super::{StoredAs, word};

/// A type that a `created_at` or `updated_at` column can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a point in time",
    label = "use `DateTime<Utc>` or `NaiveDateTime`"
)]
pub trait Timestamp {}

#[diagnostic::do_not_recommend]
impl<T: Timestamp> Timestamp for Option<T> {}

/// A type that a `deleted_at` column can hold: a point in time that may be missing.
#[diagnostic::on_unimplemented(
    message = "a `deleted_at` column is empty until the row is deleted, `{Self}` cannot be",
    label = "use `Option<DateTime<Utc>>` or `Option<NaiveDateTime>`"
)]
pub trait DeletionTime {}

#[diagnostic::do_not_recommend]
impl<T: Timestamp> DeletionTime for Option<T> {}

/// A type that full-text search can look in.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no words to search in",
    label = "this column is no text",
    note = "`search(..)` takes columns of `String` and of the other types of a `text` column, `Option`s of them among these"
)]
pub trait Searchable {}

#[diagnostic::do_not_recommend]
impl<T: StoredAs<word::text>> Searchable for T {}

/// A type that a `serial` or `identity` column can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be counted up by the database",
    label = "use `i16`, `i32` or `i64`, not optional"
)]
pub trait SerialInteger {}
