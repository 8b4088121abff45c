//! What to do about something that weakens a schema, with the names in the database.

use super::Unsupported;
use freehold_schema_core::ddl::identifier;

impl Unsupported {
    /// What to do about it, if it weakens a guarantee: ``enable it: `ALTER TABLE users ENABLE TRIGGER audit_users` ``.
    pub fn cure(&self) -> Option<String> {
        let template = self.kind.template()?;
        let (relation, part) = split(&self.name, '.');
        let (member, role) = self.name.split_once(" in ").unwrap_or((&self.name, ".."));
        let names = [
            ("{name}", quoted(&self.name)),
            ("{relation}", quoted(relation)),
            ("{part}", quoted(part)),
            ("{member}", quoted(member)),
            ("{role}", quoted(role)),
        ];
        let filled = names
            .iter()
            .fold(template.to_owned(), |text, (place, name)| {
                text.replace(place, name)
            });
        Some(filled)
    }
}

/// Splits at the last separator: `audit.log.kept` is the part `kept` of `audit.log`.
fn split(name: &str, at: char) -> (&str, &str) {
    name.rsplit_once(at).unwrap_or((name, name))
}

/// Quotes each part of a name as SQL needs it. A signature and `..` stay as they are.
fn quoted(name: &str) -> String {
    if name == ".." || name.contains('(') {
        return name.to_owned();
    }
    let parts: Vec<_> = name.split('.').map(identifier).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use crate::inspect::{Unsupported, UnsupportedKind};

    fn cure(kind: UnsupportedKind, name: &str) -> String {
        let name = name.to_owned();
        Unsupported { kind, name }.cure().unwrap_or_default()
    }

    #[test]
    fn a_cure_has_the_names_of_the_database() {
        use UnsupportedKind::{AdminOption, DisabledTrigger, InvalidIndex, Leakproof, Unlogged};
        for (kind, name, sql) in [
            (
                DisabledTrigger,
                "audit.log.Kept",
                "ALTER TABLE audit.log ENABLE TRIGGER \"Kept\"",
            ),
            (Unlogged, "audit.log", "ALTER TABLE audit.log SET LOGGED"),
            (
                InvalidIndex,
                "order.of_total",
                "REINDEX INDEX CONCURRENTLY of_total",
            ),
            (
                Leakproof,
                "leak(integer, text)",
                "ALTER FUNCTION leak(integer, text) NOT LEAKPROOF",
            ),
            (
                AdminOption,
                "ann in staff",
                "REVOKE ADMIN OPTION FOR staff FROM ann",
            ),
        ] {
            let cure = cure(kind, name);
            assert!(
                cure.contains(&format!("`{sql}`")),
                "{kind:?} {name}: {cure}"
            );
        }
    }

    #[test]
    fn each_kind_that_weakens_has_a_cure_with_all_names_filled_in() {
        for kind in UnsupportedKind::all().filter(|kind| kind.weakens()) {
            let cure = cure(kind, "a.b in c");
            assert!(!cure.is_empty() && !cure.contains('{'), "{kind:?}: {cure}");
        }
    }
}
