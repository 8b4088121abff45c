//! What the owned schema cannot say, so that it does not vanish in silence.

mod objects;
mod options;
mod parts;
mod relations;

use std::fmt;

use super::InspectError;
use super::names::{qualified, written};
use super::session::{Session, row};

/// Something of the database that a schema cannot say.
///
/// It is left out of the schema, but for what is said of something that is in it: an index that is invalid, a constraint that is not
/// validated, an option of a table are reported, and their index, constraint or table is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// Each kind with the words for it, which the questions here give back too.
macro_rules! kinds {
    ($($Kind:ident = $words:literal,)+) => {
        /// A kind of thing that a schema cannot say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum UnsupportedKind {
            $(#[doc = concat!("The ", $words, ".")] $Kind,)+
        }

        impl UnsupportedKind {
            const ALL: &[(Self, &str)] = &[$((Self::$Kind, $words),)+];
        }
    };
}

kinds! {
    AccessMethod = "access method of a table",
    Aggregate = "aggregate function",
    ArgumentMode = "argument that comes out of a function, or goes in and out, or is variadic",
    Comment = "comment",
    CompositeType = "composite type",
    ConstraintOption = "option of a constraint",
    ConstraintTrigger = "constraint trigger",
    DefaultPrivilege = "default right",
    DisabledTrigger = "trigger that is disabled, or fires on replicas",
    DomainOption = "default, collation or `NOT NULL` of a domain",
    EventTrigger = "event trigger",
    Exclusion = "exclusion constraint",
    ForcedRowSecurity = "forced row-level security that is not enabled",
    ForeignTable = "foreign table",
    GrantOption = "right to grant a right",
    IndexMethod = "index of another access method",
    IndexOption = "storage or operator-class option of an index",
    Inheritance = "inheritance",
    InvalidIndex = "invalid index",
    NamelessArgument = "argument without a name",
    NotValidated = "constraint that is not validated",
    OtherObject = "object of another kind",
    OtherOwner = "object of another owner",
    OtherType = "type of another kind",
    OwnedSequence = "sequence that belongs to a column",
    ParsedBody = "body that is kept parsed",
    PartOfPartition = "part of a partition alone",
    PartitionBound = "bound of a partition",
    PartitionKey = "expression, collation or operator class in a partition key",
    PartitionRowSecurity = "row-level security of a partition that is not its table's",
    PartitionSchema = "partition in another schema than its table",
    Privilege = "right of another kind",
    ReplicaIdentity = "replica identity",
    RoleAttribute = "attribute of a role",
    RoutineLanguage = "function in another language",
    RoutineProperty = "cost, rows, support or parallel mode of a function",
    RoutineSetting = "setting of a function",
    Rule = "rule",
    SequenceOption = "option of the sequence of a column",
    Statistics = "statistics object",
    StorageParameter = "storage parameter, or option of a view",
    StorageOfColumn = "collation or storage of a column",
    SubPartition = "partition of a partition",
    Tablespace = "tablespace",
    TransitionTable = "transition table of a trigger",
    TriggerOnView = "trigger on a view",
    TypeRight = "right on a type",
    Unlogged = "unlogged table or sequence",
    WindowFunction = "window function",
}

impl UnsupportedKind {
    fn of(words: &str) -> Self {
        let found = Self::ALL.iter().find(|(_, other)| *other == words);
        found.map_or(Self::OtherObject, |(kind, _)| *kind)
    }
}

impl fmt::Display for UnsupportedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Self::ALL.iter().find(|(kind, _)| kind == self);
        f.write_str(found.map_or("", |(_, words)| words))
    }
}

row! {
    struct FoundRow {
        kind: String,
        namespace: String,
        name: String,
    }
}

/// What the catalogs tell of it; the rest is noticed where objects are read.
pub(super) async fn found(session: &mut Session<'_>) -> Result<Vec<Unsupported>, InspectError> {
    let mut found = Vec::new();
    for sql in [relations::SQL, parts::SQL, objects::SQL] {
        let rows = session.in_namespaces::<FoundRow>("unsupported objects", sql);
        let rows = rows.await?.into_iter();
        found.extend(rows.map(|row| {
            Unsupported::new(UnsupportedKind::of(&row.kind), &row.namespace, &row.name)
        }));
    }
    Ok(found)
}
