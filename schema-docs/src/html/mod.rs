//! A document or a comparison as one HTML page, which needs no network and no other file.

mod anchor;
mod changes;
mod context;
mod csp;
mod error;
mod links;
mod page;
mod words;

pub use changes::changes;
pub use error::Error;
pub use page::html;
