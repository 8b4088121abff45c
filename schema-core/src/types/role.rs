use super::{StoredAs, word};

/// A type that a `created_at` or `updated_at` column can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a point in time",
    label = "use `DateTime<Utc>` or `NaiveDateTime`"
)]
pub trait Timestamp {}

#[diagnostic::do_not_recommend]
impl<T: Timestamp> Timestamp for Option<T> {}

/// A type that a `deleted_at` column can hold: an optional point in time.
#[diagnostic::on_unimplemented(
    message = "a `deleted_at` column is null until the row is deleted, but `{Self}` cannot be null",
    label = "use `Option<DateTime<Utc>>` or `Option<NaiveDateTime>`"
)]
pub trait DeletionTime {}

#[diagnostic::do_not_recommend]
impl<T: Timestamp> DeletionTime for Option<T> {}

/// A type that full-text search can search.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no words to search in",
    label = "this column is not a text",
    note = "`search(..)` takes columns of `String`, of the other types that a `text` column can have, and of `Option`s of these"
)]
pub trait Searchable {}

#[diagnostic::do_not_recommend]
impl<T: StoredAs<word::text>> Searchable for T {}

/// A type that a `serial` or `identity` column can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a `serial` or `identity` column",
    label = "use `i16`, `i32` or `i64` without `Option`"
)]
pub trait SerialInteger {}
