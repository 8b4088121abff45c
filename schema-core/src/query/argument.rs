use core::marker::PhantomData;
use std::any::{Any, type_name};
use std::sync::Arc;

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{
    PgArgumentBuffer, PgArguments, PgBindIterExt as _, PgHasArrayType, PgTypeInfo, Postgres,
};
use sqlx::{Arguments as _, Encode, Type};

use crate::wire::{AsSqlx, ColumnValue};

/// A value that is bound to a parameter of a statement.
pub trait Argument: Any + Send + Sync {
    /// Appends the value to the arguments.
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError>;

    /// An empty list for values of this type. `None` if the type is not that of a column.
    fn empty_list(&self) -> Option<Box<dyn ListArgument>> {
        None
    }

    /// The name of its Rust type, if it is the key of a scope.
    fn owner_key_type(&self) -> Option<&'static str> {
        None
    }

    /// The values, if each of them needs its own parameter.
    fn one_by_one(&self) -> Option<&dyn ListArgument> {
        None
    }
}

/// Several values of one type. As one argument they are an array.
pub trait ListArgument: Argument {
    /// Appends a value. `None` if it has another type, or if a clone of its statement still shares it.
    fn push(&mut self, value: Arc<dyn Argument>) -> Option<()>;

    /// The number of values.
    fn count(&self) -> usize;

    /// Appends one of the values to the arguments; `at` counts from 0.
    fn add_one(&self, at: usize, arguments: &mut PgArguments) -> Result<(), BoxDynError>;

    /// One of the values as it is sent. `None` if it is null or cannot be sent.
    fn encoded(&self, at: usize) -> Option<Vec<u8>>;

    /// Puts the values into this order: each number is the former place of a value.
    fn reorder(&mut self, order: &[usize]);
}

struct Value<V>(V);

/// Wraps a value, so that it can be bound.
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

/// The key of a scope. A subquery compares its type with the keys of the owners whose rows it reads.
struct ScopeKey<V>(V);

/// Wraps the key of a scope, so that it can be bound.
pub(crate) fn scope_key<V: ColumnValue + 'static>(key: V) -> Arc<dyn Argument> {
    Arc::new(ScopeKey(key))
}

impl<V: ColumnValue + 'static> Argument for ScopeKey<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(AsSqlx(&self.0))
    }

    fn owner_key_type(&self) -> Option<&'static str> {
        Some(type_name::<V>())
    }
}

/// Several values that are bound as one argument: an array.
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

    fn encoded(&self, at: usize) -> Option<Vec<u8>> {
        let mut buffer = PgArgumentBuffer::default();
        match AsSqlx(self.0.get(at)?).encode_by_ref(&mut buffer) {
            Ok(IsNull::No) => Some(buffer.to_vec()),
            Ok(IsNull::Yes) | Err(_) => None,
        }
    }

    fn reorder(&mut self, order: &[usize]) {
        let values = std::mem::take(&mut self.0).into_iter();
        let mut values: Vec<_> = values.map(Some).collect();
        let ordered = order.iter().filter_map(|&at| values.get_mut(at)?.take());
        self.0 = ordered.collect();
    }
}

/// Several values that are arrays themselves. PostgreSQL has no array of arrays, so each is bound as its own argument.
pub(crate) struct OneByOne<V>(pub(crate) List<V>);

impl<V: ColumnValue + 'static> Argument for OneByOne<V> {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        self.0.add(arguments)
    }

    fn one_by_one(&self) -> Option<&dyn ListArgument> {
        Some(&self.0)
    }
}

/// Several values in the binary form that the server sent, bound as one argument: an array.
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

/// A value in the binary form that the server sent, which is sent back to be compared with its column.
struct ReceivedValue(Vec<u8>);

/// A column's value in the binary form that the server sent, as an argument.
///
/// It is sent without a type. The server then takes the type of the column that it is compared with, and reads the form
/// that it wrote itself.
pub(crate) fn received(bytes: Vec<u8>) -> Arc<dyn Argument> {
    Arc::new(ReceivedValue(bytes))
}

impl Argument for ReceivedValue {
    fn add(&self, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
        arguments.add(self)
    }
}

impl Type<Postgres> for ReceivedValue {
    fn type_info() -> PgTypeInfo {
        // OID 0 leaves the type to the server (PostgreSQL manual, 55.7, `Parse`).
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, Postgres> for ReceivedValue {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(&self.0);
        Ok(IsNull::No)
    }
}
