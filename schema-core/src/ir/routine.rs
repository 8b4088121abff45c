use super::{Expr, MonthlyPartitions, QualifiedName, SqlType};
use crate::model::{Language, RoutineKind, Volatility};

/// A function or a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Routine {
    /// The name.
    pub name: QualifiedName,
    /// Whether it is a function or a procedure.
    pub kind: RoutineKind,
    /// The comment.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub comment: Option<String>,
    /// The arguments, in order.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub arguments: Vec<Argument>,
    /// The result of a function. A procedure has none except its `OUT` arguments.
    pub returns: Returns,
    /// The language of the body.
    pub language: Language,
    /// What PostgreSQL may assume about a function.
    pub volatility: Volatility,
    /// Whether a null argument makes the result null.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub strict: bool,
    /// Whether it may run in a parallel worker.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub parallel_safe: bool,
    /// The search path that its body runs with; an empty text is the empty path.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub search_path: Option<String>,
    /// The role that it switches to while it runs; the caller must be a member of it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub run_as: Option<String>,
    /// Whether it runs with the rights of its owner.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub security_definer: bool,
    /// The roles that may execute it; `None` is every role.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub execute: Option<Vec<String>>,
    /// The body.
    pub body: Body,
    /// The columns that a function of the audit trail leaves out of the rows.
    ///
    /// It is set only in a snapshot, where the body is a text.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub left_out: Vec<String>,
}

/// The body of a routine.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Body {
    /// Passed on as written.
    Source(String),
    /// Sets one column of a trigger's row to a value.
    SetColumn {
        /// The column.
        column: String,
        /// The value.
        value: Expr,
    },
    /// Keeps two columns of a trigger's row equal: a write to one of them also changes the other.
    SameColumns {
        /// The column that the older release writes.
        from: String,
        /// The column that the newer release writes.
        to: String,
        /// Whether an update changes the newer one.
        changed: Expr,
    },
    /// Rejects new rows with a label that they must not start with, and updates that are not allowed.
    Keep {
        /// The table's name, for the message.
        table: String,
        /// The inserts that are rejected.
        first: Vec<FirstStates>,
        /// The updates that are rejected.
        refusals: Vec<RefusedUpdate>,
    },
    /// Writes a change of a table's row to the audit trail.
    RecordChange(RecordChange),
    /// Creates the monthly partitions of a table.
    MonthlyPartitions {
        /// The table and its partitions.
        plan: MonthlyPartitions,
        /// How many months after the current one get a partition.
        ahead: u32,
    },
}

/// The labels that an enum column of a new row may have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FirstStates {
    /// The column.
    pub column: String,
    /// The condition for rejecting the insert.
    pub when: Expr,
    /// The labels that a row may start with.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub labels: Vec<String>,
}

/// An update that is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RefusedUpdate {
    /// The column.
    pub column: String,
    /// The condition for rejecting the update.
    pub when: Expr,
    /// The allowed transitions, each a label with those that may follow it; `None` for an immutable column.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub steps: Option<Vec<(String, Vec<String>)>>,
}

/// How a change of a row is written to the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RecordChange {
    /// The audit table.
    pub trail: QualifiedName,
    /// The table's name.
    pub table: String,
    /// The columns of its key.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub key: Vec<String>,
    /// The columns whose names are written if they change, each with the condition for that.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub columns: Vec<(String, Expr)>,
    /// The columns that are left out of the rows: secret ones, and those that repeat other columns.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub left_out: Vec<String>,
    /// The setting that holds who makes a change.
    pub actor: String,
    /// The setting that holds who acts for the owner; it has priority over `actor`.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub acting: Option<String>,
}

/// What a function returns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Returns {
    /// Nothing.
    Void,
    /// The row of a trigger.
    Trigger,
    /// One value.
    Value(SqlType),
    /// Any number of values.
    SetOf(SqlType),
    /// Any number of rows of these columns.
    Table(Vec<Argument>),
}

/// An argument of a routine, or a column of the rows that it returns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Argument {
    /// The name.
    pub name: String,
    /// The type.
    pub sql_type: SqlType,
    /// Whether it is an output (`OUT`).
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub out: bool,
    /// The default.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub default: Option<Expr>,
}

impl Routine {
    /// A trigger function without arguments.
    pub fn trigger_function(name: QualifiedName, body: Body) -> Self {
        Self {
            name,
            kind: RoutineKind::Function,
            comment: None,
            arguments: Vec::new(),
            returns: Returns::Trigger,
            language: Language::PlPgSql,
            volatility: Volatility::Volatile,
            strict: false,
            parallel_safe: false,
            search_path: Some(String::new()),
            run_as: None,
            security_definer: false,
            execute: None,
            body,
            left_out: Vec::new(),
        }
    }

    /// The columns that it leaves out of the rows in the audit trail.
    pub fn left_out(&self) -> &[String] {
        match &self.body {
            Body::RecordChange(record) => &record.left_out,
            _ => &self.left_out,
        }
    }

    /// The body, if it is written by hand.
    pub fn source(&self) -> Option<&str> {
        match &self.body {
            Body::Source(source) => Some(source),
            _ => None,
        }
    }

    /// The arguments that are inputs; PostgreSQL distinguishes functions with one name by them.
    pub fn inputs(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| !argument.out)
    }
}
