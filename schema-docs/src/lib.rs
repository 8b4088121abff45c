//! Documents of a schema: the data dictionary, diagrams and a page for a browser.
//!
//! Data flows one way: the owned schema of `freehold-schema-core`, with the [`facts`] that the structs or a database know beside it →
//! the [`document`], which says everything once → Markdown, HTML or a diagram. Nothing here reads a database.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod compare;
mod condition;
pub mod diagram;
pub mod document;
mod error;
pub mod facts;
mod file;
mod files;
mod history;
pub mod html;
pub mod markdown;
mod size;
mod sql;
mod storage;
pub mod svg;
mod visible;

pub use error::Error;
pub use file::File;
pub use files::{Division, Format, Options, change_files, files};
