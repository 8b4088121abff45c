use sqlx::error::BoxDynError;
use sqlx::postgres::{PgRow, PgValueRef};
use sqlx::{Row as _, TypeInfo as _, ValueRef as _};

use super::ColumnValue;

/// Reads the values of a row one after the other.
///
/// A value is found by its position. Its type is checked only in the first row of a result, because all rows of a
/// result have the same columns.
#[derive(Debug)]
pub struct RowReader<'r> {
    row: &'r PgRow,
    next: usize,
    check_types: bool,
    /// The positions of the values, if they are not read in the row's own order.
    places: Option<&'r [usize]>,
}

impl<'r> RowReader<'r> {
    /// Reads the values of `row` from the first one on.
    pub(crate) fn new(row: &'r PgRow, check_types: bool) -> Self {
        Self {
            row,
            next: 0,
            check_types,
            places: None,
        }
    }

    /// Reads the values at these positions, in this order.
    pub(crate) fn at(mut self, places: Option<&'r [usize]>) -> Self {
        self.places = places;
        self
    }

    /// Reads the next value.
    ///
    /// # Errors
    ///
    /// [`ReadError`] if the row has no further column, or the column has another type or a value that `V` cannot hold.
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

    /// The bytes of all remaining values.
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

    /// Skips `count` values.
    pub(crate) fn skip(&mut self, count: usize) {
        self.next += count;
    }

    /// The bytes of a value, as the server sent them. `None` for null.
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

/// A value of a row that cannot be read into its field.
// Boxed to keep it small, because every read value returns a `Result` with it.
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
    /// The error of a field whose type cannot be stored in a column.
    pub(crate) fn untyped() -> Self {
        Self::new(0, "this field type cannot be stored in a column".into())
    }

    /// The error of a column that the row does not have.
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
    /// The column's name, or its number, counted from 1, if it has no name.
    fn place(&self) -> String {
        match &self.column {
            Some(name) => format!("`{name}`"),
            None => (self.position + 1).to_string(),
        }
    }
}
