use super::{Expr, MonthlyPartitions, QualifiedName, SqlType};
use crate::model::{Language, RoutineKind, Volatility};

/// A function or a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Routine {
    /// The name.
    pub name: QualifiedName,
    /// What it is.
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
    /// What it gives back; a procedure nothing but its arguments that come out.
    pub returns: Returns,
    /// The language of the body.
    pub language: Language,
    /// What the database may assume of it.
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
    /// The search path that its body is run with; empty is the empty one.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub search_path: Option<String>,
    /// The role that it takes on while it runs; who calls it has to be a member.
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
    /// The roles that may execute it; `None` is everybody.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub execute: Option<Vec<String>>,
    /// The body.
    pub body: Body,
    /// The columns that a function of the audit trail leaves out of the rows, where the body is a text: in a snapshot.
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
    /// Keeps two columns of a trigger's row equal, whichever of them is written.
    SameColumns {
        /// The column that the older release writes.
        from: String,
        /// The column that the newer release writes.
        to: String,
        /// Whether an update changes the newer one.
        changed: Expr,
    },
    /// Refuses what a row begins with, and updates of it.
    Keep {
        /// The table's name, for the message.
        table: String,
        /// What an insert is refused for.
        first: Vec<FirstStates>,
        /// What an update is refused for.
        refusals: Vec<RefusedUpdate>,
    },
    /// Writes a change of a table's row to the audit trail.
    RecordChange(RecordChange),
    /// Makes the monthly partitions of a table.
    MonthlyPartitions {
        /// The table, and what its partitions are.
        plan: MonthlyPartitions,
        /// How many months ahead of the current one.
        ahead: u32,
    },
}

/// What a column of a new row may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FirstStates {
    /// The column.
    pub column: String,
    /// When the insert is refused.
    pub when: Expr,
    /// The labels that it may begin with.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub labels: Vec<String>,
}

/// An update that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RefusedUpdate {
    /// The column.
    pub column: String,
    /// When the update is refused.
    pub when: Expr,
    /// The steps that the column's value may take, where it may take any: a label with those that may follow.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub steps: Option<Vec<(String, Vec<String>)>>,
}

/// What is written to the audit trail of a change of a row.
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
    /// The columns that are written where they change, each with when that is.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub columns: Vec<(String, Expr)>,
    /// The columns that are left out of the rows: secrets, and what repeats other columns.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub left_out: Vec<String>,
    /// The setting that holds who changes something.
    pub actor: String,
    /// The setting that is asked before it: who acts for the owner.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub acting: Option<String>,
}

/// What a function gives back.
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

/// An argument of a routine, or a column of what it gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Argument {
    /// The name.
    pub name: String,
    /// The type.
    pub sql_type: SqlType,
    /// Whether it comes out.
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

    /// The columns that it leaves out of the rows that it writes to the audit trail.
    pub fn left_out(&self) -> &[String] {
        match &self.body {
            Body::RecordChange(record) => &record.left_out,
            _ => &self.left_out,
        }
    }

    /// The body, where it is written by hand.
    pub fn source(&self) -> Option<&str> {
        match &self.body {
            Body::Source(source) => Some(source),
            _ => None,
        }
    }

    /// The arguments that go in, which are what tells functions of one name apart.
    pub fn inputs(&self) -> impl Iterator<Item = &Argument> {
        self.arguments.iter().filter(|argument| !argument.out)
    }
}
