use core::marker::PhantomData;
use std::any::Any;
use std::sync::Arc;

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{
    PgArgumentBuffer, PgArguments, PgBindIterExt as _, PgHasArrayType, PgTypeInfo, Postgres,
};
use sqlx::{Arguments as _, Encode, Type};

use crate::wire::{AsSqlx, ColumnValue};

/// A value that is bound to a parameter.
pub trait Argument: Any + Send + Sync {
    /// Puts it behind the arguments.
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError>;

    /// An empty list of values of its type, where a column can have one.
    fn empty_list(&self) -> Option<Box<dyn ListArgument>> {
        None
    }

    /// Its values, where each is an argument alone.
    fn one_by_one(&self) -> Option<&dyn ListArgument> {
        None
    }
}

/// Several values of one type, which as one argument are an array.
pub trait ListArgument: Argument {
    /// Appends a value. `None` if it has another type, or if a clone of its statement still shares it.
    fn push(&mut self, value: Arc<dyn Argument>) -> Option<()>;

    /// How many values there are.
    fn count(&self) -> usize;

    /// Puts one of the values behind the arguments; `at` counts from 0.
    fn add_one(&self, at: usize, arguments: &mut PgArguments) -> Result<(), BoxDynError>;
}

struct Value<V>(V);

/// A value, as an argument.
pub fn value<V: ColumnValue + 'static>(value: V) -> Arc<dyn Argument> {
    Arc::new(Value(value))
}

impl<V: ColumnValue + 'static> Argument for Value<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(AsSqlx(&self.0))
    }

    fn empty_list(&self) -> Option<Box<dyn ListArgument>> {
        Some(Box::new(List::<V>(Vec::new())))
    }
}

/// Several values, as one argument: an array.
pub(crate) struct List<V>(pub(crate) Vec<V>);

impl<V: ColumnValue + 'static> Argument for List<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(self.0.iter().map(AsSqlx).bind_iter())
    }
}

impl<V: ColumnValue + 'static> ListArgument for List<V> {
    fn push(&mut self, value: Arc<dyn Argument>) -> Option<()> {
        let value: Arc<dyn Any + Send + Sync> = value;
        let value = value.downcast::<Value<V>>().ok()?;
        self.0.push(Arc::into_inner(value)?.0);
        Some(())
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn add_one(&self, at: usize, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        let value = self.0.get(at).ok_or("a row has no value of the column")?;
        arguments.add(AsSqlx(value))
    }
}

/// Several values that are arrays themselves, which PostgreSQL has no array of.
pub(crate) struct OneByOne<V>(pub(crate) List<V>);

impl<V: ColumnValue + 'static> Argument for OneByOne<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        self.0.add(arguments)
    }

    fn one_by_one(&self) -> Option<&dyn ListArgument> {
        Some(&self.0)
    }
}

/// Several values as they came from the server, as one argument: an array.
pub(crate) struct ReceivedList<V>(Vec<Vec<u8>>, PhantomData<fn() -> V>);

pub(crate) fn received_list<V: ColumnValue + 'static>(values: Vec<Vec<u8>>) -> Arc<dyn Argument> {
    Arc::new(ReceivedList::<V>(values, PhantomData))
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

/// A value as it came from the server, sent once more to be compared with the column that it is of.
struct FromSqlx(Vec<u8>);

/// A value of a column, in the binary form that the server sent it in, as an argument.
///
/// No type is sent with it: the server takes that of the column that it is compared with, whatever that is, and so reads the form that
/// it wrote.
pub(crate) fn received(bytes: Vec<u8>) -> Arc<dyn Argument> {
    Arc::new(FromSqlx(bytes))
}

impl Argument for FromSqlx {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(self)
    }
}

impl Type<Postgres> for FromSqlx {
    fn type_info() -> PgTypeInfo {
        // The number of a type that is not said (PostgreSQL manual, 55.7, `Parse`).
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, Postgres> for FromSqlx {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }
}
