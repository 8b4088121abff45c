//! The settings of the isolation, and the audit trail.

use crate::ast::{Isolation, Schema, Text};
use crate::errors::Errors;

/// PostgreSQL accepts an unknown setting only if its name has a dot.
pub(super) fn settings(schema: &Schema, errors: &Errors) {
    let setting = match &schema.isolation {
        Isolation::RowSecurity(names) => names.setting.as_ref(),
        Isolation::Predicate => None,
    };
    let actor = schema.audit.as_ref().and_then(|audit| audit.actor.as_ref());
    for setting in setting.into_iter().chain(actor) {
        if !is_setting(&setting.value) {
            let message = format!(
                "`{}` is not a valid name for a setting; write two words of lower-case letters, digits and `_` with a dot between them, such as `\"app.user_id\"`",
                setting.value.escape_debug()
            );
            errors.push_at(setting.span, message);
        }
    }
}

fn is_setting(name: &str) -> bool {
    let words: Vec<_> = name.split('.').collect();
    words.len() == 2 && words.into_iter().all(is_word)
}

fn is_word(word: &str) -> bool {
    let begins = word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    begins && word.len() <= crate::keys::MAX_IDENTIFIER_BYTES && word.chars().all(is_part)
}

/// The audit trail must be in a schema where a grant on all tables of `public` does not include it.
pub(super) fn audit_schema(schema: &Schema, errors: &Errors) {
    let written = schema
        .audit
        .as_ref()
        .and_then(|audit| audit.schema.as_ref());
    if let Some(Text { span, .. }) = written.filter(|name| name.value == "public") {
        errors.push_at(
            *span,
            "a grant on all tables of `public` would include the audit trail; give it its own schema",
        );
    }
}
