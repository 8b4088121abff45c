use super::{RoutineDef, TableName};

/// A role. Roles belong to the whole cluster, not to one database.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // They are independent facts.
pub struct RoleDef {
    /// The name.
    pub name: &'static str,
    /// Whether it already exists and is only named here.
    pub existing: bool,
    /// Whether it can log in. Freehold does not set its password.
    pub login: bool,
    /// Whether it has the rights of the roles that it is a member of without `SET ROLE`.
    pub inherit: bool,
    /// Whether it bypasses row-level security.
    pub bypass_rls: bool,
    /// The roles that it is a member of.
    pub member_of: &'static [&'static str],
}

impl RoleDef {
    /// A role that cannot log in.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            existing: false,
            login: false,
            inherit: true,
            bypass_rls: false,
            member_of: &[],
        }
    }

    /// Declares that it already exists.
    pub const fn existing(mut self) -> Self {
        self.existing = true;
        self
    }

    /// Allows it to log in.
    pub const fn login(mut self) -> Self {
        self.login = true;
        self
    }

    /// Gives it the rights of the roles that it is a member of only after `SET ROLE`.
    pub const fn no_inherit(mut self) -> Self {
        self.inherit = false;
        self
    }

    /// Makes it bypass row-level security.
    pub const fn bypass_rls(mut self) -> Self {
        self.bypass_rls = true;
        self
    }

    /// Makes it a member of other roles.
    pub const fn member_of(mut self, roles: &'static [&'static str]) -> Self {
        self.member_of = roles;
        self
    }
}

/// Rights on objects, granted to a role.
#[derive(Clone, Copy, Debug)]
pub struct GrantDef {
    /// The rights.
    pub privileges: &'static [PrivilegeDef],
    /// The objects.
    pub on: GrantOn,
    /// The role that gets the rights.
    pub to: &'static str,
    /// Whether the rights are also granted on objects that are created later (`ALTER DEFAULT PRIVILEGES`).
    pub future: bool,
}

impl GrantDef {
    /// Grants `privileges` on objects to a role.
    pub const fn new(privileges: &'static [PrivilegeDef], on: GrantOn, to: &'static str) -> Self {
        Self {
            privileges,
            on,
            to,
            future: false,
        }
    }

    /// Grants the rights also on objects that are created later.
    pub const fn future(mut self) -> Self {
        self.future = true;
        self
    }
}

/// A right.
#[derive(Clone, Copy, Debug)]
pub struct PrivilegeDef {
    /// The kind of right.
    pub kind: Privilege,
    /// The columns that it applies to; empty is all of them.
    pub columns: &'static [&'static str],
}

impl PrivilegeDef {
    /// A right on all columns.
    pub const fn new(kind: Privilege) -> Self {
        Self { kind, columns: &[] }
    }

    /// Restricts it to columns.
    pub const fn columns(mut self, columns: &'static [&'static str]) -> Self {
        self.columns = columns;
        self
    }
}

/// A kind of right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // They are the words of `GRANT`.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Privilege {
    All,
    Select,
    Insert,
    Update,
    Delete,
    Truncate,
    References,
    Trigger,
    Usage,
    Execute,
}

/// The objects that rights are granted on.
#[derive(Clone, Copy, Debug)]
pub enum GrantOn {
    /// Every table of the schema, without its partitions
    Tables,
    /// Every view of the schema that is not materialized
    Views,
    /// Every sequence of the schema
    Sequences,
    /// Every function and procedure of the schema
    Routines,
    /// Everything that PostgreSQL counts as a table in the schema `public`.
    ///
    /// That includes partitions, views and materialized views.
    AllTables,
    /// Tables or views by name
    Relations(&'static [TableName]),
    /// Sequences by name
    SequenceNames(&'static [TableName]),
    /// Functions and procedures by name
    RoutineDefs(&'static [&'static RoutineDef]),
    /// PostgreSQL schemas by name
    Namespaces(&'static [&'static str]),
}
