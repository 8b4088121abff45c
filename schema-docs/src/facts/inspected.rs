use std::borrow::Cow;
use std::collections::BTreeSet;

use freehold_schema_core::ir::{QualifiedName, Schema};

/// What inspection found in a database and a schema does not describe.
#[derive(Clone, Debug, Default)]
pub struct InspectedFacts {
    /// The objects and properties, ordered by kind and name.
    pub not_shown: Vec<NotShown>,
    /// The PostgreSQL schemas that contain objects and were not read, ordered by name.
    pub not_read: Vec<String>,
}

/// An object or a property of a database that a schema does not describe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotShown {
    /// What it is: `exclusion constraint`.
    pub kind: String,
    /// Its name; for a part of a table, after the name of the table: `orders.orders_room_excl`.
    pub name: String,
    /// Its definition, if a catalog of the database has one. Two databases are compared by it.
    pub definition: Option<String>,
    /// The part of the definition that a person reads: a statement, or the text of a comment.
    pub shown: Option<String>,
    /// What it is of an object that the schema does describe.
    pub flaw: Option<Flaw>,
}

/// A property that a schema does not describe, of an object that it does describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// An index is not valid.
    InvalidIndex,
    /// An index has options.
    IndexOption,
    /// A constraint is not validated.
    NotValidated,
    /// A constraint is not enforced.
    NotEnforced,
    /// A constraint has an option, such as `MATCH FULL`.
    ConstraintOption,
    /// A trigger does not fire.
    DisabledTrigger,
    /// A trigger also fires on replicas.
    AlwaysTrigger,
    /// A column has a collation or a storage.
    StorageOfColumn,
    /// The sequence of a column has options.
    SequenceOption,
    /// A generated column is computed when it is read.
    VirtualColumn,
    /// A domain has a default, a collation or a `NOT NULL`.
    DomainOption,
}

/// The object that a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noted {
    Column,
    Constraint,
    Index,
    Trigger,
    Domain,
}

impl Flaw {
    /// What it is a property of.
    const fn noted(self) -> Noted {
        match self {
            Self::InvalidIndex | Self::IndexOption => Noted::Index,
            Self::NotValidated | Self::NotEnforced | Self::ConstraintOption => Noted::Constraint,
            Self::DisabledTrigger | Self::AlwaysTrigger => Noted::Trigger,
            Self::StorageOfColumn | Self::SequenceOption | Self::VirtualColumn => Noted::Column,
            Self::DomainOption => Noted::Domain,
        }
    }

    /// The words beside the object.
    const fn words(self) -> &'static str {
        match self {
            Self::InvalidIndex => "invalid: no query uses it",
            Self::IndexOption | Self::ConstraintOption => "with an option that is not shown",
            Self::NotValidated => "not validated: rows from before it may break it",
            Self::NotEnforced => "not enforced",
            Self::DisabledTrigger => "disabled, or fires only on replicas",
            Self::AlwaysTrigger => "also fires on replicas",
            Self::StorageOfColumn => "its collation or storage is not shown",
            Self::SequenceOption => "the options of its sequence are not shown",
            Self::VirtualColumn => "computed when it is read",
            Self::DomainOption => "its default, collation or NOT NULL is not shown",
        }
    }
}

impl InspectedFacts {
    /// What readers must know of a part of a table beside its definition.
    pub(crate) fn notes_of_part(
        &self,
        table: &QualifiedName,
        noted: Noted,
        part: &str,
    ) -> Vec<&'static str> {
        self.notes(noted, &format!("{table}.{part}"))
    }

    /// What readers must know of an object beside its definition.
    pub(crate) fn notes(&self, noted: Noted, name: &str) -> Vec<&'static str> {
        let named = self.not_shown.iter().filter(|one| one.name == name);
        let flaws = named.filter_map(|one| one.flaw);
        let flaws = flaws.filter(|flaw| flaw.noted() == noted);
        flaws.map(Flaw::words).collect()
    }

    /// Whether a delete does what a foreign key says.
    pub(crate) fn is_enforced(&self, table: &QualifiedName, constraint: &str) -> bool {
        !self.has(Flaw::NotEnforced, &format!("{table}.{constraint}"))
    }

    /// Whether an index of the table is invalid.
    pub(crate) fn is_invalid(&self, table: &QualifiedName, index: &str) -> bool {
        self.has(Flaw::InvalidIndex, &format!("{table}.{index}"))
    }

    /// The schema without its invalid indexes: they neither serve queries nor prove that values are unique.
    pub(crate) fn usable<'s>(&self, schema: &'s Schema) -> Cow<'s, Schema> {
        let all = self.not_shown.iter();
        let invalid = all.filter(|one| one.flaw == Some(Flaw::InvalidIndex));
        let invalid: BTreeSet<&str> = invalid.map(|one| one.name.as_str()).collect();
        if invalid.is_empty() {
            return Cow::Borrowed(schema);
        }
        let mut usable = schema.clone();
        for table in &mut usable.tables {
            let name = table.name.clone();
            let is_invalid = |index: &str| invalid.contains(format!("{name}.{index}").as_str());
            table.indexes.retain(|index| !is_invalid(&index.name));
        }
        Cow::Owned(usable)
    }

    fn has(&self, flaw: Flaw, name: &str) -> bool {
        let mut all = self.not_shown.iter();
        all.any(|one| one.flaw == Some(flaw) && one.name == name)
    }
}
