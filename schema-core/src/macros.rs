/// What a key is to sqlx: the type inside. Everything goes through one trait, so that a type that sqlx does not know is one error.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_key {
    ($key:ty, $inner:ty) => {
        impl $crate::__sqlx::Type<$crate::__sqlx::Postgres> for $key {
            fn type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$inner as $crate::__sqlx_values::SqlxValue>::type_info()
            }
            fn compatible(
                actual: &$crate::__sqlx::postgres::PgTypeInfo,
            ) -> ::core::primitive::bool {
                <$inner as $crate::__sqlx_values::SqlxValue>::compatible(actual)
            }
        }
        impl $crate::__sqlx::postgres::PgHasArrayType for $key {
            fn array_type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$inner as $crate::__sqlx_values::SqlxValue>::array_type_info()
            }
        }
        impl<'q> $crate::__sqlx::Encode<'q, $crate::__sqlx::Postgres> for $key {
            fn encode_by_ref(
                &self,
                buffer: &mut $crate::__sqlx::postgres::PgArgumentBuffer,
            ) -> ::core::result::Result<
                $crate::__sqlx::encode::IsNull,
                $crate::__sqlx::error::BoxDynError,
            > {
                <$inner as $crate::__sqlx_values::SqlxValue>::encode(&self.0, buffer)
            }
        }
        impl<'r> $crate::__sqlx::Decode<'r, $crate::__sqlx::Postgres> for $key {
            fn decode(
                value: $crate::__sqlx::postgres::PgValueRef<'r>,
            ) -> ::core::result::Result<Self, $crate::__sqlx::error::BoxDynError> {
                let value = <$inner as $crate::__sqlx_values::SqlxValue>::decode(value)?;
                ::core::result::Result::Ok(Self(value))
            }
        }
    };
}

/// What an enum is to sqlx: its label.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_enum {
    ($name:ty) => {
        impl $crate::__sqlx::Type<$crate::__sqlx::Postgres> for $name {
            fn type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                $crate::__sqlx_values::enum_type_info(<Self as $crate::SqlEnum>::DEF)
            }
            fn compatible(
                actual: &$crate::__sqlx::postgres::PgTypeInfo,
            ) -> ::core::primitive::bool {
                $crate::__sqlx_values::enum_compatible(<Self as $crate::SqlEnum>::DEF, actual)
            }
        }
        impl $crate::__sqlx::postgres::PgHasArrayType for $name {
            fn array_type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                $crate::__sqlx_values::enum_array_type_info(<Self as $crate::SqlEnum>::DEF)
            }
        }
        impl<'q> $crate::__sqlx::Encode<'q, $crate::__sqlx::Postgres> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut $crate::__sqlx::postgres::PgArgumentBuffer,
            ) -> ::core::result::Result<
                $crate::__sqlx::encode::IsNull,
                $crate::__sqlx::error::BoxDynError,
            > {
                $crate::__sqlx_values::encode_enum(self, buffer)
            }
        }
        impl<'r> $crate::__sqlx::Decode<'r, $crate::__sqlx::Postgres> for $name {
            fn decode(
                value: $crate::__sqlx::postgres::PgValueRef<'r>,
            ) -> ::core::result::Result<Self, $crate::__sqlx::error::BoxDynError> {
                $crate::__sqlx_values::decode_enum(value)
            }
        }
    };
}

/// Without the feature `postgres` a key is nothing to sqlx.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_key {
    ($key:ty, $inner:ty) => {};
}

/// Without the feature `postgres` an enum is nothing to sqlx.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_enum {
    ($name:ty) => {};
}
