//! Which Rust types can be columns, and of which SQL types.

mod domain;
mod json;
mod key;
pub mod literal;
mod newtype;
mod role;
mod scalar;
mod sql_enum;
#[cfg(feature = "postgres")]
#[doc(hidden)]
pub mod sqlx_values;
mod stored_as;
mod tsvector;
#[cfg(feature = "postgres")]
mod type_name;
mod value;

pub use domain::{Domain, domain_base, domain_base_as};
#[cfg(feature = "json")]
pub use json::Json;
pub use key::{Key, key_type};
pub use newtype::Newtype;
pub use role::{DeletionTime, Searchable, SerialInteger, Timestamp};
pub use sql_enum::{OTHER_LABEL, SqlEnum, known_label};
pub use stored_as::{StoredAs, word};
pub use tsvector::TsVector;
pub use value::{ArrayElement, SqlValue};
