//! What a value is between this crate and the server: how it is sent, and how it is read by its place in a row.

mod cells;
mod sent;
mod value;
mod values;

pub use cells::{Cells, ReadError};
pub(crate) use sent::Sent;
pub use value::ColumnValue;
