//! The keys of `#[view(..)]`.

use super::key::{ALLOW, COMMENT, CRATE, INDEX_LIST, Key, NAME, SCHEMA, UNIQUE_LIST, once};
use super::ownership::{INTERNAL, SCOPE, SHARED};

pub(super) const VIEW: &[Key] = &[
    NAME,
    SCHEMA,
    SCOPE,
    SHARED,
    INTERNAL,
    once("query", "query = \"SELECT ..\""),
    once("query_file", "query_file = \"sql/order_summary.sql\""),
    once("materialized", "materialized"),
    UNIQUE_LIST,
    INDEX_LIST,
    once("security_invoker", "security_invoker = false"),
    COMMENT,
    ALLOW,
    CRATE,
];

pub(super) const VIEW_COLUMN: &[Key] = &[NAME, COMMENT];
