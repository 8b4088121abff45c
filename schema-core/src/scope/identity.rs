//! The SQL that says for whom a unit of work is.

use super::unit_of_work::Identity;
use crate::ddl;
use crate::model::{
    ACTOR_SETTING, CALLER_SETTING, Isolation, REASON_SETTING, RowSecurityDef, SchemaDef,
};

/// What says for whom a unit of work is: made once for a database, since every statement begins with it.
pub(super) struct Identities {
    schema: Option<&'static SchemaDef>,
    row_security: Option<Texts>,
    /// Whether SQL of the user's own could ask for the last value that another user took from a sequence.
    has_open_sequences: bool,
}

/// What row-level security asks for.
struct Texts {
    /// The role of the application.
    role: String,
    /// What the key of the owner follows.
    owner: String,
}

impl Identities {
    pub(super) fn new(isolation: &Isolation, schema: Option<&'static SchemaDef>) -> Self {
        Self {
            schema,
            row_security: match isolation {
                Isolation::RowSecurity(isolation) => Some(Texts::new(isolation)),
                Isolation::Predicate => None,
            },
            has_open_sequences: schema.is_some_and(|schema| has_open_sequences(schema, isolation)),
        }
    }

    /// For the owner of the key, or for nobody; and who acts for the owner.
    pub(super) fn of(&self, key: Option<&str>, actor: Option<&str>) -> Identity {
        let mut says = String::new();
        if let Some(texts) = &self.row_security {
            says.push_str(&texts.role);
            if let Some(key) = key {
                says.push_str(&texts.owner);
                says.push_str(&text(key));
            }
        }
        let schema = self.schema;
        if let Some(actor) = actor.filter(|_| schema.is_none_or(is_audited)) {
            set(&mut says, actor_setting(schema), actor);
        }
        if says.is_empty() {
            Identity::None
        } else {
            Identity::Says(says)
        }
    }

    /// The same, for what may run SQL of the user's own.
    pub(super) fn of_raw_sql(&self, key: Option<&str>, actor: Option<&str>) -> Identity {
        match self.of(key, actor) {
            Identity::Says(says) if self.has_open_sequences => {
                Identity::Says(format!("DISCARD SEQUENCES; {says}"))
            }
            other => other,
        }
    }
}

impl Texts {
    fn new(isolation: &RowSecurityDef) -> Self {
        Self {
            role: format!("SET LOCAL ROLE {}", ddl::identifier(isolation.role)),
            owner: format!("; SET LOCAL {} = ", setting_name(isolation.setting)),
        }
    }
}

/// Why somebody works over all owners, and from where.
pub(super) fn reason(reason: &str, caller: &str) -> String {
    let mut says = String::new();
    set(&mut says, REASON_SETTING, reason);
    set(&mut says, CALLER_SETTING, caller);
    says
}

/// Puts a setting behind what is set before it.
fn set(says: &mut String, setting: &str, value: &str) {
    if !says.is_empty() {
        says.push_str("; ");
    }
    says.push_str("SET LOCAL ");
    says.push_str(&setting_name(setting));
    says.push_str(" = ");
    says.push_str(&text(value));
}

/// `app.user_id`, each part quoted where it has to be.
fn setting_name(name: &str) -> String {
    let parts: Vec<_> = name.split('.').map(ddl::identifier).collect();
    parts.join(".")
}

/// What SQL of the user's own may have said about who changes something and why, taken back.
pub(super) fn unsaid(schema: Option<&SchemaDef>) -> String {
    let settings = [REASON_SETTING, CALLER_SETTING, actor_setting(schema)];
    let mut says = String::new();
    for setting in settings {
        set(&mut says, setting, "");
    }
    says
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
fn has_open_sequences(schema: &SchemaDef, isolation: &Isolation) -> bool {
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
        let mut says = String::new();
        set(&mut says, "app.User", "1");
        set(&mut says, "user.id", "2");
        assert_eq!(
            says,
            r#"SET LOCAL app."User" = '1'; SET LOCAL "user".id = '2'"#
        );
    }
}
