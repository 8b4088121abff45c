//! What the owned schema cannot describe. Inspection lists it instead of ignoring it.

mod cure;
mod database;
mod definition;
mod objects;
mod options;
mod parts;
mod relations;

use std::fmt;

pub(super) use definition::definitions;

use super::InspectError;
use super::names::{qualified, written};
use super::session::{CatalogReader, row};

/// An object or property in the database that a schema cannot describe.
///
/// The inspected schema does not contain it. A property of an object is reported while the object itself is in the
/// schema: an invalid index, a constraint that is not validated, an option of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unsupported {
    /// Its kind.
    pub kind: UnsupportedKind,
    /// Its name; for a part of a table, after the name of the table: `orders.orders_room_excl`.
    pub name: String,
}

impl Unsupported {
    pub(super) fn new(kind: UnsupportedKind, namespace: &str, name: &str) -> Self {
        Self {
            kind,
            name: written(&qualified(namespace, name)),
        }
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.name)
    }
}

/// Each kind with its text and, if it weakens what the schema declares, with what to do about it. The queries return
/// the same text, so a change here needs the same change in the SQL.
macro_rules! kinds {
    ($($Kind:ident = $words:literal $(weakens $cure:literal)?,)+) => {
        /// A kind of object or property that a schema cannot describe.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum UnsupportedKind {
            $(#[doc = concat!("The ", $words, ".")] $Kind,)+
        }

        impl UnsupportedKind {
            const ALL: &[Entry] = &[$(Entry {
                kind: Self::$Kind,
                name: stringify!($Kind),
                words: $words,
                cure: [$($cure)?].as_slice(),
            },)+];
        }
    };
}

struct Entry {
    kind: UnsupportedKind,
    name: &'static str,
    words: &'static str,
    /// Empty, or one text.
    cure: &'static [&'static str],
}

kinds! {
    AccessMethod = "access method of a table",
    AdminOption = "membership with ADMIN OPTION" weakens "revoke it: `REVOKE ADMIN OPTION FOR {role} FROM {member}`",
    Aggregate = "aggregate function",
    AlwaysTrigger = "trigger that also fires on replicas",
    ArgumentMode = "OUT argument of a function, or INOUT or VARIADIC argument",
    Comment = "comment",
    CompositeType = "composite type",
    ConstraintOption = "option of a constraint",
    ConstraintTrigger = "constraint trigger",
    DefaultPrivilege = "default right" weakens "revoke it: `ALTER DEFAULT PRIVILEGES .. REVOKE ..`",
    DefinerRoutine = "SECURITY DEFINER routine in a form that is not modelled"
        weakens "write it in a form that is modelled, or make it `SECURITY INVOKER`",
    DisabledTrigger = "trigger that is disabled or fires only on replicas" weakens "enable it: `ALTER TABLE {relation} ENABLE TRIGGER {part}`",
    DomainOption = "default, collation or `NOT NULL` of a domain",
    EventTrigger = "event trigger",
    Exclusion = "exclusion constraint",
    ExtensionVersion = "extension whose version is not the server default",
    FewerDefaults = "revoked default right",
    ForcedRowSecurity = "forced row-level security that is not enabled" weakens "enable it: `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY`",
    ForeignTable = "foreign table",
    GrantOption = "right to grant a right" weakens "revoke it: `REVOKE GRANT OPTION FOR .. FROM ..`",
    IndexMethod = "index of another access method",
    IndexOption = "storage or operator-class option of an index",
    Inheritance = "inheritance",
    InvalidIndex = "invalid index" weakens "rebuild it: `REINDEX INDEX CONCURRENTLY {part}`",
    Leakproof = "LEAKPROOF routine, which may see rows before row-level security"
        weakens "change it: `ALTER FUNCTION {name} NOT LEAKPROOF`",
    MembershipInherit = "membership whose INHERIT is not that of its role"
        weakens "grant it again with the INHERIT of the role: `GRANT {role} TO {member} WITH INHERIT FALSE`, or `TRUE`",
    MembershipSet = "membership without SET, so that `SET ROLE` fails" weakens "grant it again: `GRANT {role} TO {member} WITH SET TRUE`",
    Member = "undeclared member of a role",
    NamelessArgument = "argument without a name",
    NotEnforced = "constraint that is not enforced, or whose triggers are disabled"
        weakens "enforce it: `ALTER TABLE {relation} ALTER CONSTRAINT {part} ENFORCED`, or `ENABLE TRIGGER ALL`",
    NotValidated = "constraint that is not validated" weakens "validate it: `ALTER TABLE {relation} VALIDATE CONSTRAINT {part}`",
    OtherObject = "object of another kind",
    OtherOwner = "object of another owner" weakens "change its owner to that of the schema: `ALTER .. OWNER TO ..`",
    OtherType = "type of another kind",
    OwnedSequence = "sequence that belongs to a column",
    ParsedBody = "routine whose body is stored parsed",
    PartOfPartition = "part that only a partition has",
    PartitionBound = "bound of a partition",
    PartitionKey = "expression, collation or operator class in a partition key",
    PartitionRowSecurity = "row-level security of a partition that differs from its table"
        weakens "set it like that of the table: `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`",
    PartitionSchema = "partition in another schema than its table",
    Period = "key or foreign key over periods",
    PowerfulMember = "undeclared member of a role that owns the schema or bypasses row-level security"
        weakens "revoke it: `REVOKE {role} FROM {member}`",
    Privilege = "right of another kind" weakens "revoke it: `REVOKE .. ON .. FROM ..`",
    ReplicaIdentity = "replica identity",
    RoleAttribute = "attribute of a role" weakens "remove it: `ALTER ROLE {name} NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION`",
    RoleSetting = "setting of a role or of the database",
    RoutineLanguage = "function in another language",
    RoutineProperty = "cost, rows, support or parallel mode of a function",
    RoutineSetting = "setting of a function",
    Rule = "rule" weakens "drop it: `DROP RULE {part} ON {relation}`",
    SequenceOption = "option of the sequence of a column",
    Statistics = "statistics object",
    StorageParameter = "storage parameter, or option of a view",
    StorageOfColumn = "collation or storage of a column",
    SubPartition = "partition of a partition",
    Tablespace = "tablespace",
    TransitionTable = "transition table of a trigger",
    TriggerOnView = "trigger on a view",
    TriggersOff = "setting that disables triggers"
        weakens "reset it: `ALTER ROLE .. RESET session_replication_role`, or `ALTER DATABASE ..`",
    TypeRight = "right on a type",
    Unlogged = "unlogged table or sequence" weakens "make it logged, so that a crash of the server does not empty it: `ALTER TABLE {name} SET LOGGED`",
    VirtualColumn = "generated column that is computed when it is read",
    WindowFunction = "window function",
}

