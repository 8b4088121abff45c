//! The words of `schema!`'s options.

use super::key::{CRATE, Key, SCHEMA, once, repeated};

pub(super) const SCHEMA_OPTIONS: &[Key] = &[
    once("views", "views(OrderSummary)"),
    once("functions", "functions(ProcessOrder)"),
    repeated("sequence", "sequence(order_number_seq, start = 1)"),
    repeated("extension", "extension(pgcrypto)"),
    repeated("role", "role(app_read)"),
    repeated("grant", "grant(select, on = tables, to = app_read)"),
    once(
        "isolation",
        "isolation = predicate`, `isolation = row_security` or `isolation(role = app_user)",
    ),
    once("audit", "audit(table = log, schema = audit)"),
    once(
        "updated_at",
        "updated_at(function = set_updated_at, clock = now)",
    ),
    CRATE,
];

pub(super) const SEQUENCE: &[Key] = &[
    once("start", "start = 1"),
    once("increment", "increment = 1"),
    once("min", "min = 1"),
    once("max", "max = 9999"),
    once("cache", "cache = 10"),
    once("cycle", "cycle"),
    SCHEMA,
];

pub(super) const EXTENSION: &[Key] = &[SCHEMA];

pub(super) const DATABASE_ROLE: &[Key] = &[
    once("existing", "existing"),
    once("login", "login"),
    once("no_inherit", "no_inherit"),
    once("bypass_rls", "bypass_rls"),
    once("member_of", "member_of(app_user)"),
];

pub(super) const GRANT: &[Key] = &[
    once("select", "select` or `select(title)"),
    once("insert", "insert` or `insert(title)"),
    once("update", "update` or `update(title)"),
    once("delete", "delete"),
    once("truncate", "truncate"),
    once("references", "references` or `references(id)"),
    once("trigger", "trigger"),
    once("usage", "usage"),
    once("execute", "execute"),
    once("all", "all"),
    once("on", "on = tables` or `on = tables(Order)"),
    once("to", "to = app_read` or `to(app_read, app_write)"),
    once("future", "future"),
];

pub(super) const ROW_SECURITY: &[Key] = &[
    once("setting", "setting = \"app.user_id\""),
    once("role", "role = app_user"),
    once("owner", "owner = shop_owner"),
    once("login", "login = shop_login"),
    once("admin", "admin = shop_admin"),
];

pub(super) const AUDIT: &[Key] = &[
    once("table", "table = log"),
    SCHEMA,
    once("actor", "actor = \"app.user_id\""),
];

pub(super) const UPDATED_AT: &[Key] = &[
    once("function", "function = set_updated_at"),
    once("clock", "clock = current_timestamp"),
    once(
        "body",
        "body = \"BEGIN NEW.updated_at = NOW(); RETURN NEW; END;\"",
    ),
    once("body_file", "body_file = \"sql/touch.sql\""),
];

/// The clocks, with the variant of `Clock`.
pub(crate) const CLOCKS: &[(&str, &str)] =
    &[("now", "Now"), ("current_timestamp", "CurrentTimestamp")];

/// The isolations, and whether row-level security keeps the rows apart.
pub(crate) const ISOLATIONS: &[(&str, bool)] = &[("predicate", false), ("row_security", true)];

/// The default name of the application's role. The core has the same default; a test compares the two.
pub(crate) const APPLICATION_ROLE: &str = "app_user";

/// The default schema and table of the audit trail. The core has the same default; a test compares the two.
pub(crate) const AUDIT_TABLE: (&str, &str) = ("audit", "log");

/// The rights, with the variant of `Privilege`.
pub(crate) const PRIVILEGES: &[(&str, &str)] = &[
    ("select", "Select"),
    ("insert", "Insert"),
    ("update", "Update"),
    ("delete", "Delete"),
    ("truncate", "Truncate"),
    ("references", "References"),
    ("trigger", "Trigger"),
    ("usage", "Usage"),
    ("execute", "Execute"),
    ("all", "All"),
];

/// The rights that can be limited to columns.
pub(crate) const COLUMN_PRIVILEGES: &[&str] = &["select", "insert", "update", "references"];

/// A kind of objects that rights can be granted on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum GrantObject {
    Tables,
    Views,
    Sequences,
    Functions,
    AllTables,
    Schemas,
}

/// The kinds of objects that rights can be granted on, by word.
pub(crate) const GRANT_OBJECTS: &[(&str, GrantObject)] = &[
    ("tables", GrantObject::Tables),
    ("views", GrantObject::Views),
    ("sequences", GrantObject::Sequences),
    ("functions", GrantObject::Functions),
    ("all_tables", GrantObject::AllTables),
    ("schemas", GrantObject::Schemas),
];

impl GrantObject {
    /// The word for the kind.
    pub(crate) fn word(self) -> &'static str {
        let mut words = GRANT_OBJECTS.iter();
        words
            .find(|(_, object)| *object == self)
            .map_or("", |(word, _)| word)
    }

    /// The rights on objects of this kind (PostgreSQL manual, table 5.2).
    pub(crate) const fn privileges(self) -> &'static [&'static str] {
        match self {
            Self::Tables | Self::Views | Self::AllTables => &[
                "select",
                "insert",
                "update",
                "delete",
                "truncate",
                "references",
                "trigger",
                "all",
            ],
            Self::Sequences => &["usage", "select", "update", "all"],
            Self::Functions => &["execute", "all"],
            Self::Schemas => &["usage", "all"],
        }
    }
}

/// Names that rights can be granted to although no role has them.
pub(crate) const EVERYBODY: &[&str] = &["public", "current_user"];

/// Names that no role can have: SQL reads them differently in the place of a role.
pub(crate) const RESERVED_ROLES: &[&str] = &[
    "public",
    "none",
    "current_user",
    "current_role",
    "session_user",
];
