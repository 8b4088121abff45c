//! What a value is between this crate and the server: how it is sent, and how it is read by its place in a row.

mod array;
mod cells;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(any(feature = "chrono", feature = "time"))]
mod clock;
#[cfg(feature = "decimal")]
mod number;
mod received;
mod sent;
#[cfg(feature = "time")]
mod time;
mod value;
mod values;

pub use cells::{Cells, ReadError};
pub(crate) use received::Received;
pub use sent::EncodeError;
pub(crate) use sent::Sent;
pub use value::ColumnValue;