impl UnsupportedKind {
    fn of(words: &str) -> Self {
        let found = Self::ALL.iter().find(|entry| entry.words == words);
        found.map_or(Self::OtherObject, |entry| entry.kind)
    }

    /// Returns every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().map(|entry| entry.kind)
    }

    /// Its name in JSON: `disabled_trigger`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in self.entry().map_or("", |entry| entry.name).chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// What to do about an object of this kind, with placeholders for names; `None` if the kind weakens nothing.
    fn template(self) -> Option<&'static str> {
        self.entry().and_then(|entry| entry.cure.first().copied())
    }

    /// Whether an object of this kind weakens a guarantee of the schema.
    ///
    /// Examples are a check that does not hold, a trigger that does not fire, a right that the schema grants to no
    /// role. A kind that weakens is a difference; other kinds are not compared.
    pub fn weakens(self) -> bool {
        self.template().is_some()
    }

    fn entry(self) -> Option<&'static Entry> {
        Self::ALL.iter().find(|entry| entry.kind == self)
    }
}

impl fmt::Display for UnsupportedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.entry().map_or("", |entry| entry.words))
    }
}

row! {
    struct FoundRow {
        kind: String,
        namespace: Option<String>,
        name: String,
    }
}

/// Reads what the catalogs list as unsupported. The rest is found where the objects are read.
pub(super) async fn found(
    session: &mut CatalogReader<'_>,
) -> Result<Vec<Unsupported>, InspectError> {
    let mut found = Vec::new();
    for sql in [relations::SQL, parts::SQL, objects::SQL] {
        let rows = session.in_namespaces::<FoundRow>("unsupported objects", sql);
        let rows = rows.await?.into_iter();
        found.extend(rows.map(|row| {
            let kind = UnsupportedKind::of(&row.kind);
            match row.namespace {
                Some(namespace) => Unsupported::new(kind, &namespace, &row.name),
                None => Unsupported {
                    kind,
                    name: row.name,
                },
            }
        }));
    }
    Ok(found)
}
