//! The keys of `#[domain(..)]`.

use super::key::{COMMENT, CRATE, Key, NAME, SCHEMA, repeated};

pub(super) const DOMAIN: &[Key] = &[
    NAME,
    SCHEMA,
    repeated("check", "check(length(value) > 0)"),
    repeated(
        "check_sql",
        "check_sql = \"length(value) > 0\"` or `check_sql(name: \"..\")",
    ),
    COMMENT,
    CRATE,
];
