//! What is asked of the database over sqlx: functions and procedures are called, materialized views made anew.

mod refresh;
mod routine;
mod statement;
mod value;

pub use refresh::Refresh;
pub use routine::Call;

#[doc(hidden)]
pub use routine::{ArgumentsResult, Rows, many, one};
#[doc(hidden)]
pub use statement::CallText;
pub(crate) use statement::argument_type;
#[doc(hidden)]
pub use value::{SqlxArgument, SqlxColumn};
