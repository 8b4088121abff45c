use crate::rules::Violation;

/// A schema that cannot be built because it breaks rules.
#[derive(Debug, thiserror::Error)]
#[error("the schema `{schema}` breaks {} rule(s):{}", .violations.len(), listed(.violations))]
pub struct SchemaError {
    schema: &'static str,
    violations: Vec<Violation>,
}

impl SchemaError {
    pub(super) fn new(schema: &'static str, violations: Vec<Violation>) -> Self {
        Self { schema, violations }
    }

    /// The violations, in the order of [`SchemaDef::validate`](crate::SchemaDef::validate).
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

fn listed(violations: &[Violation]) -> String {
    let lines: Vec<_> = violations
        .iter()
        .map(|violation| format!("\n  {}: {violation}", violation.rule.name))
        .collect();
    lines.concat()
}
