//! The SQL that says for whom a unit of work is.

use crate::ddl;
use crate::model::{
    ACTOR_SETTING, CALLER_SETTING, Isolation, REASON_SETTING, RowSecurityDef, SchemaDef,
};

/// What is set for a unit of work, until its transaction ends.
#[derive(Debug, Default)]
pub(super) struct Says(String);

impl Says {
    /// The role of the application.
    pub(super) fn role(isolation: &RowSecurityDef) -> Self {
        Self(format!(
            "SET LOCAL ROLE {}",
            ddl::identifier(isolation.role)
        ))
    }

    /// A setting, such as `app.user_id`.
    pub(super) fn set(mut self, setting: &str, value: &str) -> Self {
        let parts: Vec<_> = setting.split('.').map(ddl::identifier).collect();
        self.push(&format!("SET LOCAL {} = {}", parts.join("."), text(value)));
        self
    }

    /// The key of the owner.
    pub(super) fn owner(self, isolation: &RowSecurityDef, key: Option<&str>) -> Self {
        match key {
            Some(key) => self.set(isolation.setting, key),
            None => self,
        }
    }

    /// Who acts for the owner, where the schema keeps an audit trail that has it.
    pub(super) fn actor(self, schema: Option<&SchemaDef>, actor: Option<&str>) -> Self {
        match actor.filter(|_| schema.is_none_or(is_audited)) {
            Some(actor) => self.set(actor_setting(schema), actor),
            None => self,
        }
    }

    fn push(&mut self, statement: &str) {
        if !self.0.is_empty() {
            self.0.push_str("; ");
        }
        self.0.push_str(statement);
    }

    /// The statements, where there are any.
    pub(super) fn text(self) -> Option<String> {
        Some(self.0).filter(|text| !text.is_empty())
    }
}

/// What SQL of the user's own may have said about who changes something and why, taken back.
pub(super) fn unsaid(schema: Option<&SchemaDef>) -> String {
    let settings = [REASON_SETTING, CALLER_SETTING, actor_setting(schema)];
    let says = settings
        .into_iter()
        .fold(Says::default(), |says, setting| says.set(setting, ""));
    says.0
}

/// The setting that the audit trail reads the actor from.
fn actor_setting(schema: Option<&SchemaDef>) -> &'static str {
    let named = schema.and_then(|schema| schema.audit.actor);
    named.unwrap_or(ACTOR_SETTING)
}

/// Whether any table of the schema is audited.
pub(super) fn is_audited(schema: &SchemaDef) -> bool {
    schema.tables.iter().any(|table| table.audit)
}

/// Whether a user of the application can ask a sequence of the schema for its last value.
pub(super) fn has_open_sequences(schema: &SchemaDef, isolation: &Isolation) -> bool {
    let has_serial = schema
        .tables
        .iter()
        .any(|table| table.columns.iter().any(|column| column.serial));
    has_serial && matches!(isolation, Isolation::RowSecurity(_))
}

/// A text literal that the server reads alike whatever `standard_conforming_strings` is set to: SQL of the user's own may set it.
pub(super) fn text(value: &str) -> String {
    let quoted = value.replace('\'', "''");
    if quoted.contains('\\') {
        format!("E'{}'", quoted.replace('\\', "\\\\"))
    } else {
        format!("'{quoted}'")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_ends_no_literal() {
        assert_eq!(text("a"), "'a'");
        assert_eq!(text("o'neill"), "'o''neill'");
        assert_eq!(text(r"\'; SELECT 1; --"), r"E'\\''; SELECT 1; --'");
        assert_eq!(text("\\"), "E'\\\\'");
    }

    #[test]
    fn each_part_of_a_setting_is_an_identifier() {
        let says = Says::default().set("app.User", "1").set("user.id", "2");
        let text = says.text();
        assert_eq!(
            text.as_deref(),
            Some(r#"SET LOCAL app."User" = '1'; SET LOCAL "user".id = '2'"#)
        );
    }
}
