//! In which order objects are made: each after those that PostgreSQL looks up when it is made.
//!
//! A foreign key can wait until every table is there, so it only suggests an order. What else one object names in another has to be there
//! first. The body of a `plpgsql` function is looked up when it is called, so it asks for nothing.

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
