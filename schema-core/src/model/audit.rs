use super::TableName;

/// The setting that holds why somebody works over all owners, while a transaction runs: the audit trail has it.
pub const REASON_SETTING: &str = "freehold.reason";
/// The setting that holds the place in the code from where somebody works over all owners.
pub const CALLER_SETTING: &str = "freehold.caller";

/// The setting that holds who acts for an owner, where the audit trail names no setting for that: `Scope::acting_as` sets it.
pub const ACTOR_SETTING: &str = "freehold.actor";

/// Where the changes of audited tables are written.
#[derive(Clone, Copy, Debug)]
pub struct AuditDef {
    /// The table. It stands in a PostgreSQL schema of its own, so that no grant on all tables of another reaches it.
    pub table: TableName,
    /// The setting that holds who changes something, where it is not the one of row-level security.
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

    /// Names the table.
    pub const fn table(mut self, schema: &'static str, name: &'static str) -> Self {
        self.table = TableName::new(Some(schema), name);
        self
    }

    /// Names the setting that holds who changes something.
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
