use super::printer::Printer;
use crate::ir::{FutureKind, Grant, GrantObject, QualifiedName};
use crate::model::Privilege;

impl Printer<'_> {
    /// `GRANT privileges ON object TO role`
    pub fn grant(self, grant: &Grant) -> String {
        self.change_rights("GRANT", "TO", grant)
    }

    /// `REVOKE ..` for rights that dropping the schema's objects does not remove; `None` for the others.
    pub(crate) fn revoke(self, grant: &Grant) -> Option<String> {
        let stays = matches!(
            grant.on,
            GrantObject::AllTables(_) | GrantObject::Namespaces(_) | GrantObject::Future { .. }
        );
        stays.then(|| self.change_rights("REVOKE", "FROM", grant))
    }

    /// `REVOKE privileges ON object FROM role`, for any kind of object.
    pub fn revoke_all_of(self, grant: &Grant) -> String {
        self.change_rights("REVOKE", "FROM", grant)
    }

    fn change_rights(self, verb: &str, preposition: &str, grant: &Grant) -> String {
        let privileges: Vec<_> = grant
            .privileges
            .iter()
            .map(|(kind, columns)| self.privilege(*kind, columns))
            .collect();
        let (prefix, object) = self.grant_object(&grant.on);
        format!(
            "{prefix}{verb} {} ON {object} {preposition} {}",
            privileges.join(", "),
            self.role_name(&grant.to)
        )
    }

    fn privilege(self, kind: Privilege, columns: &[String]) -> String {
        let word = word(kind);
        if columns.is_empty() {
            word.to_owned()
        } else {
            format!("{word} {}", self.names(columns))
        }
    }

    /// The words before the verb, and the object of the rights.
    fn grant_object(self, on: &GrantObject) -> (String, String) {
        let object = match on {
            GrantObject::Relations(names) => self.qualified_list(names),
            GrantObject::AllTables(namespace) => {
                format!("ALL TABLES IN SCHEMA {}", self.identifier(namespace))
            }
            GrantObject::Sequences(names) => format!("SEQUENCE {}", self.qualified_list(names)),
            GrantObject::Routines(routines) => {
                let routines: Vec<_> = routines
                    .iter()
                    .map(|routine| self.signature(routine))
                    .collect();
                format!("ROUTINE {}", routines.join(", "))
            }
            GrantObject::Namespaces(names) => {
                let names: Vec<_> = names.iter().map(|name| self.identifier(name)).collect();
                format!("SCHEMA {}", names.join(", "))
            }
            GrantObject::Future {
                namespace,
                made_by,
                kind,
            } => {
                let made_by = made_by.as_deref().map(|role| self.identifier(role));
                let made_by = made_by.map_or_else(String::new, |role| format!("FOR ROLE {role} "));
                let namespace = self.identifier(namespace);
                let prefix = format!("ALTER DEFAULT PRIVILEGES {made_by}IN SCHEMA {namespace} ");
                return (prefix, future_kind(*kind).to_owned());
            }
        };
        (String::new(), object)
    }

    fn qualified_list(self, names: &[QualifiedName]) -> String {
        let names: Vec<_> = names.iter().map(|name| self.qualified(name)).collect();
        names.join(", ")
    }

    /// A role's name, or the keyword `PUBLIC`, `CURRENT_USER` or `SESSION_USER`.
    pub(crate) fn role_name(self, name: &str) -> String {
        match name {
            "public" | "current_user" | "session_user" => name.to_uppercase(),
            name => self.identifier(name),
        }
    }
}

/// The word for a right in `GRANT`.
pub(super) fn word(kind: Privilege) -> &'static str {
    match kind {
        Privilege::All => "ALL PRIVILEGES",
        Privilege::Select => "SELECT",
        Privilege::Insert => "INSERT",
        Privilege::Update => "UPDATE",
        Privilege::Delete => "DELETE",
        Privilege::Truncate => "TRUNCATE",
        Privilege::References => "REFERENCES",
        Privilege::Trigger => "TRIGGER",
        Privilege::Usage => "USAGE",
        Privilege::Execute => "EXECUTE",
    }
}

fn future_kind(kind: FutureKind) -> &'static str {
    match kind {
        FutureKind::Tables => "TABLES",
        FutureKind::Sequences => "SEQUENCES",
        FutureKind::Routines => "ROUTINES",
    }
}
