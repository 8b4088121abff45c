use crate::message::Message;
use crate::model::{ForeignKeyDef, RoutineDef, TableDef, ViewDef};

/// A rule: a mistake in a schema that Freehold refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name. `allow(..)` takes it, and the documentation has a page for it.
    pub name: &'static str,
    /// What checks it.
    pub place: Place,
    /// Where it can be allowed by name.
    pub allow: Allow,
}

/// What finds a violation of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A derive, at the word that is wrong.
    Derive,
    /// `schema!`, at the table, the view or the function in the list.
    Schema,
    /// Only [`SchemaDef::validate`](crate::SchemaDef::validate).
    Validate,
}

/// Where a rule can be allowed by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Allow {
    /// Nowhere: the rule isolates users' rows, or PostgreSQL would reject the schema.
    Never,
    /// On the table.
    Table,
    /// On the column.
    Column,
    /// On the table or on the column.
    TableOrColumn,
    /// On the view.
    View,
    /// On the table or on the view.
    TableOrView,
}

/// An object of a schema that breaks a rule.
#[derive(Clone, Copy, Debug)]
pub struct Violation {
    /// The rule.
    pub rule: &'static Rule,
    /// The table, the view or the function that breaks it; for a grant, the schema.
    pub object: &'static str,
    /// What is wrong and what to write instead.
    pub message: Message,
}

impl Violation {
    pub(crate) const fn new(rule: &'static Rule, table: &TableDef, parts: &[&str]) -> Self {
        Self::of(rule, table.name.name, parts)
    }

    pub(crate) const fn of_view(rule: &'static Rule, view: &ViewDef, parts: &[&str]) -> Self {
        Self {
            rule,
            object: view.name.name,
            message: message(parts, rule, "view"),
        }
    }

    pub(super) const fn of_routine(
        rule: &'static Rule,
        routine: &RoutineDef,
        parts: &[&str],
    ) -> Self {
        Self::of(rule, routine.name.name, parts)
    }

    pub(crate) const fn of(rule: &'static Rule, object: &'static str, parts: &[&str]) -> Self {
        Self {
            rule,
            object,
            message: message(parts, rule, "table"),
        }
    }
}

/// The message about an object of a kind, with the way to allow the rule if there is one.
const fn message(parts: &[&str], rule: &Rule, kind: &'static str) -> Message {
    let message = Message::of(parts);
    let place = match rule.allow {
        Allow::Never => return message,
        Allow::Table | Allow::TableOrColumn => "table",
        Allow::Column => "column",
        Allow::View => "view",
        Allow::TableOrView => kind,
    };
    message
        .with(", or allow it with `#[")
        .with(place)
        .with("(allow(")
        .with(rule.name)
        .with("))]`")
}

impl core::fmt::Display for Violation {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message.as_str())
    }
}

impl Rule {
    pub(super) const fn derive(name: &'static str, allow: Allow) -> Self {
        Self {
            name,
            place: Place::Derive,
            allow,
        }
    }

    pub(super) const fn schema(name: &'static str, allow: Allow) -> Self {
        Self {
            name,
            place: Place::Schema,
            allow,
        }
    }

    /// Whether the table allows it.
    pub(super) const fn is_allowed(&self, table: &TableDef) -> bool {
        crate::model::holds_text(table.allow, self.name)
    }

    /// Whether the table or the foreign key allows it.
    pub(super) const fn is_allowed_for(&self, table: &TableDef, key: &ForeignKeyDef) -> bool {
        self.is_allowed(table) || crate::model::holds_text(key.allow, self.name)
    }
}
