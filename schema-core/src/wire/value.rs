use sqlx::encode::IsNull;
use sqlx::error::{BoxDynError, UnexpectedNullError};
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};

/// A Rust type that a column of PostgreSQL can be written from and read into.
///
/// All types in the attribute reference implement it, and so do the keys, domains and enums of the derives. `&str` does
/// not, because a value that is read from a row must own its text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a row of PostgreSQL",
    label = "not a value of a column",
    note = "use a type of the attribute reference that owns its value, such as `String` for `&str`; if you need only the DDL, turn the feature `postgres` off"
)]
pub trait ColumnValue: Sized + Send + Sync + 'static {
    /// The PostgreSQL type that it is sent as.
    fn type_info() -> PgTypeInfo;
    /// The PostgreSQL type of an array of it.
    fn array_type_info() -> PgTypeInfo;
    /// Whether it can be read from a column of type `actual`.
    fn compatible(actual: &PgTypeInfo) -> bool;
    /// The PostgreSQL type of this value, if it differs between values of the type.
    fn produces(&self) -> Option<PgTypeInfo> {
        None
    }
    /// Encodes the value.
    ///
    /// # Errors
    ///
    /// If PostgreSQL has no such value.
    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError>;
    /// Decodes a value. The column's type was checked before.
    ///
    /// # Errors
    ///
    /// If the type cannot hold the value.
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError>;
    /// The value for null.
    ///
    /// # Errors
    ///
    /// If the type has none. Only `Option` has one.
    fn decode_null() -> Result<Self, BoxDynError> {
        Err(Box::new(UnexpectedNullError))
    }
}

#[diagnostic::do_not_recommend]
impl<T: ColumnValue> ColumnValue for Option<T> {
    fn type_info() -> PgTypeInfo {
        T::type_info()
    }

    fn array_type_info() -> PgTypeInfo {
        T::array_type_info()
    }

    fn compatible(actual: &PgTypeInfo) -> bool {
        T::compatible(actual)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        self.as_ref().and_then(T::produces)
    }

    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.as_ref()
            .map_or(Ok(IsNull::Yes), |value| value.encode(buffer))
    }

    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        T::decode(value).map(Some)
    }

    fn decode_null() -> Result<Self, BoxDynError> {
        Ok(None)
    }
}
