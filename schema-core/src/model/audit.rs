use super::TableName;

/// The setting that holds the reason for working across all owners; the audit trail records it.
///
/// Set for one transaction.
pub const REASON_SETTING: &str = "freehold.reason";
/// The setting that holds the place in the code that works across all owners. Set for one transaction.
pub const CALLER_SETTING: &str = "freehold.caller";

/// The setting that holds who acts for an owner; `Scope::acting_as` sets it.
///
/// `AuditDef::actor` can name another setting.
pub const ACTOR_SETTING: &str = "freehold.actor";

/// The table to which changes of audited tables are written, and the setting that names the actor.
#[derive(Clone, Copy, Debug)]
pub struct AuditDef {
    /// The table.
    ///
    /// It is in its own PostgreSQL schema, so that a grant on all tables of another schema does not reach it.
    pub table: TableName,
    /// The setting that holds who makes a change, if it is not the one of row-level security.
    pub actor: Option<&'static str>,
}

impl AuditDef {
    /// The table `audit.log`.
    pub const fn new() -> Self {
        Self {
            table: TableName::new(Some("audit"), "log"),
            actor: None,
        }
    }

    /// Sets the table's schema and name.
    pub const fn table(mut self, schema: &'static str, name: &'static str) -> Self {
        self.table = TableName::new(Some(schema), name);
        self
    }

    /// Sets the setting that holds who makes a change.
    pub const fn actor(mut self, setting: &'static str) -> Self {
        self.actor = Some(setting);
        self
    }
}

impl Default for AuditDef {
    fn default() -> Self {
        Self::new()
    }
}
