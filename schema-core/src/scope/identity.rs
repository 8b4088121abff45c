//! The SQL that sets the identity of a unit of work: the role, the owner and the actor.

use super::unit_of_work::Identity;
use crate::ddl;
use crate::model::{
    ACTOR_SETTING, CALLER_SETTING, Isolation, REASON_SETTING, RowSecurityDef, SchemaDef,
};

/// Makes the SQL of identities. Its fixed parts are made once for a database, because every statement needs them.
pub(super) struct Identities {
    schema: Option<&'static SchemaDef>,
    row_security: Option<Texts>,
    /// Whether raw SQL could read the last value that another user took from a sequence.
    has_open_sequences: bool,
}

/// The SQL that row-level security needs.
struct Texts {
    /// Takes on the application's role.
    role: String,
    /// Sets the owner; the key follows.
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

    /// The identity of the owner with this key, or of no owner; and the actor who acts for the owner.
    pub(super) fn of(&self, key: Option<&str>, actor: Option<&str>) -> Identity {
        let mut sql = String::new();
        if let Some(texts) = &self.row_security {
            sql.push_str(&texts.role);
            if let Some(key) = key {
                sql.push_str(&texts.owner);
                sql.push_str(&text(key));
            }
        }
        let schema = self.schema;
        if let Some(actor) = actor.filter(|_| schema.is_none_or(is_audited)) {
            set(&mut sql, actor_setting(schema), actor);
        }
        if sql.is_empty() {
            Identity::None
        } else {
            Identity::Set(sql)
        }
    }

    /// The identity of a unit of work that may run raw SQL.
    pub(super) fn of_raw_sql(&self, key: Option<&str>, actor: Option<&str>) -> Identity {
        match self.of(key, actor) {
            Identity::Set(sql) if self.has_open_sequences => {
                Identity::Set(format!("DISCARD SEQUENCES; {sql}"))
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

/// The SQL that records why and from where unscoped work runs.
pub(super) fn reason(reason: &str, caller: &str) -> String {
    let mut sql = String::new();
    set(&mut sql, REASON_SETTING, reason);
    set(&mut sql, CALLER_SETTING, caller);
    sql
}

/// Appends the SQL that sets a setting.
fn set(sql: &mut String, setting: &str, value: &str) {
    if !sql.is_empty() {
        sql.push_str("; ");
    }
    sql.push_str("SET LOCAL ");
    sql.push_str(&setting_name(setting));
    sql.push_str(" = ");
    sql.push_str(&text(value));
}

/// `app.user_id`, each part quoted if necessary.
fn setting_name(name: &str) -> String {
    let parts: Vec<_> = name.split('.').map(ddl::identifier).collect();
    parts.join(".")
}

/// The SQL that resets the actor and the reason, which raw SQL may have set.
pub(super) fn reset_audit(schema: Option<&SchemaDef>) -> String {
    let settings = [REASON_SETTING, CALLER_SETTING, actor_setting(schema)];
    let mut sql = String::new();
    for setting in settings {
        set(&mut sql, setting, "");
    }
    sql
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

/// Whether the application's role can read the last value of one of the schema's sequences.
fn has_open_sequences(schema: &SchemaDef, isolation: &Isolation) -> bool {
    let has_serial = schema
        .tables
        .iter()
        .any(|table| table.columns.iter().any(|column| column.serial));
    has_serial && matches!(isolation, Isolation::RowSecurity(_))
}

/// A text literal that has the same meaning for any `standard_conforming_strings`, which raw SQL may set.
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
    fn a_backslash_does_not_end_a_literal() {
        assert_eq!(text("a"), "'a'");
        assert_eq!(text("o'neill"), "'o''neill'");
        assert_eq!(text(r"\'; SELECT 1; --"), r"E'\\''; SELECT 1; --'");
        assert_eq!(text("\\"), "E'\\\\'");
    }

    #[test]
    fn each_part_of_a_setting_is_an_identifier() {
        let mut sql = String::new();
        set(&mut sql, "app.User", "1");
        set(&mut sql, "user.id", "2");
        assert_eq!(
            sql,
            r#"SET LOCAL app."User" = '1'; SET LOCAL "user".id = '2'"#
        );
    }
}
