/// Implements sqlx's traits for a key, through the type inside. All calls go through one trait, so that a type that
/// sqlx does not know causes only one error.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_key {
    ($key:ty, $inner:ty) => {
        $crate::__sqlx_key!(@value $key, $inner);

        impl $crate::__sqlx::postgres::PgHasArrayType for $key {
            fn array_type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$inner as $crate::__sqlx_values::SqlxValue>::array_type_info()
            }
        }
    };
    (@value $key:ty, $inner:ty) => {
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

/// Implements sqlx's traits for a domain, through the type inside: PostgreSQL reports that type for the rows of a
/// result, but the domain itself for the elements of an array.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_domain {
    ($domain:ty, $inner:ty) => {
        $crate::__sqlx_key!(@value $domain, $inner);

        impl $crate::__sqlx::postgres::PgHasArrayType for $domain {
            fn array_type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$inner as $crate::__sqlx_values::SqlxValue>::array_type_info()
            }
            fn array_compatible(
                actual: &$crate::__sqlx::postgres::PgTypeInfo,
            ) -> ::core::primitive::bool {
                $crate::__sqlx_values::is_domain_array(<Self as $crate::Domain>::DEF, actual)
                    || *actual == <Self as $crate::__sqlx::postgres::PgHasArrayType>::array_type_info()
            }
        }
    };
}

/// Implements sqlx's traits for an enum, through its label.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_enum {
    ($name:ty) => {
        $crate::__column_value!($name);
        const _: () = {
            static NAME: $crate::__sqlx_values::TypeName =
                $crate::__sqlx_values::TypeName::of(<$name as $crate::SqlEnum>::DEF);

            impl $crate::__sqlx::Type<$crate::__sqlx::Postgres> for $name {
                fn type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                    $crate::__sqlx_values::enum_type_info(&NAME)
                }
                fn compatible(
                    actual: &$crate::__sqlx::postgres::PgTypeInfo,
                ) -> ::core::primitive::bool {
                    $crate::__sqlx_values::enum_compatible(<Self as $crate::SqlEnum>::DEF, actual)
                }
            }
            impl $crate::__sqlx::postgres::PgHasArrayType for $name {
                fn array_type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                    $crate::__sqlx_values::enum_array_type_info(&NAME)
                }
                fn array_compatible(
                    actual: &$crate::__sqlx::postgres::PgTypeInfo,
                ) -> ::core::primitive::bool {
                    $crate::__sqlx_values::is_enum_array(&NAME, actual)
                }
            }
        };
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

/// Implements sqlx's `FromRow` for a view: the columns are read by name.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_row {
    ($view:ident { $($field:ident: $rust_type:ty = $column:literal),* }) => {
        impl<'r> $crate::__sqlx::FromRow<'r, $crate::__sqlx::postgres::PgRow> for $view {
            fn from_row(
                row: &'r $crate::__sqlx::postgres::PgRow,
            ) -> ::core::result::Result<Self, $crate::__sqlx::Error> {
                ::core::result::Result::Ok(Self {
                    $($field: <$rust_type as $crate::call::SqlxColumn>::read(row, $column)?),*
                })
            }
        }
    };
}

/// Implements `Call` for a function or a procedure: its fields are sent in order, and the result is read by position.
///
/// `one` returns a row and `many` several; the square brackets contain the values of a row.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_call {
    ($routine:ident { $($field:ident: $argument:ty),* } $form:ident $values:tt) => {
        impl $crate::call::Call for $routine {
            type Output = $crate::__sqlx_call!(@output $form $values);

            fn statement() -> &'static ::core::primitive::str {
                static STATEMENT: $crate::call::CallText =
                    $crate::call::CallText::new(<$routine as $crate::Routine>::DEF);
                STATEMENT.text()
            }
            fn arguments(self) -> $crate::call::ArgumentsResult {
                let arguments = ::core::default::Default::default();
                $(let arguments =
                    <$argument as $crate::call::SqlxArgument>::send(self.$field, arguments)?;)*
                ::core::result::Result::Ok(arguments)
            }
            fn read(
                rows: &[$crate::__sqlx::postgres::PgRow],
            ) -> ::core::result::Result<Self::Output, $crate::__sqlx::Error> {
                $crate::__sqlx_call!(@read rows $form $values)
            }
        }
    };
    (@output nothing []) => { () };
    (@output one $values:tt) => { $crate::__sqlx_call!(@row_type $values) };
    (@output many $values:tt) => { $crate::call::Rows<$crate::__sqlx_call!(@row_type $values)> };
    (@row_type [0 $value:ty]) => { $value };
    (@row_type [$($position:literal $value:ty),+]) => { ($($value),+) };
    (@read $rows:ident nothing []) => {{
        let _ = $rows;
        ::core::result::Result::Ok(())
    }};
    (@read $rows:ident $form:ident [$($position:literal $value:ty),+]) => {
        $crate::call::$form($rows, |row| {
            ::core::result::Result::Ok((
                $(<$value as $crate::call::SqlxColumn>::read(row, $position)?),+
            ))
        })
    };
}

/// A placeholder for the value of a type whose derive reported an error: it can be a column, but cannot be sent or
/// read.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __no_value {
    ($value:ty) => {
        impl $crate::ColumnValue for $value {
            fn type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$crate::TsVector as $crate::ColumnValue>::type_info()
            }
            fn array_type_info() -> $crate::__sqlx::postgres::PgTypeInfo {
                <$crate::TsVector as $crate::ColumnValue>::array_type_info()
            }
            fn compatible(_: &$crate::__sqlx::postgres::PgTypeInfo) -> ::core::primitive::bool {
                false
            }
            fn encode(
                &self,
                _: &mut $crate::__sqlx::postgres::PgArgumentBuffer,
            ) -> ::core::result::Result<
                $crate::__sqlx::encode::IsNull,
                $crate::__sqlx::error::BoxDynError,
            > {
                ::core::result::Result::Err("its derive reported an error".into())
            }
            fn decode(
                _: $crate::__sqlx::postgres::PgValueRef<'_>,
            ) -> ::core::result::Result<Self, $crate::__sqlx::error::BoxDynError> {
                ::core::result::Result::Err("its derive reported an error".into())
            }
        }
    };
}

/// Without the feature `postgres`, no value is sent or read.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __no_value {
    ($value:ty) => {};
}

/// Without the feature `postgres`, a key does not implement sqlx's traits.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_key {
    ($key:ty, $inner:ty) => {};
}

/// Without the feature `postgres`, an enum does not implement sqlx's traits.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_enum {
    ($name:ty) => {};
}

/// Without the feature `postgres`, a domain does not implement sqlx's traits.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_domain {
    ($domain:ty, $inner:ty) => {};
}

/// Without the feature `postgres`, no row of a view is read.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_row {
    ($($view:tt)*) => {};
}

/// Without the feature `postgres`, no function or procedure is called.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sqlx_call {
    ($($routine:tt)*) => {};
}
