use super::printer::Printer;
use crate::ir::Role;

impl Printer<'_> {
    /// A role may be there already: roles belong to the whole cluster, and two databases of one cluster share them. It stays as it is then.
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

    /// Two scripts that give it at the same time meet in the index of the catalog, up to PostgreSQL 15: the second one fails where the role
    /// is a member by then.
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
