//! How sqlx reads and writes keys, domains, enums and JSON values.
//!
//! The derives emit calls of this crate's macros, which expand to nothing without the feature `postgres`.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{
    PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgTypeKind, PgValueRef, Postgres,
};
use sqlx::{Decode, Encode, Type, TypeInfo as _};

use super::type_name::is_named;
use super::{OTHER_LABEL, SqlEnum};
use crate::model::{DomainDef, EnumDef};

pub use super::type_name::TypeName;

/// All that sqlx needs from a value, as one trait.
#[diagnostic::on_unimplemented(
    message = "sqlx cannot send `{Self}` to PostgreSQL",
    label = "not a type that sqlx knows",
    note = "sqlx knows some types only with a feature of this crate, such as `ipnetwork`; if you need only the DDL, turn the feature `postgres` off"
)]
pub trait SqlxValue: Sized {
    /// The value's type.
    fn type_info() -> PgTypeInfo;
    /// Whether a column of type `actual` can hold the value.
    fn compatible(actual: &PgTypeInfo) -> bool;
    /// The type of an array of it.
    fn array_type_info() -> PgTypeInfo;
    /// Writes the value.
    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError>;
    /// Reads the value.
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError>;
}

#[diagnostic::do_not_recommend]
impl<T> SqlxValue for T
where
    T: Type<Postgres>
        + PgHasArrayType
        + for<'q> Encode<'q, Postgres>
        + for<'r> Decode<'r, Postgres>,
{
    fn type_info() -> PgTypeInfo {
        <T as Type<Postgres>>::type_info()
    }

    fn compatible(actual: &PgTypeInfo) -> bool {
        <T as Type<Postgres>>::compatible(actual)
    }

    fn array_type_info() -> PgTypeInfo {
        <T as PgHasArrayType>::array_type_info()
    }

    fn encode(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.encode_by_ref(buffer)
    }

    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        <T as Decode<'_, Postgres>>::decode(value)
    }
}

/// Whether a column of type `actual` holds arrays of the domain.
///
/// PostgreSQL reports the domain itself as the element type.
pub fn is_domain_array(def: &'static DomainDef, actual: &PgTypeInfo) -> bool {
    is_array_of(actual, def.name.schema, def.name.name)
}

fn is_array_of(actual: &PgTypeInfo, schema: Option<&str>, name: &str) -> bool {
    matches!(actual.kind(), PgTypeKind::Array(element) if is_named(element.name(), schema, name))
}

/// The type of an enum's column.
pub fn enum_type_info(name: &'static TypeName) -> PgTypeInfo {
    if name.def().native {
        PgTypeInfo::with_name(name.written())
    } else {
        <str as Type<Postgres>>::type_info()
    }
}

/// Whether a column of type `actual` holds the enum's labels.
pub fn enum_compatible(def: &'static EnumDef, actual: &PgTypeInfo) -> bool {
    if def.native {
        is_named(actual.name(), def.schema, def.name)
    } else {
        <str as Type<Postgres>>::compatible(actual)
    }
}

/// The type of an array of the enum.
pub fn enum_array_type_info(name: &'static TypeName) -> PgTypeInfo {
    if name.def().native {
        PgTypeInfo::array_of(name.written())
    } else {
        <Vec<String> as Type<Postgres>>::type_info()
    }
}

/// Whether a column of type `actual` holds arrays of the enum.
pub fn is_enum_array(name: &'static TypeName, actual: &PgTypeInfo) -> bool {
    let def = name.def();
    if def.native {
        is_array_of(actual, def.schema, def.name) || *actual == enum_array_type_info(name)
    } else {
        <Vec<String> as Type<Postgres>>::compatible(actual)
    }
}

/// Writes the enum's label.
pub fn encode_enum<E: SqlEnum>(
    value: &E,
    buffer: &mut PgArgumentBuffer,
) -> Result<IsNull, BoxDynError> {
    match value.label() {
        OTHER_LABEL => Err(NoLabel(E::DEF.name).into()),
        label => <&str as Encode<'_, Postgres>>::encode(label, buffer),
    }
}

/// Reads an enum by its label.
pub fn decode_enum<E: SqlEnum>(value: PgValueRef<'_>) -> Result<E, BoxDynError> {
    let label = <&str as Decode<'_, Postgres>>::decode(value)?;
    E::from_label(label).ok_or_else(|| UnknownLabel::new::<E>(label).into())
}

/// An attempt to write the value with `#[sql_enum(other)]`, which can only be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "the `other` value of `{0}` has no label and cannot be written; set the column to another value, or do not set it"
)]
struct NoLabel(&'static str);

/// A label in an enum's column that the enum does not have.
#[derive(Debug, thiserror::Error)]
#[error(
    "the enum `{enum_name}` has no value for the label `{label}`; add it to the enum, give the enum a value with `#[sql_enum(other)]`, or correct the row"
)]
pub struct UnknownLabel {
    enum_name: &'static str,
    label: String,
}

impl UnknownLabel {
    fn new<E: SqlEnum>(label: &str) -> Self {
        Self {
            enum_name: E::DEF.name,
            label: label.to_owned(),
        }
    }
}

#[cfg(feature = "json")]
mod json {
    use super::{
        BoxDynError, Decode, Encode, IsNull, PgArgumentBuffer, PgHasArrayType, PgTypeInfo,
        PgValueRef, Postgres, Type,
    };
    use crate::types::Json;
    use sqlx::types::Json as SqlxJson;

    impl<T> Type<Postgres> for Json<T> {
        fn type_info() -> PgTypeInfo {
            <SqlxJson<T> as Type<Postgres>>::type_info()
        }

        fn compatible(actual: &PgTypeInfo) -> bool {
            <SqlxJson<T> as Type<Postgres>>::compatible(actual)
        }
    }

    impl<T> PgHasArrayType for Json<T> {
        fn array_type_info() -> PgTypeInfo {
            <SqlxJson<T> as PgHasArrayType>::array_type_info()
        }

        fn array_compatible(actual: &PgTypeInfo) -> bool {
            <SqlxJson<T> as PgHasArrayType>::array_compatible(actual)
        }
    }

    impl<T: serde::Serialize> Encode<'_, Postgres> for Json<T> {
        fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
            SqlxJson(&self.0).encode_by_ref(buffer)
        }
    }

    impl<'r, T: serde::Deserialize<'r> + 'r> Decode<'r, Postgres> for Json<T> {
        fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
            <SqlxJson<T> as Decode<'r, Postgres>>::decode(value).map(|json| Self(json.0))
        }
    }
}
