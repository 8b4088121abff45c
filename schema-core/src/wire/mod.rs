//! How values are sent to the server, and how they are read from a row by their position.

mod array;
mod as_sqlx;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(any(feature = "chrono", feature = "time"))]
mod clock;
mod from_sqlx;
#[cfg(feature = "decimal")]
mod number;
mod row_reader;
#[cfg(feature = "time")]
mod time;
mod value;
mod values;

pub(crate) use as_sqlx::AsSqlx;
pub use as_sqlx::EncodeError;
pub(crate) use from_sqlx::FromSqlx;
pub use row_reader::{ReadError, RowReader};
pub use value::ColumnValue;
