use super::printer::Printer;
use crate::ir::{Expr, Policy, RowSecurity, Table};
use crate::model::PolicyCommand;

impl Printer<'_> {
    /// Row-level security of the table, and of its partitions: it is not handed down to them. They have no policy, so that who asks one
    /// directly gets nothing.
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

    /// ` TO a, b`, or nothing for everybody.
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

    /// A line of its own: `USING (..)`.
    fn condition(self, word: &str, condition: Option<&Expr>) -> String {
        condition.map_or_else(String::new, |expr| {
            format!("\n    {word} ({})", self.expr(expr))
        })
    }
}

/// All commands are the default.
fn command(command: PolicyCommand) -> &'static str {
    match command {
        PolicyCommand::All => "",
        PolicyCommand::Select => " FOR SELECT",
        PolicyCommand::Insert => " FOR INSERT",
        PolicyCommand::Update => " FOR UPDATE",
        PolicyCommand::Delete => " FOR DELETE",
    }
}

/// What `ALTER TABLE` is to do.
pub(crate) fn enable(security: RowSecurity) -> &'static str {
    if security.force {
        "ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
    } else {
        "ENABLE ROW LEVEL SECURITY"
    }
}
