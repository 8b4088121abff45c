//! What the owned schema cannot say, so that it does not vanish in silence.

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

/// Something of the database that a schema cannot say.
///
/// It is left out of the schema, but for what is said of something that is in it: an index that is invalid, a constraint that is not
/// validated, an option of a table are reported, and their index, constraint or table is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unsupported {
    /// What it is.
    pub kind: UnsupportedKind,
    /// Its name, after its table's where it belongs to one: `orders.orders_room_excl`.
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

/// Each kind with the words for it, which the questions here give back too, and, where it takes away from what the schema says, with what
/// to do about it.
macro_rules! kinds {
    ($($Kind:ident = $words:literal $(weakens $cure:literal)?,)+) => {
        /// A kind of thing that a schema cannot say.
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
    /// None, or one.
    cure: &'static [&'static str],
}

kinds! {
    AccessMethod = "access method of a table",
    AdminOption = "membership with ADMIN OPTION" weakens "take it away: `REVOKE ADMIN OPTION FOR {role} FROM {member}`",
    Aggregate = "aggregate function",
    AlwaysTrigger = "trigger that fires on replicas too",
    ArgumentMode = "argument that comes out of a function, or goes in and out, or is variadic",
    Comment = "comment",
    CompositeType = "composite type",
    ConstraintOption = "option of a constraint",
    ConstraintTrigger = "constraint trigger",
    DefaultPrivilege = "default right" weakens "take it away: `ALTER DEFAULT PRIVILEGES .. REVOKE ..`",
    DefinerRoutine = "routine that runs as its owner, of a form that is not modelled"
        weakens "write it in a form that is modelled, or make it `SECURITY INVOKER`",
    DisabledTrigger = "trigger that is disabled, or fires on replicas" weakens "switch it on: `ALTER TABLE {relation} ENABLE TRIGGER {part}`",
    DomainOption = "default, collation or `NOT NULL` of a domain",
    EventTrigger = "event trigger",
    Exclusion = "exclusion constraint",
    ExtensionVersion = "extension in another version than the server has for it",
    FewerDefaults = "default right that is taken away",
    ForcedRowSecurity = "forced row-level security that is not enabled" weakens "enable it: `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY`",
    ForeignTable = "foreign table",
    GrantOption = "right to grant a right" weakens "take it away: `REVOKE GRANT OPTION FOR .. FROM ..`",
    IndexMethod = "index of another access method",
    IndexOption = "storage or operator-class option of an index",
    Inheritance = "inheritance",
    InvalidIndex = "invalid index" weakens "build it again: `REINDEX INDEX CONCURRENTLY {part}`",
    Leakproof = "routine that is LEAKPROOF, which may see rows before row-level security"
        weakens "take it away: `ALTER FUNCTION {name} NOT LEAKPROOF`",
    MembershipInherit = "membership that inherits other than its role"
        weakens "grant it again with the option of the role: `GRANT {role} TO {member} WITH INHERIT FALSE`, or `TRUE`",
    MembershipSet = "membership without SET, so that `SET ROLE` fails" weakens "grant it again: `GRANT {role} TO {member} WITH SET TRUE`",
    Member = "member of a role, which the schema does not name",
    NamelessArgument = "argument without a name",
    NotEnforced = "constraint that is not enforced, or whose triggers are disabled"
        weakens "enforce it: `ALTER TABLE {relation} ALTER CONSTRAINT {part} ENFORCED`, or `ENABLE TRIGGER ALL`",
    NotValidated = "constraint that is not validated" weakens "validate it: `ALTER TABLE {relation} VALIDATE CONSTRAINT {part}`",
    OtherObject = "object of another kind",
    OtherOwner = "object of another owner" weakens "give it to the owner of the schema: `ALTER .. OWNER TO ..`",
    OtherType = "type of another kind",
    OwnedSequence = "sequence that belongs to a column",
    ParsedBody = "body that is kept parsed",
    PartOfPartition = "part of a partition alone",
    PartitionBound = "bound of a partition",
    PartitionKey = "expression, collation or operator class in a partition key",
    PartitionRowSecurity = "row-level security of a partition that is not its table's"
        weakens "set it as the table has it: `ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`",
    PartitionSchema = "partition in another schema than its table",
    Period = "key or foreign key over periods",
    PowerfulMember = "member of a role that owns the schema or bypasses row-level security, which the schema does not name"
        weakens "take it away: `REVOKE {role} FROM {member}`",
    Privilege = "right of another kind" weakens "take it away: `REVOKE .. ON .. FROM ..`",
    ReplicaIdentity = "replica identity",
    RoleAttribute = "attribute of a role" weakens "take it away: `ALTER ROLE {name} NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION`",
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
    TriggersOff = "setting that switches triggers off"
        weakens "take it away: `ALTER ROLE .. RESET session_replication_role`, or `ALTER DATABASE ..`",
    TypeRight = "right on a type",
    Unlogged = "unlogged table or sequence" weakens "log it, so that a crash of the server does not empty it: `ALTER TABLE {name} SET LOGGED`",
    VirtualColumn = "generated column that is computed when it is read",
    WindowFunction = "window function",
}

impl UnsupportedKind {
    fn of(words: &str) -> Self {
        let found = Self::ALL.iter().find(|entry| entry.words == words);
        found.map_or(Self::OtherObject, |entry| entry.kind)
    }

    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().map(|entry| entry.kind)
    }

    /// Its name, for machines: `disabled_trigger`.
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

    /// What to do about it, with places for its names.
    fn template(self) -> Option<&'static str> {
        self.entry().and_then(|entry| entry.cure.first().copied())
    }

    /// Whether it weakens a guarantee of the schema: a check that does not hold, a trigger that does not fire, a right that the schema
    /// gives to no role. What does is a difference; the rest is not compared.
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

/// What the catalogs tell of it; the rest is noticed where objects are read.
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
