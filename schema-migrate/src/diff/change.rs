use freehold_schema_core::ir::{
    Check, Column, Domain, EnumType, Extension, ForeignKey, Grant, Index, Partition, PartitionBy,
    Policy, PrimaryKey, QualifiedName, Role, Routine, RowSecurity, Sequence, Table, Trigger,
    Unique, View,
};

/// One difference between two schemas. There are no others: what can be different is one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // There are few of them, and none is kept for long.
pub enum Change {
    /// An object is new.
    Create(Object),
    /// An object is gone.
    Drop(Object),
    /// A table has another name.
    RenameTable {
        /// The name before.
        from: QualifiedName,
        /// The name now.
        to: QualifiedName,
    },
    /// A routine, a view or a domain is another one of the same name.
    Replace {
        /// Before.
        old: Object,
        /// Now.
        new: Object,
    },
    /// An enum has other labels.
    Labels {
        /// Before.
        old: EnumType,
        /// Now.
        new: EnumType,
    },
    /// A sequence has other options.
    Sequence {
        /// Before.
        old: Sequence,
        /// Now.
        new: Sequence,
    },
    /// A role is a member of other roles, or may do other things.
    Role {
        /// Before.
        old: Role,
        /// Now.
        new: Role,
    },
    /// Something has another comment.
    Comment {
        /// What it is on.
        on: Commented,
        /// Before.
        old: Option<String>,
        /// Now.
        new: Option<String>,
    },
    /// A table is changed.
    Table {
        /// The name that it has now.
        table: QualifiedName,
        /// What is different.
        change: TableChange,
    },
    /// The objects belong to another role.
    Owner {
        /// The role before; none is the one that asks.
        old: Option<String>,
        /// The role now.
        new: String,
    },
    /// A role has other rights on an object.
    Rights {
        /// Before.
        old: Option<Grant>,
        /// Now.
        new: Option<Grant>,
    },
}

/// What can be made and dropped by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// A role.
    Role(Role),
    /// A PostgreSQL schema.
    Namespace(String),
    /// An extension.
    Extension(Extension),
    /// An enum type.
    Enum(EnumType),
    /// A domain.
    Domain(Domain),
    /// A sequence.
    Sequence(Sequence),
    /// A function or a procedure.
    Routine(Box<Routine>),
    /// A table, with all that belongs to it.
    Table(Box<Table>),
    /// A view.
    View(Box<View>),
}

/// A difference of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableChange {
    /// A part is new.
    Add(Element),
    /// A part is gone.
    Drop(Element),
    /// A part has another name and is otherwise as it was.
    Rename {
        /// What it is.
        kind: ElementKind,
        /// The name before.
        from: String,
        /// The name now.
        to: String,
    },
    /// A column has another type, and perhaps another default or counter with it.
    Type {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// A column may be null now, or no longer.
    Nullable {
        /// The column now.
        column: Column,
    },
    /// A column has another default, or none.
    Default {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// A column is counted up by the database in another way, and perhaps has another default.
    Counted {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// A column is computed in another way.
    Generated {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// Labels of a text enum were renamed: the rows have to follow.
    RenameLabels {
        /// The column now.
        column: Column,
    },
    /// Row-level security is on, off, or holds the owner too.
    RowSecurity {
        /// Before.
        old: Option<RowSecurity>,
        /// Now.
        new: Option<RowSecurity>,
    },
    /// The rows are dealt out to partitions in another way.
    PartitionBy {
        /// Before.
        old: Option<PartitionBy>,
        /// Now.
        new: Option<PartitionBy>,
    },
}

/// A part of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A column.
    Column(Column),
    /// The primary key.
    PrimaryKey(PrimaryKey),
    /// A unique constraint.
    Unique(Unique),
    /// A check.
    Check(Check),
    /// A foreign key.
    ForeignKey(ForeignKey),
    /// An index.
    Index(Index),
    /// A trigger.
    Trigger(Trigger),
    /// A policy.
    Policy(Policy),
    /// A partition.
    Partition(Partition),
}

/// The kind of a part of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ElementKind {
    /// A column
    Column,
    /// A constraint
    Constraint,
    /// An index
    Index,
    /// A trigger
    Trigger,
    /// A policy
    Policy,
    /// A partition
    Partition,
}

/// What a comment is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commented {
    /// A table.
    Table(QualifiedName),
    /// A column of a table.
    Column(QualifiedName, String),
    /// A view, stored or not.
    View {
        /// The view.
        name: QualifiedName,
        /// Whether its rows are stored.
        materialized: bool,
    },
    /// A column of a view.
    ViewColumn(QualifiedName, String),
    /// An enum type.
    Enum(QualifiedName),
    /// A domain.
    Domain(QualifiedName),
    /// A function or a procedure.
    Routine(Box<Routine>),
}

impl Element {
    /// The name, which no other part of the same kind has in its table.
    pub fn name(&self) -> &str {
        match self {
            Self::Column(column) => &column.name,
            Self::PrimaryKey(key) => &key.name,
            Self::Unique(unique) => &unique.name,
            Self::Check(check) => &check.name,
            Self::ForeignKey(key) => &key.name,
            Self::Index(index) => &index.name,
            Self::Trigger(trigger) => &trigger.name,
            Self::Policy(policy) => &policy.name,
            Self::Partition(partition) => &partition.name,
        }
    }

    /// The kind.
    pub fn kind(&self) -> ElementKind {
        match self {
            Self::Column(_) => ElementKind::Column,
            Self::PrimaryKey(_) | Self::Unique(_) | Self::Check(_) | Self::ForeignKey(_) => {
                ElementKind::Constraint
            }
            Self::Index(_) => ElementKind::Index,
            Self::Trigger(_) => ElementKind::Trigger,
            Self::Policy(_) => ElementKind::Policy,
            Self::Partition(_) => ElementKind::Partition,
        }
    }

    /// The words for it in a message: `` unique constraint `uq_users_email` ``.
    pub fn title(&self) -> String {
        let kind = match self {
            Self::Column(_) => "column",
            Self::PrimaryKey(_) => "primary key",
            Self::Unique(_) => "unique constraint",
            Self::Check(_) => "check",
            Self::ForeignKey(_) => "foreign key",
            Self::Index(_) => "index",
            Self::Trigger(_) => "trigger",
            Self::Policy(_) => "policy",
            Self::Partition(_) => "partition",
        };
        format!("{kind} `{}`", self.name())
    }
}

impl Object {
    /// The words for it in a message: `` table `users` ``.
    pub fn title(&self) -> String {
        match self {
            Self::Role(role) => format!("role `{}`", role.name),
            Self::Namespace(name) => format!("schema `{name}`"),
            Self::Extension(extension) => format!("extension `{}`", extension.name),
            Self::Enum(sql_enum) => format!("enum `{}`", sql_enum.name),
            Self::Domain(domain) => format!("domain `{}`", domain.name),
            Self::Sequence(sequence) => format!("sequence `{}`", sequence.name),
            Self::Routine(routine) => format!("function `{}`", routine.name),
            Self::Table(table) => format!("table `{}`", table.name),
            Self::View(view) => format!("view `{}`", view.name),
        }
    }
}
