use super::printer::Printer;
use crate::ir::Domain;

impl Printer<'_> {
    /// The domain and its comment.
    pub(crate) fn create_domain(self, domain: &Domain) -> Vec<String> {
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

    pub(crate) fn drop_domain(self, domain: &Domain) -> String {
        format!("DROP DOMAIN {}", self.qualified(&domain.name))
    }
}
