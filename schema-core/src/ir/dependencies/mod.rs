//! The order in which objects are created: each after those that PostgreSQL looks up when it creates the object.
//!
//! A foreign key can be added when all tables exist, so it is only a preference. Every other object that is named must
//! exist before. PostgreSQL looks up the names in the body of a `plpgsql` function when the function is called, so the
//! body needs nothing.

mod index;
mod names;
mod object;
mod order;
mod reads;
mod sql;

pub use self::object::Object;
pub use self::order::ordered;
pub(crate) use self::reads::reads;
pub use self::sql::casts_to;
