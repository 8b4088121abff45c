use sqlx::error::BoxDynError;
use sqlx::postgres::{PgRow, PgValueRef};
use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

use super::ColumnValue;

/// The values of a row, read one after the other.
///
/// Each is found by its place, and its type is asked only of the first row of a result: all rows of one have the same columns.
#[derive(Debug)]
pub struct RowReader<'r> {
    row: &'r PgRow,
    next: usize,
    check_types: bool,
    /// Where each value is, where they are not read in the row's own order.
    places: Option<&'r [usize]>,
}

impl<'r> RowReader<'r> {
    /// The values of `row`, from the first on.
    pub(crate) fn new(row: &'r PgRow, check_types: bool) -> Self {
        Self {
            row,
            next: 0,
            check_types,
            places: None,
        }
    }

    /// The values at these places, in this order.
    pub(crate) fn at(mut self, places: Option<&'r [usize]>) -> Self {
        self.places = places;
        self
    }

    /// The next value.
    ///
    /// # Errors
    ///
    /// Where the row has no further column, or one of another type.
    pub fn read<V: ColumnValue>(&mut self) -> Result<V, ReadError> {
        let at = match self.places {
            Some(places) => places.get(self.next).copied().unwrap_or(usize::MAX),
            None => self.next,
        };
        self.next += 1;
        let value = match self.row.try_get_raw(at) {
            Ok(value) => value,
            Err(source) => return Err(self.failure(at, Box::new(source))),
        };
        if self.check_types {
            self.check::<V>(at, &value)?;
        }
        let value = if value.is_null() {
            V::decode_null()
        } else {
            V::decode(value)
        };
        match value {
            Ok(value) => Ok(value),
            Err(source) => Err(self.failure(at, source)),
        }
    }

    #[cold]
    fn check<V: ColumnValue>(&self, at: usize, value: &PgValueRef<'_>) -> Result<(), ReadError> {
        let actual = value.type_info();
        if V::compatible(&actual) {
            Ok(())
        } else {
            Err(self.mismatch::<V>(at, actual.name()))
        }
    }

    /// The bytes of all values that are left.
    #[cfg(feature = "testing")]
    pub(crate) fn rest(&mut self) -> Result<Vec<Option<Vec<u8>>>, ReadError> {
        let places = self.next..self.row.len();
        self.next = self.row.len();
        places
            .map(|at| Ok(self.bytes_at(at)?.map(<[u8]>::to_vec)))
            .collect()
    }

    /// Whether the next `count` values are all null.
    pub(crate) fn are_null(&self, count: usize) -> bool {
        (self.next..self.next + count)
            .all(|at| self.row.try_get_raw(at).is_ok_and(|value| value.is_null()))
    }

    /// Leaves `count` values out.
    pub(crate) fn skip(&mut self, count: usize) {
        self.next += count;
    }

    /// The bytes of a value, as they came; null has none.
    pub(crate) fn bytes_at(&self, at: usize) -> Result<Option<&'r [u8]>, ReadError> {
        let value = self
            .row
            .try_get_raw(at)
            .map_err(|source| ReadError::new(at, Box::new(source)))?;
        if value.is_null() {
            return Ok(None);
        }
        value
            .as_bytes()
            .map(Some)
            .map_err(|source| ReadError::new(at, source))
    }

    fn mismatch<V: ColumnValue>(&self, at: usize, actual: &str) -> ReadError {
        let wanted = V::type_info();
        let message = format!(
            "the column is `{actual}` in the database, but its field takes `{}`; migrate the database, or correct the field",
            wanted.name()
        );
        self.failure(at, message.into())
    }

    #[cold]
    fn failure(&self, at: usize, source: BoxDynError) -> ReadError {
        use sqlx::Column as _;
        let mut error = ReadError::new(at, source);
        error.0.column = self
            .row
            .columns()
            .get(at)
            .map(|column| column.name().to_owned());
        error
    }
}

/// A value of a row that its field does not take.
// In a box, since each value that is read may be one.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ReadError(Box<Unreadable>);

#[derive(Debug, thiserror::Error)]
#[error("the value of column {} cannot be read", self.place())]
struct Unreadable {
    position: usize,
    column: Option<String>,
    source: BoxDynError,
}

impl ReadError {
    /// A field whose type no column has.
    pub(crate) fn untyped() -> Self {
        Self::new(0, "this field type cannot be stored in a column".into())
    }

    /// A column that the row does not have.
    pub(crate) fn missing(name: &str) -> Self {
        let source = "the row has no column of this name; select it, or read the row into a tuple";
        let mut error = Self::new(0, source.into());
        error.0.column = Some(name.to_owned());
        error
    }

    pub(crate) fn new(position: usize, source: BoxDynError) -> Self {
        Self(Box::new(Unreadable {
            position,
            column: None,
            source,
        }))
    }
}

impl Unreadable {
    /// The column's name, or its number from 1 where it has none.
    fn place(&self) -> String {
        match &self.column {
            Some(name) => format!("`{name}`"),
            None => (self.position + 1).to_string(),
        }
    }
}
