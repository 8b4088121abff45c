use freehold_schema_core::ir::{
    Check, Column, Domain, EnumType, Extension, ForeignKey, Grant, Index, Partition, PartitionBy,
    Policy, PrimaryKey, QualifiedName, Role, Routine, RowSecurity, Sequence, Table, Trigger,
    Unique, View,
};

/// One difference between two schemas. Every possible difference is one of these variants.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // A diff has few changes, and they are short-lived.
#[non_exhaustive]
pub enum Change {
    /// An object is in the new schema only.
    Create(Object),
    /// An object is in the old schema only.
    Drop(Object),
    /// A table is renamed.
    RenameTable {
        /// The name before.
        from: QualifiedName,
        /// The name now.
        to: QualifiedName,
    },
    /// A routine, a view, a domain or an extension has the same name and another definition.
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
    /// A role has other attributes or is a member of other roles.
    Role {
        /// Before.
        old: Role,
        /// Now.
        new: Role,
    },
    /// An object has another comment.
    Comment {
        /// The object that has the comment.
        on: Commented,
        /// Before.
        old: Option<String>,
        /// Now.
        new: Option<String>,
    },
    /// A part or a property of a table is different.
    Table {
        /// The table's name in the new schema.
        table: QualifiedName,
        /// What is different.
        change: TableChange,
    },
    /// The objects get another owner.
    Owner {
        /// The role before; `None` is the role that runs the migration.
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

/// An object that can be created and dropped on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    /// A table with its columns, constraints, indexes, triggers, policies and partitions.
    Table(Box<Table>),
    /// A view.
    View(Box<View>),
}

/// A difference in one table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableChange {
    /// A part is in the new table only.
    Add(Element),
    /// A part is in the old table only.
    Drop(Element),
    /// A part has another name and is otherwise the same.
    Rename {
        /// The kind of the part.
        kind: ElementKind,
        /// The name before.
        from: String,
        /// The name now.
        to: String,
    },
    /// A column has another type, and perhaps also another default or sequence.
    Type {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// A column becomes nullable or `NOT NULL`.
    Nullable {
        /// The column in the new schema.
        column: Column,
    },
    /// A column has another default or loses its default.
    Default {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// A column gets its numbers from another identity or `serial`, and perhaps has another default.
    Counted {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// A generated column has another expression or type, or a column starts or stops to be generated.
    Generated {
        /// Before.
        old: Column,
        /// Now.
        new: Column,
    },
    /// Labels of a text enum are renamed; the stored values must be updated.
    RenameLabels {
        /// The column in the new schema.
        column: Column,
    },
    /// Row-level security is enabled, disabled, or forced for the table's owner too.
    RowSecurity {
        /// Before.
        old: Option<RowSecurity>,
        /// Now.
        new: Option<RowSecurity>,
    },
    /// The partition strategy, the partition key or a type in the key is different.
    PartitionBy {
        /// Before.
        old: Option<PartitionBy>,
        /// Now.
        new: Option<PartitionBy>,
    },
}

/// A part of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
pub enum ElementKind {
    /// A column.
    Column,
    /// A constraint.
    Constraint,
    /// An index.
    Index,
    /// A trigger.
    Trigger,
    /// A policy.
    Policy,
    /// A partition.
    Partition,
}

/// The object that a comment is on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Commented {
    /// A table.
    Table(QualifiedName),
    /// A column of a table.
    Column(QualifiedName, String),
    /// A view or a materialized view.
    View {
        /// The view.
        name: QualifiedName,
        /// Whether it is a materialized view.
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

impl Change {
    /// The table, the old and the new name of a renamed column.
    pub(crate) fn renamed_column(&self) -> Option<(&QualifiedName, &str, &str)> {
        match self {
            Self::Table {
                table,
                change:
                    TableChange::Rename {
                        kind: ElementKind::Column,
                        from,
                        to,
                    },
            } => Some((table, from, to)),
            _ => None,
        }
    }

    /// The table that the change drops and creates again.
    pub(crate) fn recreated_table(&self) -> Option<&QualifiedName> {
        match self {
            Self::Table {
                table,
                change: TableChange::PartitionBy { .. },
            } => Some(table),
            _ => None,
        }
    }
}

impl Element {
    /// The name, which is unique among the parts of the same kind in a table.
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

    /// The kind of the part.
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

    /// The kind and the name for a message: `` unique constraint `uq_users_email` ``.
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
    /// The kind and the name for a message: `` table `users` ``.
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
