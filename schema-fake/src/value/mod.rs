//! Values: what they are, which a column can hold, and how they are made up.

mod data;
mod kind;
mod limits;
mod natural;
mod nth;
mod number;
mod time;
mod words;

pub use data::Value;
pub(crate) use kind::{Kind, LARGE};
pub(crate) use limits::Limits;
pub(crate) use natural::{Context, Natural};
pub(crate) use nth::{count, nth};
pub use number::Number;
pub(crate) use time::{DAY, clock_of, length, moment, write_clock, write_moment};
pub use time::{Date, DateError};
pub(crate) use words::Words;
