/// How one user's rows are isolated from another's.
#[derive(Clone, Copy, Debug)]
pub enum Isolation {
    /// Only by the conditions of Freehold's own statements: the DDL enforces nothing.
    Predicate,
    /// By row-level security, which also confines hand-written SQL.
    RowSecurity(RowSecurityDef),
}

/// The setting and the roles of row-level security.
#[derive(Clone, Copy, Debug)]
pub struct RowSecurityDef {
    /// The setting that holds the user's key while a transaction runs.
    pub setting: &'static str,
    /// The role that the application's statements run as.
    pub role: &'static str,
    /// The role that owns the objects.
    pub owner: Option<&'static str>,
    /// The role that the application logs in as. It has no rights until it switches to `role`.
    pub login: Option<&'static str>,
    /// The role that bypasses row-level security. It reads every table, so that `pg_dump` works as this role.
    pub admin: Option<&'static str>,
}

impl RowSecurityDef {
    /// The setting `app.user_id` and the role `app_user`; no other roles.
    pub const fn new() -> Self {
        Self {
            setting: "app.user_id",
            role: "app_user",
            owner: None,
            login: None,
            admin: None,
        }
    }

    /// Names the setting.
    pub const fn setting(mut self, setting: &'static str) -> Self {
        self.setting = setting;
        self
    }

    /// Names the application's role.
    pub const fn role(mut self, role: &'static str) -> Self {
        self.role = role;
        self
    }

    /// Names the role that owns the objects.
    pub const fn owner(mut self, role: &'static str) -> Self {
        self.owner = Some(role);
        self
    }

    /// Names the role that the application logs in as.
    pub const fn login(mut self, role: &'static str) -> Self {
        self.login = Some(role);
        self
    }

    /// Names the role that bypasses row-level security, a member of `pg_read_all_data`.
    pub const fn admin(mut self, role: &'static str) -> Self {
        self.admin = Some(role);
        self
    }
}

impl Default for RowSecurityDef {
    fn default() -> Self {
        Self::new()
    }
}
