use core::marker::PhantomData;
use std::any::Any;

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{
    PgArgumentBuffer, PgArguments, PgBindIterExt as _, PgHasArrayType, PgTypeInfo, Postgres,
};
use sqlx::{Arguments as _, Encode, Type};

use crate::model::SqlType;
use crate::wire::{ColumnValue, Sent};

/// A value that is bound to a parameter.
pub trait Argument: Any + Send + Sync {
    /// Puts it behind the arguments.
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError>;

    /// An empty list of values of its type, where a column can have one.
    fn empty_list(&self) -> Option<Box<dyn ListArgument>> {
        None
    }
}

/// Several values of one type, which as one argument are an array.
pub trait ListArgument: Argument {
    /// Puts a value at the end; one of another type comes back.
    fn push(&mut self, value: Box<dyn Argument>) -> Result<(), Box<dyn Any>>;

    /// Puts one of the values behind the arguments; `at` counts from 0.
    fn add_one(&self, at: usize, arguments: &mut PgArguments) -> Result<(), BoxDynError>;
}

struct Value<V>(V);

/// A value, as an argument.
pub fn value<V: ColumnValue + 'static>(value: V) -> Box<dyn Argument> {
    Box::new(Value(value))
}

impl<V: ColumnValue + 'static> Argument for Value<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(Sent(&self.0))
    }

    fn empty_list(&self) -> Option<Box<dyn ListArgument>> {
        Some(Box::new(List::<V>(Vec::new())))
    }
}

/// Several values, as one argument: an array.
pub(crate) struct List<V>(pub(crate) Vec<V>);

impl<V: ColumnValue + 'static> Argument for List<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(self.0.iter().map(Sent).bind_iter())
    }
}

impl<V: ColumnValue + 'static> ListArgument for List<V> {
    fn push(&mut self, value: Box<dyn Argument>) -> Result<(), Box<dyn Any>> {
        let value: Box<dyn Any> = value;
        self.0.push(value.downcast::<Value<V>>()?.0);
        Ok(())
    }

    fn add_one(&self, at: usize, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        let value = self.0.get(at).ok_or("a row has no value of the column")?;
        arguments.add(Sent(value))
    }
}

/// Values as they came from the server, sent once more.
struct Received<V>(Vec<u8>, PhantomData<fn() -> V>);

/// A value as it came from the server, as an argument.
pub(crate) fn received<V: ColumnValue + 'static>(bytes: Vec<u8>) -> Box<dyn Argument> {
    Box::new(Received::<V>(bytes, PhantomData))
}

impl<V: ColumnValue + 'static> Argument for Received<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(Bytes::<V>(&self.0, PhantomData))
    }
}

/// Several values as they came from the server, as one argument: an array.
pub(crate) struct ReceivedList<V>(Vec<Vec<u8>>, PhantomData<fn() -> V>);

pub(crate) fn received_list<V: ColumnValue + 'static>(values: Vec<Vec<u8>>) -> Box<dyn Argument> {
    Box::new(ReceivedList::<V>(values, PhantomData))
}

impl<V: ColumnValue + 'static> Argument for ReceivedList<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        let values = self.0.iter().map(|value| Bytes::<V>(value, PhantomData));
        arguments.add(values.bind_iter())
    }
}

/// The binary form of a `V`.
struct Bytes<'a, V>(&'a [u8], PhantomData<fn() -> V>);

impl<V: ColumnValue> Type<Postgres> for Bytes<'_, V> {
    fn type_info() -> PgTypeInfo {
        V::type_info()
    }
}

impl<V: ColumnValue> PgHasArrayType for Bytes<'_, V> {
    fn array_type_info() -> PgTypeInfo {
        V::array_type_info()
    }
}

impl<V: ColumnValue> Encode<'_, Postgres> for Bytes<'_, V> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(self.0);
        Ok(IsNull::No)
    }
}

/// A value as it came from the server, of the type of a column whose Rust type nobody knows.
struct ReceivedOf(Vec<u8>, PgTypeInfo);

/// A value of a column, as an argument.
pub(crate) fn received_of(sql_type: &'static SqlType, bytes: Vec<u8>) -> Box<dyn Argument> {
    Box::new(ReceivedOf(bytes, type_of(sql_type)))
}

/// The type of a column, by its number in every PostgreSQL (`pg_type.dat`) or, for one of the schema's own, by its name.
fn type_of(sql_type: &'static SqlType) -> PgTypeInfo {
    use crate::model::ScalarType as S;
    let oid = match sql_type {
        SqlType::Scalar(scalar) => match scalar {
            S::Boolean => 16,
            S::SmallInt => 21,
            S::Integer => 23,
            S::BigInt => 20,
            S::Real => 700,
            S::DoublePrecision => 701,
            S::Numeric(_) => 1700,
            S::Text | S::Varchar(_) | S::Char(_) | S::Citext | S::TsVector => 25,
            S::Bytea => 17,
            S::Uuid => 2950,
            S::Date => 1082,
            S::Time => 1083,
            S::Timestamp => 1114,
            S::TimestampTz => 1184,
            S::Interval => 1186,
            S::Json => 114,
            S::Jsonb => 3802,
            S::Inet => 869,
            S::Cidr => 650,
        },
        SqlType::Domain(def) => return type_of(&def.base),
        SqlType::Enum(def) => return PgTypeInfo::with_name(def.name),
        SqlType::Array(_) | SqlType::Sql(_) => 25,
    };
    PgTypeInfo::with_oid(sqlx::postgres::types::Oid(oid))
}

impl Argument for ReceivedOf {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(self)
    }
}

impl Type<Postgres> for ReceivedOf {
    fn type_info() -> PgTypeInfo {
        // Each value says its own.
        PgTypeInfo::with_oid(sqlx::postgres::types::Oid(25))
    }
}

impl Encode<'_, Postgres> for ReceivedOf {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(self.1.clone())
    }
}
