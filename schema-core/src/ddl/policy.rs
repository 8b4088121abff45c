use super::printer::Printer;
use crate::ir::{Expr, Policy, RowSecurity, Table};
use crate::model::PolicyCommand;

impl Printer<'_> {
    /// Enables row-level security on the table and on its partitions, which do not inherit it.
    ///
    /// Partitions have no policy, so a query on a partition itself returns no rows.
    pub fn enable_row_security(self, table: &Table, security: RowSecurity) -> Vec<String> {
        let partitions = table
            .partitions
            .iter()
            .map(|partition| self.partition_name(&table.name, partition));
        std::iter::once(self.qualified(&table.name))
            .chain(partitions)
            .map(|name| format!("ALTER TABLE {name} {}", enable(security)))
            .collect()
    }

    /// `CREATE POLICY name ON table ..`
    pub fn create_policy(self, table: &Table, policy: &Policy) -> String {
        let restrictive = if policy.restrictive {
            " AS RESTRICTIVE"
        } else {
            ""
        };
        format!(
            "CREATE POLICY {} ON {}{restrictive}{}{}{}{}",
            self.identifier(&policy.name),
            self.qualified(&table.name),
            command(policy.command),
            self.to_roles(&policy.roles),
            self.condition("USING", policy.using.as_ref()),
            self.condition("WITH CHECK", policy.with_check.as_ref())
        )
    }

    /// ` TO a, b`, or nothing for all roles.
    fn to_roles(self, roles: &[String]) -> String {
        if roles.is_empty() {
            return String::new();
        }
        let roles: Vec<_> = roles.iter().map(|role| self.role_name(role)).collect();
        format!(" TO {}", roles.join(", "))
    }

    /// `DROP POLICY name ON table`
    pub fn drop_policy(self, table: &Table, policy: &Policy) -> String {
        format!(
            "DROP POLICY {} ON {}",
            self.identifier(&policy.name),
            self.qualified(&table.name)
        )
    }

    /// `USING (..)` or `WITH CHECK (..)` on a separate line.
    fn condition(self, word: &str, condition: Option<&Expr>) -> String {
        condition.map_or_else(String::new, |expr| {
            format!("\n    {word} ({})", self.expr(expr))
        })
    }
}

/// The clause for the command; `ALL` is the default.
fn command(command: PolicyCommand) -> &'static str {
    match command {
        PolicyCommand::All => "",
        PolicyCommand::Select => " FOR SELECT",
        PolicyCommand::Insert => " FOR INSERT",
        PolicyCommand::Update => " FOR UPDATE",
        PolicyCommand::Delete => " FOR DELETE",
    }
}

/// The actions of `ALTER TABLE`.
pub(crate) fn enable(security: RowSecurity) -> &'static str {
    if security.force {
        "ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    } else {
        "ENABLE ROW LEVEL SECURITY"
    }
}
