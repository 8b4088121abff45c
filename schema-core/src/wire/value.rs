use sqlx::encode::IsNull;
use sqlx::error::{BoxDynError, UnexpectedNullError};
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef};

/// A value that a column of PostgreSQL takes and gives back.
///
/// Every type of the attribute reference is one, and so is each key, domain and enum of the derives. `&str` is none: what is
/// read from a row has to own its text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a row of PostgreSQL",
    label = "no value of a column",
    note = "use a type of the attribute reference that owns its value, such as `String` for `&str`; if you need only the DDL, turn the feature `postgres` off"
)]
pub trait ColumnValue: Sized + Send + Sync + 'static {
    /// The type that it is sent as.
    fn type_info() -> PgTypeInfo;
    /// The type of an array of it.
    fn array_type_info() -> PgTypeInfo;
    /// Whether a column of type `actual` holds it.
    fn compatible(actual: &PgTypeInfo) -> bool;
    /// The type of this value, where it differs from that of another.
    fn produces(&self) -> Option<PgTypeInfo> {
        None
    }
    /// Writes it.
    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError>;
    /// Reads it; the column's type has been asked before.
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError>;
    /// What stands for null.
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
