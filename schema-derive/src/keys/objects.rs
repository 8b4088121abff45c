//! The words of the other objects of a table: policies, triggers, search, volume, monthly partitions.

use super::key::{Key, NAME, once};

pub(super) const POLICY: &[Key] = &[
    NAME,
    once("for", "for = select"),
    once("to", "to = app_read` or `to(app_read, app_write)"),
    once("restrictive", "restrictive"),
    once("using", "using(status == \"open\")"),
    once("using_sql", "using_sql = \"status = 'open'\""),
    once("with_check", "with_check(status == \"open\")"),
    once("with_check_sql", "with_check_sql = \"status = 'open'\""),
];

pub(super) const TRIGGER: &[Key] = &[
    NAME,
    once("before", "before(insert, update(quantity))"),
    once("after", "after(insert, update(quantity))"),
    once("each", "each = statement"),
    once("when", "when(new.quantity != old.quantity)"),
    once("when_sql", "when_sql = \"NEW.quantity <> OLD.quantity\""),
    once("function", "function = CheckStock"),
    once("arguments", "arguments(\"a\", \"b\")"),
];

pub(super) const SEARCH: &[Key] = &[
    once("language", "language = \"english\""),
    once("column", "column = search_vector"),
];

pub(super) const VOLUME: &[Key] = &[
    once("rows", "rows = 1_000_000"),
    once("per_day", "per_day = 2_000"),
    once("width", "width(body = 6_000)"),
];

pub(super) const MONTHLY_PARTITIONS: &[Key] = &[
    once("function", "function = create_log_partitions"),
    once("ahead", "ahead = 3"),
];

/// The commands of a policy, with the variant of `PolicyCommand`.
pub(crate) const POLICY_COMMANDS: &[(&str, &str)] = &[
    ("all", "All"),
    ("select", "Select"),
    ("insert", "Insert"),
    ("update", "Update"),
    ("delete", "Delete"),
];

/// The events of a trigger, with the variant of `TriggerEvent`.
pub(crate) const TRIGGER_EVENTS: &[(&str, &str)] = &[
    ("insert", "Insert"),
    ("update", "Update"),
    ("delete", "Delete"),
    ("truncate", "Truncate"),
];

/// The levels of a trigger, and whether the trigger fires once for a statement.
pub(crate) const TRIGGER_LEVELS: &[(&str, bool)] = &[("row", false), ("statement", true)];

/// The weights of a match, with the variant of `Weight`.
pub(crate) const WEIGHTS: &[(&str, &str)] = &[("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")];

/// The default text-search configuration of `search`, the same as in PostgreSQL's own examples.
pub(crate) const SEARCH_LANGUAGE: &str = "english";

/// The default name of the column of full-text search.
pub(crate) const SEARCH_COLUMN: &str = "search";
