/// How the database holds one user's rows apart from another's.
#[derive(Clone, Copy, Debug)]
pub enum Isolation {
    /// By the predicates of Freehold's own statements alone: the DDL holds nothing.
    Predicate,
    /// By row-level security, which holds hand-written SQL too.
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
    /// The role that the application signs in as: it can do nothing until it takes on `role`.
    pub login: Option<&'static str>,
    /// The role that row-level security does not hold for.
    pub admin: Option<&'static str>,
}

impl RowSecurityDef {
    /// `app.user_id` and `app_user`.
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

    /// Names the owner of the objects.
    pub const fn owner(mut self, role: &'static str) -> Self {
        self.owner = Some(role);
        self
    }

    /// Names the role that signs in.
    pub const fn login(mut self, role: &'static str) -> Self {
        self.login = Some(role);
        self
    }

    /// Names the role that sees everything.
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
