//! Calls of functions and procedures, and `REFRESH` of materialized views, by a scope or another executor.

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
#[doc(hidden)]
pub use value::{SqlxArgument, SqlxColumn};
