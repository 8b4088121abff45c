use super::printer::Printer;
use crate::ir::{Check, Domain, QualifiedName};

impl Printer<'_> {
    /// `CREATE DOMAIN name AS ..`, and its comment.
    pub fn create_domain(self, domain: &Domain) -> Vec<String> {
        let name = self.qualified(&domain.name);
        let checks = domain.checks.iter().map(|check| {
            let (name, condition) = (&check.name, &check.condition);
            format!(
                "\n    CONSTRAINT {} CHECK ({})",
                self.identifier(name),
                self.expr(condition)
            )
        });
        let base = self.dialect.type_name(&domain.base);
        let sql = format!(
            "CREATE DOMAIN {name} AS {base}{}",
            checks.collect::<String>()
        );
        let comment = domain.comment.iter();
        let comment = comment.map(|text| self.comment("DOMAIN", &name, text));
        std::iter::once(sql).chain(comment).collect()
    }

    /// `DROP DOMAIN name`
    pub fn drop_domain(self, domain: &Domain) -> String {
        format!("DROP DOMAIN {}", self.qualified(&domain.name))
    }

    /// `ALTER DOMAIN domain ADD CONSTRAINT ..`: PostgreSQL checks all existing values of the domain.
    pub fn add_domain_check(self, domain: &QualifiedName, check: &Check) -> String {
        let (name, check) = (self.qualified(domain), self.check(check));
        format!("ALTER DOMAIN {name} ADD {check}")
    }

    /// `ALTER DOMAIN domain ADD CONSTRAINT .. NOT VALID`: PostgreSQL does not check existing values.
    pub fn add_domain_check_not_valid(self, domain: &QualifiedName, check: &Check) -> String {
        format!("{} NOT VALID", self.add_domain_check(domain, check))
    }

    /// `ALTER DOMAIN domain VALIDATE CONSTRAINT name`: PostgreSQL checks the existing values.
    pub fn validate_domain_check(self, domain: &QualifiedName, check: &Check) -> String {
        let (name, check) = (self.qualified(domain), self.identifier(&check.name));
        format!("ALTER DOMAIN {name} VALIDATE CONSTRAINT {check}")
    }

    /// `ALTER DOMAIN domain DROP CONSTRAINT name`
    pub fn drop_domain_check(self, domain: &QualifiedName, check: &Check) -> String {
        let (name, check) = (self.qualified(domain), self.identifier(&check.name));
        format!("ALTER DOMAIN {name} DROP CONSTRAINT {check}")
    }
}
