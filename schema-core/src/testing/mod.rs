//! Support for tests of an application: a database for each test, valid rows in it, and a proof of isolation.
//!
//! [`assert_isolated`] proves that no owner learns of another owner's rows.
//!
//! ```no_run
//! # use freehold_schema_core as freehold;
//! # use freehold::SchemaDef;
//! # static SHOP: SchemaDef = SchemaDef::new("SHOP", &[]);
//! # async fn test() -> Result<(), Box<dyn std::error::Error>> {
//! use freehold::testing::{TestDatabase, assert_isolated};
//!
//! let admin_url = std::env::var("TEST_DATABASE_URL")?;
//! let database = TestDatabase::new(&SHOP, &admin_url).await?;
//! let db = database.db();
//! // ..
//! assert_isolated(&SHOP, &admin_url).await?;
//! # let _ = db;
//! # Ok(())
//! # }
//! ```

mod actor;
mod any_row;
mod candidates;
mod conditions;
mod database;
mod error;
mod factory;
mod isolation;
mod leak;
mod owner_key;
mod probe;
mod probes;

#[doc(hidden)]
pub use actor::Actor;
pub use database::TestDatabase;
pub use error::TestingError;
pub use factory::Factory;
pub use isolation::{Report, assert_isolated, assert_isolated_by};
pub use leak::Leak;
