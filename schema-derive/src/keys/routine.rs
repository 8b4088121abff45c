//! The words of `#[function(..)]`, `#[procedure(..)]` and `#[argument(..)]`.

use super::key::{COMMENT, CRATE, Key, NAME, SCHEMA, once};

const LANGUAGE: Key = once("language", "language = sql` or `language = plpgsql");
const SEARCH_PATH: Key = once("search_path", "search_path = \"public, pg_temp\"");
const SECURITY_DEFINER: Key = once("security_definer", "security_definer = \"the reason\"");
const EXECUTE: Key = once("execute", "execute(app_user)");
const BODY: Key = once("body", "body = \"BEGIN .. END;\"");
const BODY_FILE: Key = once("body_file", "body_file = \"sql/process_order.sql\"");

pub(super) const FUNCTION: &[Key] = &[
    NAME,
    SCHEMA,
    once(
        "returns",
        "returns = Decimal`, `returns = String as varchar`, `returns(set_of = Uuid)` or `returns(table(id: Uuid, total: Decimal))",
    ),
    once("trigger", "trigger"),
    LANGUAGE,
    once("volatility", "volatility = stable"),
    once("strict", "strict"),
    once("parallel_safe", "parallel_safe"),
    SEARCH_PATH,
    SECURITY_DEFINER,
    EXECUTE,
    BODY,
    BODY_FILE,
    COMMENT,
    CRATE,
];

pub(super) const PROCEDURE: &[Key] = &[
    NAME,
    SCHEMA,
    once("out", "out(success: bool, message: String)"),
    LANGUAGE,
    SEARCH_PATH,
    SECURITY_DEFINER,
    EXECUTE,
    BODY,
    BODY_FILE,
    COMMENT,
    CRATE,
];

pub(super) const RETURNS: &[Key] = &[
    once("set_of", "set_of = Uuid"),
    once("table", "table(id: Uuid, total: Decimal)"),
];

pub(super) const ARGUMENT: &[Key] = &[NAME, once("default", "default = 0")];

/// The languages of a body, with the variant of `Language`.
pub(crate) const LANGUAGES: &[(&str, &str)] = &[("sql", "Sql"), ("plpgsql", "PlPgSql")];

/// What PostgreSQL may assume of a function, with the variant of `Volatility`.
pub(crate) const VOLATILITIES: &[(&str, &str)] = &[
    ("volatile", "Volatile"),
    ("stable", "Stable"),
    ("immutable", "Immutable"),
];
