//! Documents of a schema: the data dictionary, diagrams and a page for a browser.
//!
//! Data flows one way: the owned schema of `freehold-schema-core` → what a document says → Markdown, HTML or a diagram.
//! Nothing here reads a database.

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod diagram;
pub mod svg;
