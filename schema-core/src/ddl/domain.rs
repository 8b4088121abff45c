use super::printer::Printer;
use crate::ir::{Check, Domain, QualifiedName};

impl Printer<'_> {
    /// The domain and its comment.
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

    /// PostgreSQL holds every value of the domain that there is against the check.
    pub fn add_domain_check(self, domain: &QualifiedName, check: &Check) -> String {
        let (name, check) = (self.qualified(domain), self.check(check));
        format!("ALTER DOMAIN {name} ADD {check}")
    }

    /// PostgreSQL looks at no value that is there already.
    pub fn add_domain_check_not_valid(self, domain: &QualifiedName, check: &Check) -> String {
        format!("{} NOT VALID", self.add_domain_check(domain, check))
    }

    /// PostgreSQL holds the values that were there before the check against it.
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
