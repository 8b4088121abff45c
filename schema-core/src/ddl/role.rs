use super::printer::Printer;
use crate::ir::Role;

impl Printer<'_> {
    /// `CREATE ROLE name ..`, which does nothing if the role exists: databases of one cluster share their roles.
    pub fn create_role(self, role: &Role) -> String {
        let mut words = vec![if role.login { "LOGIN" } else { "NOLOGIN" }];
        if !role.inherit {
            words.push("NOINHERIT");
        }
        if role.bypass_rls {
            words.push("BYPASSRLS");
        }
        let create = format!(
            "CREATE ROLE {} {}",
            self.identifier(&role.name),
            words.join(" ")
        );
        self.dialect.unless_exists(&create)
    }

    /// `GRANT group TO role`, for each group.
    pub fn memberships(self, role: &Role) -> Vec<String> {
        let grant = |group: &String| self.grant_role(group, &self.identifier(&role.name));
        role.member_of.iter().map(grant).collect()
    }

    /// `GRANT group TO member`, which does nothing if the role is a member.
    ///
    /// Up to PostgreSQL 15, if two scripts grant it at the same time, one fails on a unique index of the catalog; that
    /// error is ignored, because the role is a member by then.
    pub fn grant_role(self, group: &str, member: &str) -> String {
        let grant = format!("GRANT {} TO {member}", self.identifier(group));
        self.dialect.unless_exists(&grant)
    }

    pub(crate) fn drop_role(self, role: &Role) -> String {
        format!("DROP ROLE IF EXISTS {}", self.identifier(&role.name))
    }

    /// `SET ROLE name`
    pub fn set_role(self, name: &str) -> String {
        format!("SET ROLE {}", self.identifier(name))
    }
}
