//! A document as one HTML page, which needs no network and no other file.

mod anchor;
mod context;
mod csp;
mod error;
mod links;
mod page;
mod words;

pub use error::Error;
pub use page::html;
